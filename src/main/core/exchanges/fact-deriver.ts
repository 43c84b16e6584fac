/** Derives the facts of exchanges in the order of the log, and again when profiles or keys have changed. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { HeaderPairs, Purpose } from '../../../shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import { eventFacts } from '../webhooks/event-facts.ts';
import type { DerivedFacts } from '../webhooks/event-facts.ts';
import { createMentionStore } from '../relations/mention-store.ts';
import { readBodyFile } from './body-files.ts';
import { endOfLog } from './capture-schema.ts';
import { readProgress } from './derived-database.ts';
import type { Row } from './exchange-rows.ts';
import type { DerivationContext } from './types.ts';

export type FactDeriver = {
  /** Derives a few more. Returns the seq of the first exchange whose facts are new, or null when there was none. */
  step(budgetMs: number): number | null;
  /** Facts that waited for a profile or a key are derived again, newest first. */
  setContext(context: DerivationContext): void;
  /** Every exchange up to here has its facts. */
  derivedUntil(): number;
  /** True while facts wait to be derived again, or for an answer that has come. */
  rederiving(): boolean;
};

const ROWS_A_STEP = 64;

/** When the context changes, at most this many of the newest exchanges without a final verdict are looked at again. */
const MOST_REDERIVED = 10_000;

const COLUMNS = `e.seq, e.id, e.purpose, e.received_at, e.method, e.cause_id, e.headers, e.profile_id, e.body_bytes,
  e.body_complete, e.body_file, e.body, a.status, coalesce(a.outcome, 'pending') AS outcome`;
const SOURCE = `log.exchanges e LEFT JOIN log.answers a ON a.seq = e.seq`;

/** The deliveries of the exchange whose id the question mark stands for. */
const DELIVERIES = `(SELECT count(*) FROM log.exchanges c WHERE c.cause_id = ? AND c.cause_id IS NOT NULL AND c.purpose = 'forward')`;

