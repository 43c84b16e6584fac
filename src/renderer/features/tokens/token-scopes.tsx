import { useQuery } from '@tanstack/react-query';
import type { TokenSummary } from '../../../shared/model/token.ts';
import { href } from '../../lib/route.ts';
import { rpc } from '../../platform/connection.ts';

/** Granted by this token, asked for by the link, needed by recorded calls. */
export function TokenScopes({ token }: { readonly token: TokenSummary }) {
  const { data: use } = useQuery({
    queryKey: ['scope-use', token.profileId, token.obtainedAt],
    queryFn: () => rpc.profiles.scopeUse({ id: token.profileId }),
    retry: false,
  });
  const granted = new Set(token.scopes);
  const absent = (use?.rows ?? []).filter((row) => !granted.has(row.name) && (row.inLink || row.calls > 0));
  const calls = new Map((use?.rows ?? []).map((row) => [row.name, row.calls]));
  return (
    <section className="card" aria-label="Scopes">
      <header>
        <h3>Scopes</h3>
        <span className="faint small">{token.scopes.length} granted</span>
        <span className="grow" />
        <a className="link" href={href('app')}>
          Compare link, tokens and calls
        </a>
      </header>
      <div className="inside stack">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached with the keyboard, too */}
        <ul className="scopes" aria-label="Scopes" tabIndex={0}>
          {token.scopes.map((scope) => {
            const used = calls.get(scope) ?? 0;
            return (
              <li key={scope} className="tag">
                {scope}
                {used > 0 && <span className="ok"> · {used} calls</span>}
              </li>
            );
          })}
          {token.scopes.length === 0 && <li className="faint">The answer named none.</li>}
        </ul>
        {absent.length > 0 && (
          <div>
            <span className="label">Not on this token</span>
            <ul className="bullets">
              {absent.map((row) => (
                <li key={row.name}>
                  <span className="mono">{row.name}</span>:{' '}
                  {row.calls > 0
                    ? `needed by ${row.calls} recorded ${row.calls === 1 ? 'call' : 'calls'}`
                    : 'asked for by the link, not granted'}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}
