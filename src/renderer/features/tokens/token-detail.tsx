import { useMutation } from '@tanstack/react-query';
import { Eye, EyeOff, RefreshCw, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TokenSummary } from '../../../shared/model/token.ts';
import { goInPlace, href } from '../../lib/route.ts';
import { exactTime, span, useNow } from '../../lib/time.ts';
import { useBeginInstall } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { keys, queryClient } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { MintLocation } from './mint-location.tsx';
import { TokenLineage } from './token-lineage.tsx';
import { isPrivate, tokenName } from './token-row.ts';
import { TokenScopes } from './token-scopes.tsx';
import { Uninstall } from './uninstall.tsx';

const sourceWords = {
  code: 'Code exchange',
  refresh: 'Refresh',
  'location-token': 'Minted from the agency token',
  pit: 'Private integration token, entered by hand',
} as const;
const hideAfterMs = 30_000;
const mask = '••••••••••••••••••••••••';

/** Shown on purpose, and hidden again by itself. */
function AccessToken({ token }: { readonly token: TokenSummary }) {
  const reveal = useMutation({ mutationFn: () => rpc.tokens.reveal({ id: token.id }), gcTime: 0 });
  const { data, reset } = reveal;
  useEffect(() => {
    if (data === undefined) return undefined;
    const timer = setTimeout(reset, hideAfterMs);
    return () => clearTimeout(timer);
  }, [data, reset]);
  return (
    <div className="field">
      <span className="label">Access token</span>
      {data === undefined ? (
        <div className="copy one">
          <code aria-label="hidden">{mask}</code>
          <Button look="quiet" icon={Eye} busy={reveal.isPending} onClick={() => reveal.mutate()}>
            Reveal
          </Button>
        </div>
      ) : (
        <>
          <CopyField text={data.accessToken} what="access token" />
          <span className="hint line">
            Hidden again after 30 s.
            <button type="button" className="link" onClick={reset}>
              <EyeOff size={11} aria-hidden /> Hide now
            </button>
          </span>
        </>
      )}
      {reveal.error !== null && <Failure error={reveal.error} />}
    </div>
  );
}

function Facts({ token }: { readonly token: TokenSummary }) {
  const now = useNow();
  const left = token.expiresAt - now;
  return (
    <dl className="facts">
      <dt>{isPrivate(token) ? 'Rotate by' : 'Expires'}</dt>
      <dd title={exactTime(token.expiresAt)}>
        {left > 0 ? (
          `in ${span(left)}`
        ) : (
          <span className="bad">{isPrivate(token) ? 'overdue' : 'expired'}</span>
        )}
        , <ClockTime at={token.expiresAt} />
      </dd>
      <dt>Obtained</dt>
      <dd>
        <ClockTime at={token.obtainedAt} />, {sourceWords[token.source].toLowerCase()}{' '}
        {token.exchangeId !== null && (
          <a className="link" href={href('exchanges', token.exchangeId)}>
            See the exchange
          </a>
        )}
      </dd>
      {!isPrivate(token) && (
        <>
          <dt>Refresh token</dt>
          <dd title={exactTime(token.obtainedAt)}>
            {token.hasRefreshToken
              ? `In the vault, ${span(Math.max(0, now - token.obtainedAt))} old; good for a year or until it is used`
              : 'None: it is minted again when needed'}
          </dd>
          <dt>Last refresh</dt>
          <dd>{token.lastRefreshAt === null ? 'Never' : <ClockTime at={token.lastRefreshAt} />}</dd>
        </>
      )}
      {token.mintedFrom !== null && (
        <>
          <dt>Minted from</dt>
          <dd>
            <a className="link mono" href={href('tokens', token.mintedFrom)}>
              {token.mintedFrom}
            </a>
          </dd>
        </>
      )}
      {token.locationId !== null && (
        <>
          <dt>locationId</dt>
          <dd className="mono">{token.locationId}</dd>
        </>
      )}
      {token.companyId !== null && (
        <>
          <dt>companyId</dt>
          <dd className="mono">{token.companyId}</dd>
        </>
      )}
      {token.userId !== null && (
        <>
          <dt>userId</dt>
          <dd className="mono">{token.userId}</dd>
        </>
      )}
      {token.isBulkInstallation && (
        <>
          <dt>Bulk install</dt>
          <dd>
            {token.approvedLocations.length === 0
              ? 'Yes'
              : `${token.approvedLocations.length} approved locations`}
          </dd>
        </>
      )}
    </dl>
  );
}

