/** How stored exchanges hang together. Runs in the deriving worker, beside the other questions about the log. */
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import {
  consequencesQuery,
  type Consequences,
  type ConsequencesQuery,
  type Mention,
  type Related,
  type TimelinePage,
  type TimelineQuery,
} from '../../../shared/model/relations.ts';
import type { EntityKind } from '../../../shared/highlevel/events.ts';
import { SUMMARY_COLUMNS, summaryOf } from '../exchanges/exchange-rows.ts';
import { isDeleted } from '../exchanges/filter-sql.ts';
import { changesSomething } from './mentions.ts';
import { groupAround } from './noisy-group.ts';
import { createTimelineQuery } from './timeline-query.ts';

export type RelationQueries = {
  /** Throws `not_found`. */
  related(id: ExchangeId): Related;
  /** Throws `not_found`, and `bad_input` for what is no API call. */
  consequences(query: ConsequencesQuery): Consequences;
  timeline(query: TimelineQuery): TimelinePage;
};

const MOST_LISTED = 100;
/** A call, its redirects and what caused it are a few; a longer chain is cut. */
const LONGEST_CHAIN = 20;
/** Of one entity, this many exchanges before or after are looked at; a busy one has no more in a minute. */
const MOST_LOOKED_AT = 1000;
/** HighLevel delivers within seconds; a call longer ago is hardly the reason. */
const TRIGGER_MS = 60_000;
/** Deliveries of a group are looked for this far around. */
const AROUND_MS = 60_000;

type Listed = { readonly items: ExchangeSummary[]; readonly more: boolean };

