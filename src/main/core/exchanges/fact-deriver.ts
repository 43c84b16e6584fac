/** Derives the facts of exchanges in the order of the log, and again when profiles or keys have changed. */
import type { DatabaseSync } from 'node:sqlite';
import type { HeaderPairs, Purpose } from '../../../shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import { eventFacts } from '../webhooks/event-facts.ts';
import type { DerivedFacts } from '../webhooks/event-facts.ts';
import { createMentionStore } from '../relations/mention-store.ts';
import { readBodyFile } from './body-files.ts';
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
  /** True while facts wait to be derived again, or answers to be read. */
  rederiving(): boolean;
};

const ROWS_A_STEP = 64;

/** When the context changes, at most this many of the newest exchanges without a final verdict are looked at again. */
const MOST_REDERIVED = 10_000;

const COLUMNS = `e.seq, e.id, e.purpose, e.received_at, e.headers, e.profile_id, e.body_bytes, e.body_complete, e.body_file, e.body`;

export function createFactDeriver(db: DatabaseSync, bodies: string): FactDeriver {
  const next = db.prepare(
    `SELECT ${COLUMNS} FROM log.exchanges e WHERE e.seq > ? ORDER BY e.seq LIMIT ${ROWS_A_STEP}`,
  );
  const one = db.prepare(`SELECT ${COLUMNS} FROM log.exchanges e WHERE e.seq = ?`);
  const firstWith = db.prepare(
    `SELECT e.id FROM facts f JOIN log.exchanges e ON e.seq = f.seq WHERE f.webhook_id = ? AND f.seq < ? ORDER BY f.seq LIMIT 1`,
  );
  const insert = db.prepare(
    `INSERT OR REPLACE INTO facts (seq, profile_id, type, category, webhook_id, location_id, company_id, app_id,
       timestamp, entity_id, verdict, scheme, key_owner, key_fingerprint, header, reason, duplicate_of, flags)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPlain = db.prepare('INSERT OR REPLACE INTO facts (seq, profile_id) VALUES (?, ?)');
  const advance = db.prepare('UPDATE progress SET facts = ?');
  const unsettled = db.prepare(
    `SELECT seq FROM facts WHERE verdict IN ('invalid', 'unverifiable', 'unsigned') AND verdict <> 'valid'
       AND (verdict <> 'unsigned' OR profile_id IS NULL)
     ORDER BY seq DESC LIMIT ${MOST_REDERIVED}`,
  );

  const mentions = createMentionStore(db);

  let context: DerivationContext = { profiles: [], keys: [] };
  let known = '';
  let until = readProgress(db).facts;
  let again: number[] = [];

  const messageBody = (row: Row): Uint8Array => {
    const file = row['body_file'];
    if (typeof file === 'string') return readBodyFile(bodies, file, 0, Number(row['body_bytes']));
    return row['body'] instanceof Uint8Array ? row['body'] : new Uint8Array(0);
  };

  const write = (seq: number, at: number, { profileId, event, mentions: named }: DerivedFacts): void => {
    mentions.write(seq, at, named);
    const duplicateOf =
      event.webhookId === null ? null : (firstWith.get(event.webhookId, seq)?.['id'] ?? null);
    insert.run(
      seq,
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

  const derive = (row: Row): void => {
    const seq = Number(row['seq']);
    // Written from these types by the capture queue.
    const purpose = row['purpose'] as Purpose;
    const profileId = row['profile_id'] as ProfileId | null;
    if (purpose !== 'webhook' && purpose !== 'inbound') {
      insertPlain.run(seq, profileId);
      if (purpose === 'api') mentions.deriveCall(seq);
      return;
    }
    const message = {
      purpose,
      receivedAt: Number(row['received_at']),
      headers: JSON.parse(String(row['headers'])) as HeaderPairs,
      body: messageBody(row),
      complete: row['body_complete'] === 1,
      profileId,
    };
    write(seq, message.receivedAt, eventFacts(message, context));
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
    const rows = next.all(until);
    if (rows.length === 0) return null;
    const first = Number(rows[0]?.['seq']);
    let reached = until;
    transaction(() => {
      for (const row of rows) {
        derive(row);
        reached = Number(row['seq']);
        if (performance.now() > deadline) break;
      }
      advance.run(reached);
    });
    until = reached;
    return first;
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
      return stepNew(deadline) ?? mentions.stepAnswers(deadline, until) ?? stepAgain(deadline);
    },
    setContext(given) {
      const text = JSON.stringify(given);
      if (text === known) return;
      known = text;
      context = given;
      again = unsettled.all().map(({ seq }) => Number(seq));
    },
    derivedUntil: () => until,
    rederiving: () => again.length > 0 || mentions.behind(),
  };
}
