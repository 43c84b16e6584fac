/**
 * Finds what retention rules delete: the same walk shows it beforehand, in the deriving worker, and does it, in the
 * capture worker. It goes from the newest exchange of each purpose to the oldest, a slice at a time.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { ExchangeSum, RetentionRules } from '../../../shared/model/care.ts';
import { purposes } from '../../../shared/model/exchange.ts';
import type { Purpose } from '../../../shared/model/exchange.ts';

export type RetentionQuery = {
  readonly rules: RetentionRules;
  /** Later exchanges are left alone. */
  readonly endSeq: number;
  /** The moment ages are counted from, ms since the epoch. */
  readonly at: number;
};

/** What one slice has found. */
export type RetentionSlice = {
  readonly purpose: Purpose;
  readonly stored: ExchangeSum;
  readonly deleted: ExchangeSum;
  readonly kept: number;
  readonly seqs: readonly number[];
};

export const nothingSummed: ExchangeSum = { count: 0, bytes: 0, oldest: null, newest: null };

export function addSums(one: ExchangeSum, other: ExchangeSum): ExchangeSum {
  const instants = (pick: 'oldest' | 'newest'): number[] =>
    [one[pick], other[pick]].filter((instant) => instant !== null);
  const oldest = instants('oldest');
  const newest = instants('newest');
  return {
    count: one.count + other.count,
    bytes: one.bytes + other.bytes,
    oldest: oldest.length === 0 ? null : Math.min(...oldest),
    newest: newest.length === 0 ? null : Math.max(...newest),
  };
}

const DAY_MS = 86_400_000;

/**
 * Returns the way to the next slice of `rows` exchanges; null at the end. Pinned and noted exchanges, and those that
 * wait for their answer, are neither deleted nor counted against a rule. `schema` as in `log.`; `only` where purposes
 * without a rule need not be looked at.
 */
export function createRetentionWalk(
  db: DatabaseSync,
  schema: string,
  { rules, endSeq, at }: RetentionQuery,
  { rows: most, only }: { readonly rows: number; readonly only: 'ruled' | 'all' },
): () => RetentionSlice | null {
  const statement = db.prepare(
    `SELECT e.seq, e.received_at, e.body_bytes + coalesce(a.body_bytes, 0) AS bytes,
       EXISTS (SELECT 1 FROM ${schema}kept k WHERE k.seq = e.seq) AS kept,
       a.seq IS NULL AND e.purpose NOT IN ('webhook', 'inbound') AS pending
     FROM ${schema}exchanges e LEFT JOIN ${schema}answers a ON a.seq = e.seq
     WHERE e.purpose = ? AND e.seq < ? AND NOT EXISTS (SELECT 1 FROM ${schema}deleted d WHERE d.seq = e.seq)
     ORDER BY e.seq DESC LIMIT ${most}`,
  );
  const left = purposes.filter((purpose) => only === 'all' || rules[purpose] !== undefined);
  let before = endSeq + 1;
  let seen = { count: 0, bytes: 0 };

  return () => {
    const [purpose] = left;
    if (purpose === undefined) return null;
    const rule = rules[purpose];
    const found = statement.all(purpose, before);
    let stored = nothingSummed;
    let deleted = nothingSummed;
    let kept = 0;
    const seqs: number[] = [];
    for (const row of found) {
      const receivedAt = Number(row['received_at']);
      const bytes = Number(row['bytes']);
      const one = { count: 1, bytes, oldest: receivedAt, newest: receivedAt };
      stored = addSums(stored, one);
      if (row['kept'] === 1) kept += 1;
      if (row['kept'] === 1 || row['pending'] === 1) continue;
      seen = { count: seen.count + 1, bytes: seen.bytes + bytes };
      const goes =
        rule !== undefined &&
        ((rule.days !== null && receivedAt < at - rule.days * DAY_MS) ||
          (rule.count !== null && seen.count > rule.count) ||
          (rule.bytes !== null && seen.bytes > rule.bytes));
      if (!goes) continue;
      deleted = addSums(deleted, one);
      seqs.push(Number(row['seq']));
    }
    before = Number(found.at(-1)?.['seq'] ?? 0);
    if (found.length < most) {
      left.shift();
      before = endSeq + 1;
      seen = { count: 0, bytes: 0 };
    }
    return { purpose, stored, deleted, kept, seqs };
  };
}
