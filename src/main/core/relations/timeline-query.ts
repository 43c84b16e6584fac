/** Everything that touched one entity, on one axis. Runs in the deriving worker. */
import type { DatabaseSync } from 'node:sqlite';
import type { EntityKind } from '../../../shared/highlevel/events.ts';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import { timelineQuery } from '../../../shared/model/relations.ts';
import type {
  EntityRef,
  TimelinePage,
  TimelineQuery,
  TimelineStep,
} from '../../../shared/model/relations.ts';
import { isDeleted } from '../exchanges/filter-sql.ts';
import { SUMMARY_COLUMNS, summaryOf } from '../exchanges/exchange-rows.ts';

export function createTimelineQuery(db: DatabaseSync): (query: TimelineQuery) => TimelinePage {
  const page = db.prepare(
    `SELECT ${SUMMARY_COLUMNS} FROM mentions m CROSS JOIN log.exchanges e ON e.seq = m.seq
     LEFT JOIN facts f ON f.seq = e.seq LEFT JOIN log.answers a ON a.seq = e.seq
     WHERE m.kind = ? AND m.entity_id = ? AND (m.at, m.seq) < (?, ?) AND m.at >= ?
       AND NOT ${isDeleted('m.seq')}
     ORDER BY m.at DESC, m.seq DESC LIMIT ?`,
  );
  const total = db.prepare(
    `SELECT count(*) AS count FROM mentions m WHERE kind = ? AND entity_id = ? AND NOT ${isDeleted('m.seq')}`,
  );
  const held = db.prepare('SELECT kind, entity_id FROM mentions WHERE seq = ? AND subject = 1 LIMIT 2');
  const holds = db.prepare(
    'SELECT 1 FROM mentions WHERE kind = ? AND entity_id = ? AND at = ? AND seq = ? AND subject = 1',
  );
  /** Webhooks hold payloads of one form, answers of another; only like is compared with like. */
  const lastOf = (purposes: string) =>
    db.prepare(
      `SELECT e.id, e.received_at FROM mentions m CROSS JOIN log.exchanges e ON e.seq = m.seq
       WHERE m.kind = ? AND m.entity_id = ? AND (m.at, m.seq) < (?, ?) AND m.subject = 1
         AND e.purpose IN (${purposes}) AND NOT ${isDeleted('m.seq')}
       ORDER BY m.at DESC, m.seq DESC LIMIT 1`,
    );
  const earlierCall = lastOf(`'api'`);
  const earlierDelivery = lastOf(`'webhook', 'inbound'`);

  const heldIn = ({ receivedAt, seq }: ExchangeSummary, entity: EntityRef): EntityRef | null => {
    if (holds.get(entity.kind, entity.id, receivedAt, seq) !== undefined) return entity;
    const rows = held.all(seq);
    const [only] = rows;
    if (only === undefined || rows.length > 1) return null;
    // Written from this type by the deriving worker.
    return { kind: String(only['kind']) as EntityKind, id: String(only['entity_id']) };
  };

  const stepOf = (exchange: ExchangeSummary, entity: EntityRef): TimelineStep => {
    const own = heldIn(exchange, entity);
    if (own === null) return { exchange, holds: null, previous: null };
    const statement = exchange.purpose === 'api' ? earlierCall : earlierDelivery;
    const row = statement.get(own.kind, own.id, exchange.receivedAt, exchange.seq);
    const previous =
      row === undefined ? null : { id: String(row['id']) as ExchangeId, at: Number(row['received_at']) };
    return { exchange, holds: own, previous };
  };

  return (query) => {
    const { entity, before, from, to, limit } = timelineQuery.parse(query);
    // Up to and including `to`: no seq comes after the largest.
    const end = before ?? { at: to ?? Infinity, seq: Number.MAX_SAFE_INTEGER };
    const rows = page.all(entity.kind, entity.id, end.at, end.seq, from ?? -Infinity, limit + 1);
    return {
      items: rows.slice(0, limit).map((row) => stepOf(summaryOf(row), entity)),
      total: Number(total.get(entity.kind, entity.id)?.['count'] ?? 0),
      more: rows.length > limit,
    };
  };
}
