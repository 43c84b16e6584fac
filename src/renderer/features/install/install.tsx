import { useMutation } from '@tanstack/react-query';
import { Download, RotateCcw } from 'lucide-react';
import type { Profile } from '../../../shared/model/profile.ts';
import type { InstallProgress } from '../../../shared/model/token.ts';
import { overlays } from '../../app/overlays.ts';
import { href } from '../../lib/route.ts';
import { useBeginInstall, useStartSimulator } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import {
  useActiveProfile,
  useAddresses,
  useInstallProgress,
  useStatus,
  useTokens,
} from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { Split } from '../../ui/split.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { ExchangeViewer } from '../exchanges/exchange-viewer.tsx';
import { Terms } from '../help/terms.tsx';
import { WhatHappened } from '../home/what-happened.tsx';
import { useState } from 'react';
import { Confirmations } from './confirmations.tsx';
import { ExchangeShown } from './exchange-shown.tsx';
import { PasteCode } from './paste-code.tsx';
import { Waiting } from './waiting.tsx';
import './install.css';

function Outcome({ progress }: { readonly progress: InstallProgress }) {
  const tokens = useTokens() ?? [];
  const token = tokens.find((one) => one.id === progress.tokenId);
  if (progress.phase === 'done')
    return (
      <Note
        tone="ok"
        action={
          <a className="btn" href={href('tokens', progress.tokenId)}>
            See the token
          </a>
        }
      >
        <b>
          Installed
          {token === undefined ? '' : ` in ${token.label ?? token.locationId ?? token.companyId ?? ''}`}
        </b>
        <p className="muted">
          {token?.userType === 'Company' ? 'An agency token is held.' : 'A sub-account token is held.'}{' '}
          {progress.finishedAt !== null && <ClockTime at={progress.finishedAt} />}
        </p>
      </Note>
    );
  if (progress.phase === 'cancelled')
    return (
      <Note tone="info">
        The install was cancelled. A callback that still comes is kept, but not exchanged.
      </Note>
    );
  if (progress.phase !== 'failed' || progress.error === null) return null;
  const answer = progress.tokenExchangeId ?? progress.callbackExchangeId;
  return (
    <Note
      tone="bad"
      role="alert"
      action={
        answer !== null && (
          <a className="btn" href={href('exchanges', answer)}>
            See the raw answer
          </a>
        )
      }
    >
      <b>{progress.error.message}</b>
      {progress.error.remedy !== null && <p className="muted">{progress.error.remedy}</p>}
      {progress.canRetry && <RetryCode />}
    </Note>
  );
}

/** The code is still held in memory: HighLevel gave no verdict on it. */
function RetryCode() {
  const retry = useMutation({ mutationFn: () => rpc.install.retry() });
  return (
    <div className="line">
      <Button icon={RotateCcw} busy={retry.isPending} onClick={() => retry.mutate()}>
        Try the same code again
      </Button>
    </div>
  );
}

function LinkCard({ profile, waiting }: { readonly profile: Profile; readonly waiting: boolean }) {
  const addresses = useAddresses(profile.id);
  const begin = useBeginInstall();
  return (
    <section className="card" aria-label="Install link">
      <header>
        <h2>{profile.name}</h2>
        <span className="tag">{profile.environment}</span>
        <span className="grow" />
        {!waiting && (
          <Button
            look="primary"
            icon={Download}
            busy={begin.isPending}
            onClick={() => begin.mutate(profile.id)}
          >
            Install app
          </Button>
        )}
      </header>
      <div className="inside stack">
        {begin.error !== null && <Failure error={begin.error} />}
        <div className="field">
          <span className="label">Redirect URL, as it must be registered</span>
          {addresses !== null && addresses !== undefined && (
            <CopyField text={profile.redirectUrl ?? addresses.redirectUrl} what="redirect URL" />
          )}
          {addresses?.public === false && profile.environment === 'live' && (
            <span className="hint">
              Local: works in the browser of this machine. Webhooks need a public address.
            </span>
          )}
        </div>
        <div className="field">
          <span className="label">Scopes asked for ({profile.scopes.length})</span>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached with the keyboard, too */}
          <ul className="scopes" aria-label="Scopes asked for" tabIndex={0}>
            {profile.scopes.map((scope) => (
              <li key={scope} className="tag">
                {scope}
              </li>
            ))}
            {profile.scopes.length === 0 && (
              <li className="faint">None set: the portal’s link lists them.</li>
            )}
          </ul>
        </div>
        <dl className="facts">
          <dt>Client id</dt>
          <dd className="mono">{profile.clientId}</dd>
          <dt>Client secret</dt>
          <dd>
            {profile.hasSecret ? (
              'In the vault'
            ) : (
              <span className="warn">Missing: the exchange needs it</span>
            )}
          </dd>
          <dt>Consent page</dt>
          <dd className="mono">{profile.hosts.consent}</dd>
        </dl>
      </div>
    </section>
  );
}