export function createFactDeriver(db: DatabaseSync, bodies: string): FactDeriver {
  const next = db.prepare(
    `SELECT ${COLUMNS} FROM ${SOURCE} WHERE e.seq > ? ORDER BY e.seq LIMIT ${ROWS_A_STEP}`,
  );
  const one = db.prepare(`SELECT ${COLUMNS} FROM ${SOURCE} WHERE e.seq = ?`);
  const end = db.prepare(endOfLog('log.'));
  const firstWith = db.prepare(
    `SELECT e.id FROM facts f JOIN log.exchanges e ON e.seq = f.seq WHERE f.webhook_id = ? AND f.seq < ? ORDER BY f.seq LIMIT 1`,
  );
  const insert = db.prepare(
    `INSERT OR REPLACE INTO facts (seq, purpose, received_at, method, status, outcome, deliveries, profile_id, type,
       category, webhook_id, location_id, company_id, app_id, timestamp, entity_id, verdict, scheme, key_owner,
       key_fingerprint, header, reason, duplicate_of, flags)
     VALUES (?, ?, ?, ?, ?, ?, ${DELIVERIES}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPlain = db.prepare(
    `INSERT OR REPLACE INTO facts (seq, purpose, received_at, method, status, outcome, deliveries, profile_id)
     VALUES (?, ?, ?, ?, ?, ?, ${DELIVERIES}, ?)`,
  );
  const causeOf = db.prepare('SELECT seq FROM log.exchanges WHERE id = ?');
  const countDeliveries = db.prepare(`UPDATE facts SET deliveries = ${DELIVERIES} WHERE seq = ?`);
  const lateAnswers = db.prepare(
    `SELECT c.number, c.seq, e.purpose, a.status, a.outcome FROM log.completions c
     LEFT JOIN log.exchanges e ON e.seq = c.seq LEFT JOIN log.answers a ON a.seq = c.seq
     WHERE c.number > ? ORDER BY c.number LIMIT ${ROWS_A_STEP}`,
  );
  const lastAnswer = db.prepare('SELECT coalesce(max(number), 0) AS number FROM log.completions');
  const setAnswer = db.prepare('UPDATE facts SET status = ?, outcome = ? WHERE seq = ?');
  const advanceAnswers = db.prepare('UPDATE progress SET answers = ?');
  const advance = db.prepare('UPDATE progress SET facts = ?');
  const unsettled = db.prepare(
    `SELECT seq FROM facts WHERE verdict IN ('invalid', 'unverifiable', 'unsigned') AND verdict <> 'valid'
       AND (verdict <> 'unsigned' OR profile_id IS NULL)
     ORDER BY seq DESC LIMIT ${MOST_REDERIVED}`,
  );

  const mentions = createMentionStore(db);

  let context: DerivationContext = { profiles: [], keys: [] };
  let known = '';
  const start = readProgress(db);
  let until = start.facts;
  let answered = start.answers;
  let again: number[] = [];

  const messageBody = (row: Row): Uint8Array => {
    const file = row['body_file'];
    if (typeof file === 'string') return readBodyFile(bodies, file, 0, Number(row['body_bytes']));
    return row['body'] instanceof Uint8Array ? row['body'] : new Uint8Array(0);
  };

  /** What every exchange has, whatever is known of its event. */
  const columnsOf = (row: Row): SQLOutputValue[] =>
    ['seq', 'purpose', 'received_at', 'method', 'status', 'outcome', 'id'].map((name) => row[name] ?? null);

  const write = (row: Row, { profileId, event, mentions: named }: DerivedFacts): void => {
    const seq = Number(row['seq']);
    mentions.write(seq, Number(row['received_at']), named);
    const duplicateOf =
      event.webhookId === null ? null : (firstWith.get(event.webhookId, seq)?.['id'] ?? null);
    insert.run(
      ...columnsOf(row),
      profileId,
      event.type,
      event.category,
      event.webhookId,
      event.locationId,
      event.companyId,
      event.appId,
      event.timestamp,
      event.entityId,
      event.signature.verdict,
      event.signature.scheme,
      event.signature.keyOwner,
      event.signature.keyFingerprint,
      event.signature.header,
      event.signature.reason,
      // The id of an exchange, read from its own column.
      duplicateOf as ExchangeId | null,
      event.flags.length === 0 ? null : JSON.stringify(event.flags),
    );
  };

  /** Returns the seq of the earliest exchange whose facts are new. */
  const derive = (row: Row): number => {
    const seq = Number(row['seq']);
    // Written from these types by the capture queue.
    const purpose = row['purpose'] as Purpose;
    const profileId = row['profile_id'] as ProfileId | null;
    if (purpose !== 'webhook' && purpose !== 'inbound') {
      insertPlain.run(...columnsOf(row), profileId);
      if (purpose === 'api') mentions.deriveCall(seq);
      return purpose === 'forward' ? countAtCause(row['cause_id'], seq) : seq;
    }
    const message = {
      purpose,
      receivedAt: Number(row['received_at']),
      headers: JSON.parse(String(row['headers'])) as HeaderPairs,
      body: messageBody(row),
      complete: row['body_complete'] === 1,
      profileId,
    };
    write(row, eventFacts(message, context));
    return seq;
  };

  /** A delivery counts at the webhook it passes on, which came earlier. */
  const countAtCause = (cause: SQLOutputValue | undefined, seq: number): number => {
    if (typeof cause !== 'string') return seq;
    const causeSeq = causeOf.get(cause)?.['seq'];
    if (typeof causeSeq !== 'number') return seq;
    countDeliveries.run(cause, causeSeq);
    return Math.min(causeSeq, seq);
  };

  const transaction = (work: () => void): void => {
    db.exec('BEGIN');
    try {
      work();
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  };

  const stepNew = (deadline: number): number | null => {
    const logEnd = Number(end.get()?.['seq'] ?? 0);
    const rows = next.all(until);
    if (rows.length === 0) {
      // What there was up to that end is gone for good.
      if (logEnd > until) advance.run(logEnd);
      until = Math.max(until, logEnd);
      return null;
    }
    let first = Infinity;
    let reached = until;
    transaction(() => {
      for (const row of rows) {
        first = Math.min(first, derive(row));
        reached = Number(row['seq']);
        if (performance.now() > deadline) break;
      }
      advance.run(reached);
    });
    until = reached;
    return first;
  };

  /** Answers that came later than their exchange. */
  const stepAnswers = (deadline: number): number | null => {
    const rows = lateAnswers.all(answered);
    if (rows.length === 0) return null;
    let lowest = Infinity;
    let reached = answered;
    transaction(() => {
      for (const { number, seq, purpose, status, outcome } of rows) {
        // One that has no facts yet is read with its answer when its turn comes; one that is gone has none.
        if (Number(seq) <= until && outcome !== null) {
          setAnswer.run(status ?? null, outcome ?? null, seq ?? null);
          if (purpose === 'api') mentions.deriveCall(Number(seq));
        }
        lowest = Math.min(lowest, Number(seq));
        reached = Number(number);
        if (performance.now() > deadline) break;
      }
      advanceAnswers.run(reached);
    });
    answered = reached;
    return lowest;
  };

  const stepAgain = (deadline: number): number | null => {
    if (again.length === 0) return null;
    let lowest = Infinity;
    let done = 0;
    transaction(() => {
      for (const seq of again) {
        const row = one.get(seq);
        if (row !== undefined) derive(row);
        lowest = Math.min(lowest, seq);
        done += 1;
        if (performance.now() > deadline) break;
      }
    });
    again = again.slice(done);
    return lowest;
  };

  return {
    step(budgetMs) {
      const deadline = performance.now() + budgetMs;
      return stepNew(deadline) ?? stepAnswers(deadline) ?? stepAgain(deadline);
    },
    setContext(given) {
      const text = JSON.stringify(given);
      if (text === known) return;
      known = text;
      context = given;
      again = unsettled.all().map(({ seq }) => Number(seq));
    },
    derivedUntil: () => until,
    rederiving: () => again.length > 0 || Number(lastAnswer.get()?.['number']) > answered,
  };
}
