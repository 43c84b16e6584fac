import { useQuery } from '@tanstack/react-query';
import type { TokenSummary } from '../../../shared/model/token.ts';
import { href } from '../../lib/route.ts';
import { rpc } from '../../platform/connection.ts';
import { Failure } from '../../ui/notes.tsx';
import { ClockTime } from '../../ui/time.tsx';

const words = {
  obtained: 'Obtained',
  refreshed: 'Refreshed',
  're-minted': 'Minted again from the agency token',
  'outcome-unknown': 'A refresh was sent; its outcome is not known',
  held: 'Sub-account paused; the grant is kept',
  failed: 'A refresh failed; the grant is as it was',
  lost: 'Renewed by HighLevel, but the answer never arrived',
  died: 'Refused for good',
} as const;

/** What became of the token, the latest first. */
export function TokenLineage({ token }: { readonly token: TokenSummary }) {
  const { data, error } = useQuery({
    queryKey: ['lineage', token.id, token.obtainedAt, token.status, token.problem],
    queryFn: () => rpc.tokens.lineage({ id: token.id }),
    placeholderData: (earlier) => earlier,
  });
  if (error !== null) return <Failure error={error} />;
  if (data === undefined || data.events.length === 0) return null;
  return (
    <section className="card" aria-label="History">
      <header>
        <h3>History</h3>
        <span className="faint small">
          {data.refreshes} {data.refreshes === 1 ? 'refresh' : 'refreshes'}
          {data.unavoidableLosses > 0 && `, ${data.unavoidableLosses} lost on the way`}
        </span>
      </header>
      <ol className="lineage">
        {data.events.toReversed().map(({ at, kind, reason, exchangeId }) => (
          <li key={`${at}-${kind}`}>
            <ClockTime at={at} />
            <span>
              {words[kind]}
              {reason !== null && <span className="muted"> {reason}</span>}{' '}
              {exchangeId !== null && (
                <a className="link" href={href('exchanges', exchangeId)}>
                  See the exchange
                </a>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