function InstallSteps({ profile }: { readonly profile: Profile }) {
  const progress = useInstallProgress();
  const mine = progress.profileId === profile.id;
  const waiting = mine && (progress.phase === 'waiting' || progress.phase === 'exchanging');
  return (
    <div className="page">
      <div className="measure">
        <div>
          <h1 className="page-title">Install</h1>
          <p className="muted">From the link to a token, with every exchange on the way kept and masked.</p>
        </div>
        <Confirmations progress={progress} />
        {waiting && <Waiting progress={progress} profile={profile} />}
        {mine && <Outcome progress={progress} />}
        {mine &&
          progress.warnings.map((warning) => (
            <Note key={warning} tone="warn">
              {warning}
            </Note>
          ))}
        <PasteCode profile={profile} />
        <WhatHappened profile={profile} />
        <LinkCard profile={profile} waiting={waiting} />
        <section className="card">
          <header>
            <h2>Terms on this page</h2>
          </header>
          <div className="inside">
            <Terms keys={['redirect-url', 'authorization-code', 'scope']} />
          </div>
        </section>
      </div>
    </div>
  );
}

function InstallExchange({ progress }: { readonly progress: InstallProgress }) {
  const [chosen, setChosen] = useState<'explained' | 'token' | 'callback'>('explained');
  const { tokenExchangeId, callbackExchangeId } = progress;
  const shown =
    tokenExchangeId === null
      ? 'callback'
      : callbackExchangeId === null && chosen === 'callback'
        ? 'token'
        : chosen;
  const segment = (name: typeof chosen, label: string, id: string | null) => (
    <button
      type="button"
      aria-pressed={shown === name}
      disabled={id === null}
      onClick={() => setChosen(name)}
    >
      {label}
    </button>
  );
  return (
    <div className="pane">
      <div className="bar">
        <span className="segments" role="group" aria-label="Exchange of the install">
          {segment('callback', 'Callback', callbackExchangeId)}
          {segment('explained', 'Exchange, explained', tokenExchangeId)}
          {segment('token', 'As captured', tokenExchangeId)}
        </span>
      </div>
      {shown === 'explained' && tokenExchangeId !== null ? (
        <div className="scroll">
          <ExchangeShown id={tokenExchangeId} />
        </div>
      ) : (
        <ExchangeViewer id={shown === 'callback' ? callbackExchangeId : tokenExchangeId} empty={null} />
      )}
    </div>
  );
}

export function Install() {
  const profile = useActiveProfile();
  const progress = useInstallProgress();
  const status = useStatus();
  const simulator = useStartSimulator();
  if (profile === undefined) return null;
  if (profile === null)
    return (
      <div className="page">
        <h1 className="unseen">Install</h1>
        <Empty
          icon={Download}
          title="No app to install yet"
          actions={
            <>
              <Button
                look="primary"
                busy={simulator.isPending || status?.simulator.status === 'starting'}
                onClick={() => simulator.mutate()}
              >
                Start simulator
              </Button>
              <Button onClick={() => overlays.set({ kind: 'add-app' })}>Add app…</Button>
            </>
          }
        >
          The install link of your app, the wait for its callback and the code exchange appear here. The
          simulator has an app ready.
        </Empty>
      </div>
    );
  const steps = <InstallSteps profile={profile} />;
  const hasExchange =
    progress.profileId === profile.id && (progress.tokenExchangeId ?? progress.callbackExchangeId) !== null;
  if (!hasExchange) return steps;
  return (
    <Split id="install-panes" sizes={['52', '48']}>
      <div className="pane">{steps}</div>
      <InstallExchange progress={progress} />
    </Split>
  );
}
