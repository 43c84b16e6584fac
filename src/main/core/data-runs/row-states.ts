/** Where each row of a run stands, from what its journal says. */
import type { RowOutcome, RowReport } from '../../../shared/model/data-run.ts';
import type { JournalEntry } from './data-run-folder.ts';

export type RowStates = {
  take(entry: JournalEntry): void;
  /** The report of a settled row; null of one that is still to be sent. */
  report(row: number): RowReport | null;
  /** How often it was sent so far. */
  sent(row: number): number;
  /** Rows that were begun and never settled. */
  begun(): number[];
  /** Settled rows in their order. */
  reports(outcomes?: readonly RowOutcome[]): Generator<RowReport, void>;
  /**
   * The same in the order they were settled, after so many, and how many that makes; one that was sent again stands
   * there again.
   */
  log(after: number, limit: number): { reports: RowReport[]; next: number };
  counts(): Readonly<Record<RowOutcome, number>>;
};

export function createRowStates(entries: readonly JournalEntry[]): RowStates {
  /** By the number of the row. */
  const reports: (RowReport | undefined)[] = [];
  const sent = new Map<number, number>();
  const begun = new Set<number>();
  const log: RowReport[] = [];
  const counts = { ok: 0, failed: 0, unknown: 0 };

  const drop = (row: number): void => {
    const report = reports[row];
    if (report !== undefined) counts[report.outcome] -= 1;
    reports[row] = undefined;
    begun.delete(row);
  };
  const take = (entry: JournalEntry): void => {
    if (entry.kind !== 'settled') {
      drop(entry.row);
      if (entry.kind === 'begun') begun.add(entry.row);
      return;
    }
    const { report } = entry;
    drop(report.row);
    reports[report.row] = report;
    sent.set(report.row, report.sent);
    counts[report.outcome] += 1;
    log.push(report);
  };
  for (const entry of entries) take(entry);

  return {
    take,
    report: (row) => reports[row] ?? null,
    sent: (row) => sent.get(row) ?? 0,
    begun: () => [...begun],
    *reports(outcomes) {
      for (const report of reports) {
        if (report !== undefined && (outcomes === undefined || outcomes.includes(report.outcome)))
          yield report;
      }
    },
    log(after, limit) {
      const from = Math.min(after, log.length);
      const reports = log.slice(from, from + limit);
      return { reports, next: from + reports.length };
    },
    counts: () => ({ ...counts }),
  };
}
