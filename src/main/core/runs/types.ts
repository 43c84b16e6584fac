/** Requests sent page by page until their list ends; implemented in `create-runs.ts`. */
import type { RequestDraft } from '../../../shared/model/request.ts';
import type { FirstPage, PagingFound, RowsFormat, Run, RunId, RunStart } from '../../../shared/model/run.ts';
import type { Subscribe } from '../services.ts';

export type Runs = {
  detect(draft: RequestDraft): Promise<PagingFound>;
  /** Sends the request for the first page, which is kept as an exchange alone. Rejects with `bad_input`. */
  look(input: RunStart, signal?: AbortSignal): Promise<FirstPage>;
  /** Resolves when the run is kept; its pages follow. Rejects with `bad_input`. */
  start(input: RunStart): Promise<Run>;
  /** Newest first. */
  list(): Run[];
  onChange: Subscribe<void>;
  /** Resolves when the page under way is kept. Rejects with `not_found`, as all that name a run. */
  pause(id: RunId): Promise<Run>;
  /** Rejects with `conflict` for one that has ended. */
  resume(id: RunId): Promise<Run>;
  cancel(id: RunId): Promise<Run>;
  remove(id: RunId): Promise<void>;
  rows(id: RunId, offset: number, limit: number): Promise<{ rows: string[]; total: number }>;
  /** The rows that are kept at its beginning, as pieces of a file. */
  export(id: RunId, format: RowsFormat): AsyncGenerator<string, void>;
  /** What is under way stops as by a kill: the next start has it paused. */
  dispose(): Promise<void>;
};
