/** One request over the rows of a file; implemented in `create-data-runs.ts`. */
import type {
  DataPreview,
  DataRun,
  DataRunId,
  DataRunStart,
  ReportFormat,
  RowOutcome,
  RowReport,
} from '../../../shared/model/data-run.ts';
import type { Subscribe } from '../services.ts';

/** The fields of a row, as text, by the names of their columns. */
export type DataRow = Readonly<Record<string, string>>;

export type DataRuns = {
  /** Rejects with `bad_input` for a file that is none. */
  preview(input: DataRunStart): Promise<DataPreview>;
  /** Resolves when the rows are kept; they are sent then. Rejects with `bad_input`. */
  start(input: DataRunStart): Promise<DataRun>;
  /** Newest first. */
  list(): DataRun[];
  onChange: Subscribe<void>;
  /** Resolves when the rows under way are settled. Rejects with `not_found`, as all that name a run. */
  pause(id: DataRunId): Promise<DataRun>;
  /** Rejects with `conflict` for one that has ended. */
  resume(id: DataRunId): Promise<DataRun>;
  cancel(id: DataRunId): Promise<DataRun>;
  /** Rejects with `conflict` while it runs, and where no row has such an outcome. */
  retry(id: DataRunId, outcomes: readonly RowOutcome[]): Promise<DataRun>;
  remove(id: DataRunId): Promise<void>;
  report(query: {
    readonly id: DataRunId;
    readonly outcomes?: readonly RowOutcome[] | undefined;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ reports: RowReport[]; total: number }>;
  settled(id: DataRunId, after: number, limit: number): Promise<{ reports: RowReport[]; next: number }>;
  export(id: DataRunId, format: ReportFormat): AsyncGenerator<string, void>;
  /** What is under way stops as by a kill: the next start has it paused. */
  dispose(): Promise<void>;
};
