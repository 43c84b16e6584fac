/** Rows sent one after the other, a few at a time, below the rate limit. */
import { AppError } from '../../../shared/model/app-error.ts';
import { repeatableMethods } from '../../../shared/model/data-run.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';
import type { Requests } from '../services.ts';
import type { Journal, JournalEntry } from './data-run-folder.ts';
import type { RowStates } from './row-states.ts';
import { variablesOfRow } from './row-variables.ts';
import { settleRow } from './settle-row.ts';
import type { DataRow } from './types.ts';

export type RowsDeps = {
  readonly requests: Pick<Requests, 'send'>;
  readonly journal: Pick<Journal, 'write'>;
  readonly states: RowStates;
};

export type RowsControl = {
  readonly signal: AbortSignal;
  readonly isPausing: () => boolean;
  /** After each row. */
  readonly changed: () => void;
  /** How long a worker waits for the rate limit, in ms, and what ends the wait; null once it does not. */
  readonly waits: (worker: number, wait: { readonly ms: number; end(): void } | null) => void;
};

export type RowsEnd = { readonly state: 'done' | 'paused' | 'failed'; readonly reason: string | null };

/** So many rows without any answer in a row, and the rest is not tried. */
const mostUnanswered = 5;

/** @returns how it ended; null when the signal was aborted */
export async function runRows(
  draft: ResolvedRequestDraft,
  rows: AsyncIterable<DataRow>,
  concurrency: number,
  { requests, journal, states }: RowsDeps,
  { signal, isPausing, changed, waits }: RowsControl,
): Promise<RowsEnd | null> {
  const repeatable = repeatableMethods.has(draft.method);
  const sent: ResolvedRequestDraft = { ...draft, settings: { ...draft.settings, retryOn429: true } };
  const next = openRows(rows, states);
  const halt: { end: RowsEnd | null } = { end: null };
  let unanswered = 0;

  const note = async (entry: JournalEntry, synced: boolean): Promise<void> => {
    await journal.write(entry, synced);
    states.take(entry);
    changed();
  };
  const stop = (reason: string): void => {
    halt.end ??= { state: 'failed', reason };
  };

  const sendRow = async (row: number, fields: DataRow, worker: number): Promise<void> => {
    const before = states.sent(row);
    const own = new AbortController();
    await note({ kind: 'begun', row }, !repeatable);
    try {
      const result = await requests.send(sent, {
        signal: AbortSignal.any([signal, own.signal]),
        row: variablesOfRow(fields),
        pace: { waits: (ms) => waits(worker, ms === null ? null : { ms, end: () => own.abort() }) },
      });
      const settled = settleRow(result, repeatable);
      if (settled.kind === 'refused') {
        await note({ kind: 'open', row }, false);
        stop(settled.reason);
        return;
      }
      const { report, answered } = settled;
      await note(
        { kind: 'settled', report: { ...report, row, sent: before + result.attempts } },
        !repeatable,
      );
      unanswered = answered ? 0 : unanswered + 1;
      if (unanswered >= mostUnanswered)
        stop(`${mostUnanswered} rows in a row had no answer. ${report.error}`);
    } catch (error) {
      // Begun and not settled: whoever reads the journal knows what that means.
      if (signal.aborted || !(error instanceof AppError)) throw error;
      // It ended in a wait, before it was sent or after it was refused.
      if (own.signal.aborted) {
        await note({ kind: 'open', row }, false);
        return;
      }
      if (error.code !== 'bad_input') {
        // An answer that could not be stored came to a request that was sent.
        const isLost = error.code === 'disk_full' || error.code === 'data_folder_unusable';
        if (repeatable || !isLost) await note({ kind: 'open', row }, false);
        stop(error.message);
        return;
      }
      const report = { row, outcome: 'failed', status: null, ms: null, exchangeId: null } as const;
      const checks = { passed: 0, of: draft.checks.length };
      await note(
        { kind: 'settled', report: { ...report, checks, error: error.message, sent: before } },
        false,
      );
    } finally {
      waits(worker, null);
    }
  };

  let isThrough = false;
  const work = async (worker: number): Promise<void> => {
    while (!signal.aborted && !isPausing() && halt.end === null) {
      const { value, done } = await next.next();
      isThrough ||= done === true;
      if (done === true) return;
      await sendRow(value.row, value.fields, worker).catch((error: unknown) => {
        // The others end with the rows they have.
        stop('It broke off.');
        throw error;
      });
    }
  };

  const ends = await Promise.allSettled(Array.from({ length: concurrency }, (_, worker) => work(worker)));
  await next.return();
  if (signal.aborted) return null;
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  if (halt.end !== null) return halt.end;
  return { state: isThrough ? 'done' : 'paused', reason: null };
}

/** The rows that are still to be sent, by their number. */
async function* openRows(
  rows: AsyncIterable<DataRow>,
  states: RowStates,
): AsyncGenerator<{ row: number; fields: DataRow }, void> {
  let row = 0;
  for await (const fields of rows) {
    row += 1;
    if (states.report(row) === null) yield { row, fields };
  }
}
