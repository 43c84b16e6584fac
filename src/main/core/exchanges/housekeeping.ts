/**
 * What the capture worker does while no captures wait: runs the retention rules, and removes for good what was deleted.
 * One short slice at a time, with pauses while captures keep coming.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { ExchangeSum, RetentionRules } from '../../../shared/model/care.ts';
import { endOfLog } from './capture-schema.ts';
import type { CareWriter } from './care-writer.ts';
import type { Touched } from './messages.ts';
import type { Purger } from './purger.ts';
import { readRules, writeLastRun, writeRules } from './retention-store.ts';
import { addSums, createRetentionWalk, nothingSummed } from './retention-walk.ts';
import type { RetentionSlice } from './retention-walk.ts';

export type Housekeeping = {
  /** Captures have just been written. */
  captured(): void;
  /** Something may be due now. */
  wake(): void;
  /** Resolves when nothing is due any more; rejects with what stopped it. */
  tidied(): Promise<void>;
  /** Keeps the rules, runs them once, as of the moment given, and says what that deleted. */
  retain(
    rules: RetentionRules,
    asOf?: { readonly endSeq: number; readonly at: number },
  ): Promise<ExchangeSum>;
  close(): void;
};

export type HousekeepingDeps = {
  readonly db: DatabaseSync;
  readonly care: CareWriter;
  readonly purger: Purger;
  readonly touched: (touched: Touched) => void;
  readonly failed: (error: unknown) => void;
};

/** While captures keep coming, they have the thread for this long between two slices. */
const PAUSE_MS = 200;

/** Captures are "coming" when the last one is younger than this. */
const BUSY_MS = 100;

/** Rules are run this often; the first time this long after the start. */
const EVERY_MS = 10 * 60_000;
const FIRST_MS = 60_000;

const ROWS_A_SLICE = 300;

type Run = {
  readonly next: () => RetentionSlice | null;
  readonly at: number;
  number: number | null;
  deleted: ExchangeSum;
  readonly done: (deleted: ExchangeSum) => void;
  readonly failed: (error: unknown) => void;
};

type Waiting = { readonly resolve: () => void; readonly reject: (error: unknown) => void };

export function createHousekeeping({ db, care, purger, touched, failed }: HousekeepingDeps): Housekeeping {
  const end = db.prepare(endOfLog());
  const runs: Run[] = [];
  let waiting: Waiting[] = [];
  let turnSoon: NodeJS.Timeout | null = null;
  let dueLater: NodeJS.Timeout | undefined;
  let lastCapture = -Infinity;

  const startRun = (rules: RetentionRules, asOf?: { endSeq: number; at: number }): Promise<ExchangeSum> =>
    new Promise((done, fail) => {
      const { endSeq, at } = asOf ?? { endSeq: Number(end.get()?.['seq'] ?? 0), at: Date.now() };
      const next = createRetentionWalk(db, '', { rules, endSeq, at }, { rows: ROWS_A_SLICE, only: 'ruled' });
      runs.push({ next, at: Date.now(), number: null, deleted: nothingSummed, done, failed: fail });
      wake();
    });

  const stepRun = (run: Run): void => {
    const slice = run.next();
    if (slice === null) {
      runs.shift();
      if (run.deleted.count > 0) writeLastRun(db, { ...run.deleted, at: run.at });
      run.done(run.deleted);
      return;
    }
    if (slice.seqs.length === 0) return;
    // No undo: what a rule deletes was shown when the rule was set.
    const query = { number: run.number, seqs: slice.seqs, spareKept: true, at: run.at, until: 0 };
    const { number, touched: range } = care.delete(query);
    run.number = number;
    run.deleted = addSums(run.deleted, slice.deleted);
    touched(range);
  };

  /** Returns false when there is nothing to do now. */
  const step = (): boolean => {
    const [run] = runs;
    if (run === undefined) return purger.step(Date.now());
    stepRun(run);
    return true;
  };

  const sleep = (): void => {
    clearTimeout(dueLater);
    const due = purger.nextDue();
    if (due === null) return;
    // What is overdue waits for an answer that is still to come.
    const wait = due > Date.now() ? Math.min(due - Date.now(), EVERY_MS) : EVERY_MS;
    dueLater = setTimeout(wake, wait);
  };

  const turn = (): void => {
    turnSoon = null;
    try {
      if (step()) {
        wake();
        return;
      }
      for (const { resolve } of waiting.splice(0)) resolve();
      sleep();
    } catch (error) {
      // Left where it stopped; tried again with the next deletion, run or start.
      failed(error);
      for (const run of runs.splice(0)) run.failed(error);
      for (const { reject } of waiting.splice(0)) reject(error);
    }
  };

  function wake(): void {
    const busy = performance.now() - lastCapture < BUSY_MS;
    turnSoon ??= setTimeout(turn, busy ? PAUSE_MS : 0);
  }

  const runRules = (): void => {
    const rules = readRules(db);
    if (Object.keys(rules).length > 0) void startRun(rules).catch(() => undefined);
  };
  const first = setTimeout(runRules, FIRST_MS);
  const regular = setInterval(runRules, EVERY_MS);

  return {
    captured() {
      lastCapture = performance.now();
    },
    wake,
    tidied: () =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        wake();
      }),
    retain(rules, asOf) {
      writeRules(db, rules);
      return startRun(rules, asOf);
    },
    close() {
      for (const timer of [first, regular, dueLater, turnSoon ?? undefined]) clearTimeout(timer);
      waiting = [];
    },
  };
}