/** Nothing but a new install helps: the link is one click away. */
function Dead({ token }: { readonly token: TokenSummary }) {
  const begin = useBeginInstall();
  return (
    <>
      <Note
        tone="bad"
        action={
          <Button look="primary" busy={begin.isPending} onClick={() => begin.mutate(token.profileId)}>
            Install again
          </Button>
        }
      >
        <b>This token cannot be used any more.</b>
        <p className="muted">{token.problem}</p>
      </Note>
      {begin.error !== null && <Failure error={begin.error} />}
    </>
  );
}

export function TokenDetail({ token }: { readonly token: TokenSummary }) {
  const [confirming, setConfirming] = useState(false);
  const changed = (): void => void queryClient.invalidateQueries({ queryKey: keys.tokens });
  const refresh = useMutation({ mutationFn: () => rpc.tokens.refresh({ id: token.id }), onSuccess: changed });
  const forget = useMutation({
    mutationFn: () => rpc.tokens.forget({ id: token.id }),
    onSuccess: () => {
      changed();
      goInPlace('tokens', null);
    },
  });
  return (
    <>
      <header className="bar">
        <h2 className="viewer-title clip">{tokenName(token)}</h2>
        <span className="tag">{token.userType === 'Company' ? 'Agency' : 'Sub-account'}</span>
        <span className="grow" />
        {!isPrivate(token) && (
          <Button icon={RefreshCw} busy={refresh.isPending} onClick={() => refresh.mutate()}>
            Refresh
          </Button>
        )}
        <Button look="quiet danger" icon={Trash2} onClick={() => setConfirming(true)}>
          Forget
        </Button>
      </header>
      <div className="cards">
        {token.status === 'dead' ? (
          <Dead token={token} />
        ) : (
          token.problem !== null && <Note tone="warn">{token.problem}</Note>
        )}
        {refresh.error !== null && <Failure error={refresh.error} />}
        {refresh.isSuccess && (
          <Note tone="ok">Refreshed. The earlier pair is kept until this one has worked.</Note>
        )}
        {forget.error !== null && <Failure error={forget.error} />}
        <section className="card" aria-label="Token">
          <div className="inside stack">
            <AccessToken token={token} />
            <Facts token={token} />
          </div>
        </section>
        {token.userType === 'Company' && !isPrivate(token) && <MintLocation token={token} />}
        {isPrivate(token) ? (
          <Note tone="info">
            HighLevel does not say which scopes this token has: they stand in Settings &gt; Private
            Integrations.
          </Note>
        ) : (
          <TokenScopes token={token} />
        )}
        <TokenLineage token={token} />
        {token.claims !== null && (
          <section className="card" aria-label="Claims">
            <header>
              <h3>Claims</h3>
              <span className="faint small">decoded from the access token, not checked</span>
            </header>
            <pre className="inside claims">{JSON.stringify(token.claims, null, 2)}</pre>
          </section>
        )}
        {!isPrivate(token) && <Uninstall token={token} />}
      </div>
      <Confirm
        open={confirming}
        onClose={() => setConfirming(false)}
        title={`Forget the token of ${tokenName(token)}?`}
        action="Forget token"
        onConfirm={() => forget.mutate()}
      >
        It leaves this machine’s vault for good. The app stays installed at HighLevel; a new install brings a
        new token.
      </Confirm>
    </>
  );
}
