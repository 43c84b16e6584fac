import { Building2, KeyRound, MapPin } from 'lucide-react';
import type { TokenSummary } from '../../../shared/model/token.ts';
import { goInPlace, href, useRoute } from '../../lib/route.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { exactTime, span, useNow } from '../../lib/time.ts';
import { useProfiles, useTokens } from '../../platform/queries.ts';
import { Empty } from '../../ui/empty.tsx';
import { Split } from '../../ui/split.tsx';
import { AddPrivateToken } from './private-token.tsx';
import { TokenDetail } from './token-detail.tsx';
import { tokenName, tokenTree } from './token-row.ts';

function Expiry({ token, now }: { readonly token: TokenSummary; readonly now: number }) {
  if (token.status === 'dead') return <span className="bad">dead</span>;
  const left = token.expiresAt - now;
  return (
    <span
      className={left <= 0 ? (token.source === 'pit' ? 'warn' : 'bad') : left < 600_000 ? 'warn' : undefined}
      title={exactTime(token.expiresAt)}
    >
      {left > 0 ? span(left) : token.source === 'pit' ? 'rotate it' : 'expired'}
    </span>
  );
}

export function Tokens() {
  const tokens = useTokens();
  const profiles = useProfiles() ?? [];
  const { item } = useRoute();
  const now = useNow();
  const branches = tokenTree(tokens ?? []);
  const chosen = branches.find(({ token }) => token.id === item)?.token ?? null;
  const at = branches.findIndex(({ token }) => token.id === item);
  const move = (by: number) => (): void => {
    const next = branches[Math.max(0, Math.min(branches.length - 1, at + by))];
    if (next !== undefined) goInPlace('tokens', next.token.id);
  };
  useShortcuts({
    j: move(1),
    k: move(-1),
    ArrowDown: move(1),
    ArrowUp: move(-1),
    Escape: () => goInPlace('tokens', null),
  });

  const list = (
    <section className="pane" aria-label="Tokens list">
      <header className="bar">
        <h1>Tokens</h1>
        <span className="grow" />
        <AddPrivateToken />
        <a className="btn" href={href('install')}>
          Install in another account
        </a>
      </header>
      {branches.length === 0 && tokens !== undefined ? (
        <Empty
          icon={KeyRound}
          title="No token yet"
          actions={
            <a className="btn primary" href={href('install')}>
              Install an app
            </a>
          }
        >
          An install brings the first one. Agency tokens appear with the location tokens made from them;
          secrets stay in the vault until you ask for one.
        </Empty>
      ) : (
        <div className="scroll">
          <div role="treegrid" aria-label="Tokens" className="token-grid">
            <div role="row" className="row head">
              <span role="columnheader">Sub-account or agency</span>
              <span role="columnheader">App</span>
              <span role="columnheader">Scopes</span>
              <span role="columnheader" className="end">
                Expires in
              </span>
            </div>
            {branches.map(({ token, depth }) => {
              const Icon = token.userType === 'Company' ? Building2 : MapPin;
              return (
                <div
                  key={token.id}
                  role="row"
                  aria-level={depth + 1}
                  aria-selected={token.id === item}
                  tabIndex={token.id === item || (at === -1 && token === branches[0]?.token) ? 0 : -1}
                  className="row"
                  onClick={() => goInPlace('tokens', token.id)}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter') goInPlace('tokens', token.id);
                  }}
                >
                  <span role="gridcell" className={depth === 1 ? 'line branch' : 'line'}>
                    <Icon
                      className="row-icon"
                      aria-label={token.userType === 'Company' ? 'Agency' : 'Sub-account'}
                    />
                    <span className={token.label === null ? 'mono clip' : 'clip'}>{tokenName(token)}</span>
                  </span>
                  <span role="gridcell" className="muted">
                    {profiles.find((profile) => profile.id === token.profileId)?.name ?? token.profileId}
                  </span>
                  <span role="gridcell" className="muted">
                    {token.scopes.length}
                  </span>
                  <span role="gridcell" className="num">
                    <Expiry token={token} now={now} />
                  </span>
                </div>
              );
            })}
          </div>
        </div>
      )}
    </section>
  );
  return (
    <Split id="tokens-panes" sizes={['48', '52']}>
      {list}
      <div className="pane">
        {chosen === null ? (
          <Empty icon={KeyRound} title="Choose a token">
            Its scopes, claims and history appear here, and what can be done with it.
          </Empty>
        ) : (
          <TokenDetail key={chosen.id} token={chosen} />
        )}
      </div>
    </Split>
  );
}
