/** Pins, notes, deletion with undo, and retention, over the two workers. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeSelection } from '../../../shared/model/care.ts';
import type { AskClient } from './ask-client.ts';
import type { CareQuestions, Reads, Touched } from './messages.ts';
import type { ExchangeCare } from './types.ts';

export type ExchangeCareDeps = {
  readonly reads: AskClient<Reads>;
  readonly writes: AskClient<CareQuestions>;
  readonly touched: (touched: Touched) => void;
  /** Notes have changed. */
  readonly revised: () => void;
  /** ms since the epoch. */
  readonly now: () => number;
};

/** Deleted exchanges can be brought back for a day. */
const UNDO_MS = 86_400_000;

/** Written in one transaction: short enough not to hold up captures. */
const SEQS_A_SLICE = 500;

export function createExchangeCare({ reads, writes, touched, revised, now }: ExchangeCareDeps): ExchangeCare {
  /** The seqs of a selection, in slices. */
  async function* slicesOf(selection: ExchangeSelection): AsyncGenerator<readonly number[], void> {
    if ('ids' in selection) {
      const [only] = selection.ids;
      const seqs = await reads.ask('locate', selection.ids);
      if (seqs.length === 0 && selection.ids.length === 1) {
        throw new AppError('not_found', `There is no exchange with the id ${only ?? ''}.`);
      }
      for (let from = 0; from < seqs.length; from += SEQS_A_SLICE)
        yield seqs.slice(from, from + SEQS_A_SLICE);
      return;
    }
    const { filter, upTo } = selection;
    let after = 0;
    for (;;) {
      const seqs = await reads.ask('matching', { filter, after, upTo, limit: SEQS_A_SLICE });
      if (seqs.length > 0) yield seqs;
      if (seqs.length < SEQS_A_SLICE) return;
      after = seqs.at(-1) ?? upTo;
    }
  }

  return {
    async pin(selection, pinned) {
      let count = 0;
      for await (const seqs of slicesOf(selection)) {
        const change = await writes.ask('pin', { seqs, pinned });
        count += change.count;
        touched(change);
      }
      return count;
    },
    async note(id, text) {
      const [seq] = await reads.ask('locate', [id]);
      if (seq === undefined) throw new AppError('not_found', `There is no exchange with the id ${id}.`);
      const note = text.trim() === '' ? null : text;
      touched(await writes.ask('note', { seq, note }));
      revised();
    },
    countSelection: (filter) => reads.ask('selection', filter),
    async delete(selection) {
      const at = now();
      const until = at + UNDO_MS;
      const spareKept = !('ids' in selection);
      let number: number | null = null;
      let count = 0;
      for await (const seqs of slicesOf(selection)) {
        const slice: CareQuestions['delete']['answer'] = await writes.ask('delete', {
          number,
          seqs,
          spareKept,
          at,
          until,
        });
        number = slice.number;
        count += slice.touched.count;
        touched(slice.touched);
      }
      if (number === null || count === 0) {
        throw new AppError('not_found', 'None of these exchanges is there to be deleted.');
      }
      return { number, at, until, count };
    },
    async undoDelete(number) {
      let count = 0;
      for (;;) {
        const slice = await writes.ask('restore', number);
        if (slice.count === 0) break;
        count += slice.count;
        touched(slice);
      }
      if (count > 0) return count;
      throw new AppError('not_found', 'What was deleted then is back already, or gone for good.');
    },
    deletions: async () => [...(await reads.ask('deletions', { now: now() }))],
    async emptyDeleted() {
      await writes.ask('empty', null);
    },
    retention: () => reads.ask('retention', null),
    preview: (rules) => reads.ask('preview', { rules, at: now() }),
    retain: (rules, asOf) => writes.ask('retain', { rules, asOf }),
  };
}
