/** What retention rules would delete, without deleting it. Runs in the deriving worker. */
import type { DatabaseSync } from 'node:sqlite';
import type { RetentionPreview, RetentionRules } from '../../../shared/model/care.ts';
import { purposes } from '../../../shared/model/exchange.ts';
import { endOfLog } from './capture-schema.ts';
import { addSums, createRetentionWalk, nothingSummed } from './retention-walk.ts';

const ROWS_A_SLICE = 1000;

/** Returns the way to the next step: null until the last one has the answer. `at` is the moment ages are counted from. */
export function createRetentionPreview(
  db: DatabaseSync,
  { rules, at }: { readonly rules: RetentionRules; readonly at: number },
): () => RetentionPreview | null {
  const endSeq = Number(db.prepare(endOfLog('log.')).get()?.['seq'] ?? 0);
  const next = createRetentionWalk(db, 'log.', { rules, endSeq, at }, { rows: ROWS_A_SLICE, only: 'all' });
  const found = new Map(
    purposes.map((purpose) => [purpose, { stored: nothingSummed, deleted: nothingSummed, kept: 0 }]),
  );
  return () => {
    const slice = next();
    if (slice === null) {
      const parts = [...found].map(([purpose, part]) => ({ purpose, ...part }));
      const total = parts.reduce((sum, { deleted }) => addSums(sum, deleted), nothingSummed);
      return { asOf: { endSeq, at }, total, purposes: parts };
    }
    const before = found.get(slice.purpose) ?? { stored: nothingSummed, deleted: nothingSummed, kept: 0 };
    found.set(slice.purpose, {
      stored: addSums(before.stored, slice.stored),
      deleted: addSums(before.deleted, slice.deleted),
      kept: before.kept + slice.kept,
    });
    return null;
  };
}
