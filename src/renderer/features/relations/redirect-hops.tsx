import { CornerDownRight } from 'lucide-react';
import { Fragment } from 'react';
import { headerValue } from '../../../shared/highlevel/headers.ts';
import type { ExchangeDetail, ExchangeSummary } from '../../../shared/model/exchange.ts';
import { href } from '../../lib/route.ts';
import { duration } from '../../lib/time.ts';
import { pathOf, statusTone } from '../../lib/words.ts';
import { useRelated } from './use-related.ts';

const redirects = new Set([301, 302, 303, 307, 308]);

const isRedirect = ({ status }: Pick<ExchangeSummary, 'status'>): boolean =>
  status !== null && redirects.has(status);

/** Where a redirect leads that was not followed, and why not. */
function notFollowed({ url, responseHeaders, status }: ExchangeDetail): string | null {
  const location = headerValue(responseHeaders ?? [], 'location');
  if (!isRedirect({ status }) || location === null || !URL.canParse(location, url)) return null;
  const next = new URL(location, url);
  return next.origin === new URL(url).origin
    ? `It leads to ${next.pathname}, and was not followed: redirects are switched off for the request, or went on too long.`
    : `It leads to ${next.host}, and was not followed: no token is taken to another host.`;
}

/** The hops of one call in their order; nothing where there was only one. */
export function RedirectHops({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { data } = useRelated(exchange.id);
  const ofCall = (row: ExchangeSummary): boolean =>
    row.purpose === exchange.purpose && row.direction === 'outbound';
  const before = (data?.causes ?? []).filter((row) => ofCall(row) && isRedirect(row)).toReversed();
  const after = isRedirect(exchange) ? (data?.caused.items ?? []).filter(ofCall) : [];
  const hops: readonly ExchangeSummary[] = [...before, exchange, ...after];
  const stopped = after.length === 0 && data !== undefined ? notFollowed(exchange) : null;
  if (hops.length === 1 && stopped === null) return null;
  return (
    <nav className="strip hops" aria-label="Redirects">
      <CornerDownRight aria-hidden />
      {hops.map((hop, at) => (
        <Fragment key={hop.id}>
          {at > 0 && (
            <span className="faint" aria-hidden>
              →
            </span>
          )}
          <span className="line">
            <span className={`num ${statusTone(hop.status)}`}>{hop.status ?? hop.outcome}</span>
            {hop.id === exchange.id ? (
              <b className="clip" aria-current="step" title={hop.url}>
                {hop.method} {pathOf(hop.url)}
              </b>
            ) : (
              <a className="link clip" href={href('exchanges', hop.id)} title={hop.url}>
                {hop.method} {pathOf(hop.url)}
              </a>
            )}
            <span className="faint">{duration(hop.durationMs)}</span>
          </span>
        </Fragment>
      ))}
      {stopped !== null && <p>{stopped}</p>}
    </nav>
  );
}