export function createRelationQueries(db: DatabaseSync): RelationQueries {
  const joined = 'LEFT JOIN facts f ON f.seq = e.seq LEFT JOIN log.answers a ON a.seq = e.seq';
  const one = db.prepare(
    `SELECT ${SUMMARY_COLUMNS} FROM log.exchanges e ${joined} WHERE e.id = ? AND NOT ${isDeleted('e.seq')}`,
  );
  const named = db.prepare(
    'SELECT kind, entity_id, subject FROM mentions WHERE seq = ? ORDER BY subject DESC, kind, entity_id',
  );
  const repeated = db.prepare(
    `SELECT ${SUMMARY_COLUMNS} FROM facts f CROSS JOIN log.exchanges e ON e.seq = f.seq
     LEFT JOIN log.answers a ON a.seq = e.seq WHERE f.webhook_id = ? AND f.seq <> ?
       AND NOT ${isDeleted('f.seq')} ORDER BY f.seq LIMIT ${MOST_LISTED + 1}`,
  );
  const caused = db.prepare(
    `SELECT ${SUMMARY_COLUMNS} FROM log.exchanges e ${joined} WHERE e.cause_id = ?
       AND NOT ${isDeleted('e.seq')} ORDER BY e.seq DESC LIMIT ${MOST_LISTED + 1}`,
  );
  /** Exchanges of one entity between two times, the first or the last of them. */
  const between = (order: 'ASC' | 'DESC', condition: string) =>
    db.prepare(
      `SELECT ${SUMMARY_COLUMNS} FROM (
         SELECT seq FROM mentions WHERE kind = ? AND entity_id = ? AND at >= ? AND at <= ? AND ${condition}
           AND NOT ${isDeleted('mentions.seq')}
         ORDER BY at ${order}, seq ${order} LIMIT ${MOST_LOOKED_AT}
       ) m CROSS JOIN log.exchanges e ON e.seq = m.seq ${joined}`,
    );
  const firstHeld = between('ASC', 'subject = 1');
  const lastHeld = between('DESC', 'subject = 1');
  const lastNamed = between('DESC', '1');
  const timeline = createTimelineQuery(db);

  const list = (rows: ExchangeSummary[]): Listed => ({
    items: rows.slice(0, MOST_LISTED),
    more: rows.length > MOST_LISTED,
  });

  const get = (id: ExchangeId): ExchangeSummary => {
    const row = one.get(id);
    if (row === undefined) throw new AppError('not_found', `There is no exchange with the id ${id}.`);
    return summaryOf(row);
  };

  const mentionsOf = (seq: number): Mention[] =>
    named.all(seq).map((row) => ({
      // Written from this type by the deriving worker.
      kind: String(row['kind']) as EntityKind,
      id: String(row['entity_id']),
      subject: row['subject'] === 1,
    }));

  const causesOf = (exchange: ExchangeSummary): ExchangeSummary[] => {
    const chain: ExchangeSummary[] = [];
    let next = exchange.causeId;
    while (next !== null && chain.length < LONGEST_CHAIN && !chain.some(({ id }) => id === next)) {
      const row = one.get(next);
      if (row === undefined) break;
      const cause = summaryOf(row);
      chain.push(cause);
      next = cause.causeId;
    }
    return chain;
  };

  const isInbound = ({ purpose }: ExchangeSummary): boolean => purpose === 'webhook' || purpose === 'inbound';

  const groupOf = (exchange: ExchangeSummary, subject: Mention | undefined): Related['group'] => {
    if (subject === undefined || !isInbound(exchange)) return groupAround(exchange, []);
    const { kind, id } = subject;
    const at = exchange.receivedAt;
    const rows = [
      ...lastHeld.all(kind, id, at - AROUND_MS, at),
      ...firstHeld.all(kind, id, at, at + AROUND_MS),
    ];
    const others = new Map(rows.map(summaryOf).map((row) => [row.seq, row]));
    others.delete(exchange.seq);
    return groupAround(exchange, [...others.values()].filter(isInbound));
  };

  const triggersOf = (exchange: ExchangeSummary, subject: Mention | undefined): Listed => {
    if (subject === undefined || !isInbound(exchange)) return { items: [], more: false };
    const at = exchange.receivedAt;
    const rows = lastNamed.all(subject.kind, subject.id, at - TRIGGER_MS, at);
    return list(
      rows
        .map(summaryOf)
        .filter((call) => call.purpose === 'api' && reasonForNothing(call) === null)
        .toSorted((a, b) => b.receivedAt - a.receivedAt || b.seq - a.seq),
    );
  };

  const followed = (exchange: ExchangeSummary, withinMs: number): Consequences => {
    const sentence = reasonForNothing(exchange);
    if (sentence !== null) return { items: [], more: false, withinMs, sentence };
    const until = exchange.receivedAt + (exchange.durationMs ?? 0) + withinMs;
    const found = new Map<number, ExchangeSummary>();
    for (const { kind, id } of mentionsOf(exchange.seq)) {
      for (const row of firstHeld.all(kind, id, exchange.receivedAt, until)) {
        const summary = summaryOf(row);
        if (isInbound(summary)) found.set(summary.seq, summary);
      }
    }
    return { ...list([...found.values()].toSorted(byTime)), withinMs, sentence: null };
  };

  return {
    related(id) {
      const exchange = get(id);
      const entities = mentionsOf(exchange.seq);
      const subject = entities.find((mention) => mention.subject);
      const webhookId = exchange.event?.webhookId ?? null;
      const withinMs = consequencesQuery.parse({ id }).withinMs;
      return {
        entities,
        duplicates: {
          webhookId,
          ...list(webhookId === null ? [] : repeated.all(webhookId, exchange.seq).map(summaryOf)),
        },
        group: groupOf(exchange, subject),
        causes: causesOf(exchange),
        caused: list(caused.all(id).map(summaryOf)),
        triggers: { ...triggersOf(exchange, subject), withinMs: TRIGGER_MS },
        consequences: exchange.purpose === 'api' ? followed(exchange, withinMs) : null,
      };
    },
    consequences(query) {
      const { id, withinMs } = consequencesQuery.parse(query);
      const exchange = get(id);
      if (exchange.purpose !== 'api')
        throw new AppError(
          'bad_input',
          `The exchange ${id} is no API call: its purpose is ${exchange.purpose}.`,
        );
      return followed(exchange, withinMs);
    },
    timeline,
  };
}

const byTime = (a: ExchangeSummary, b: ExchangeSummary): number =>
  a.receivedAt - b.receivedAt || a.seq - b.seq;

/** Why no webhook can follow from a call; null where one may. */
function reasonForNothing({ method, url, status }: ExchangeSummary): string | null {
  if (!changesSomething(method, url))
    return `A ${method} of this kind only reads, so no webhook follows from it.`;
  if (status !== null && status >= 400)
    return `The call was answered with ${status}, so it changed nothing and no webhook follows from it.`;
  return null;
}
