import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, LoaderCircle } from 'lucide-react';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { Consequences } from '../../../shared/model/relations.ts';
import { href } from '../../lib/route.ts';
import { duration, span, stopwatch, useNow } from '../../lib/time.ts';
import { exchangeTitle, verdictWords } from '../../lib/words.ts';
import { useView, view } from '../../lib/view-state.ts';
import { rpc } from '../../platform/connection.ts';
import { useExchange } from '../../platform/queries.ts';
import { useTickRenewal } from '../../platform/tick-renewal.ts';
import { ClockTime } from '../../ui/time.tsx';
import './relations.css';

const later = (ms: number): string => `+${ms < 10_000 ? duration(Math.max(0, ms)) : span(ms)}`;

function Webhook({ row, since }: { readonly row: ExchangeSummary; readonly since: number }) {
  const verdict = row.event === null ? null : verdictWords[row.event.signature.verdict];
  return (
    <li>
      <ClockTime at={row.receivedAt} />
      <span className="num faint" title="After the call was sent">
        {later(row.receivedAt - since)}
      </span>
      <a
        className="link clip"
        href={href(row.purpose === 'webhook' ? 'webhooks' : 'exchanges', row.id)}
        title={`${row.method} ${row.url}`}
      >
        {exchangeTitle(row)}
      </a>
      {verdict !== null && (
        <span className={`verdict ${verdict.tone}`}>
          {verdict.mark} {verdict.word}
        </span>
      )}
    </li>
  );
}

/** Counts while something may still come. */
function Waiting({ until, withinMs }: { readonly until: number; readonly withinMs: number }) {
  const now = useNow();
  const left = until - now;
  if (left <= 0)
    return (
      <p className="muted">
        No webhook about what this call changed came within {span(withinMs)}. Perhaps its event is not ticked
        in the app, or the public address is down.
      </p>
    );
  return (
    <p className="line muted" role="status">
      <LoaderCircle className="spin" aria-hidden />
      Webhooks about what this call changed appear here as they arrive.
      <span className="mono" aria-hidden>
        {stopwatch(left)} left
      </span>
    </p>
  );
}

type FollowedProps = {
  readonly found: Consequences;
  readonly sentAt: number;
  readonly answeredAt: number;
};

function Followed({ found, sentAt, answeredAt }: FollowedProps) {
  if (found.items.length === 0)
    return <Waiting until={answeredAt + found.withinMs} withinMs={found.withinMs} />;
  return (
    <ul className="followed-lines">
      {found.items.map((row) => (
        <Webhook key={row.id} row={row} since={sentAt} />
      ))}
      {found.more && <li className="faint">There are more; these are the first.</li>}
    </ul>
  );
}

/** The webhooks that followed a call, as they arrive; nothing for a call that changes nothing. */
export function ConsequencesPanel({ id }: { readonly id: string }) {
  const { data: exchange } = useExchange(id);
  const isCall = exchange?.purpose === 'api';
  const { data: found } = useQuery({
    queryKey: ['consequences', id],
    queryFn: () => rpc.relations.consequences({ id }),
    enabled: isCall,
  });
  useTickRenewal('consequences', id, isCall && found?.sentence === null);
  const open = useView((state) => state.followedOpen);
  if (exchange === undefined || exchange === null || found === undefined || found.sentence !== null)
    return null;
  const { receivedAt, finishedAt } = exchange;
  return (
    <section className="followed" aria-label="Webhooks that followed">
      <button
        type="button"
        className="followed-head"
        aria-expanded={open}
        onClick={() => view.set({ followedOpen: !open })}
      >
        {open ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
        <b>Webhooks that followed</b>
        <span className="count">{found.items.length}</span>
      </button>
      {open && <Followed found={found} sentAt={receivedAt} answeredAt={finishedAt ?? receivedAt} />}
    </section>
  );
}
