/** The run of saved requests that was started last: it goes on whatever screen is shown. */
import type { Collection } from '../../../shared/model/collection.ts';
import type { CollectionRunStep, RunRequestResult } from '../../../shared/model/collection-run.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { announce } from '../../lib/notices.ts';
import { createValue, useValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { toProblem } from '../../platform/problem.ts';
import { showCollections } from './collection-overlay.ts';

export type ReportLine = {
  readonly path: string;
  readonly name: string;
  readonly method: string | null;
  readonly state: 'waits' | 'sending' | 'done';
  readonly result: RunRequestResult | null;
};

export type CollectionRun = {
  readonly collection: Collection['id'];
  /** What is run, in words. */
  readonly title: string;
  readonly path: string;
  readonly profileId: Profile['id'];
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly lines: readonly ReportLine[];
  /** For the rate limit; ms since the epoch. */
  readonly waitingUntil: number | null;
  /** Why it could not go on; one sentence. */
  readonly problem: string | null;
};

export const collectionRun = createValue<CollectionRun | null>(null);
/** Whether its report stands where the answer of a single request would. */
export const reportShown = createValue(false);

export function useReport(): CollectionRun | null {
  const run = useValue(collectionRun);
  return useValue(reportShown) ? run : null;
}

let abort: AbortController | null = null;

export function cancelRun(): void {
  abort?.abort();
}

function after(run: CollectionRun, step: CollectionRunStep): CollectionRun {
  const change = (path: string, changes: Partial<ReportLine>): readonly ReportLine[] =>
    run.lines.map((line) => (line.path === path ? { ...line, ...changes } : line));
  switch (step.kind) {
    case 'start':
      return {
        ...run,
        lines: step.requests.map((request) => ({ ...request, state: 'waits', result: null })),
      };
    case 'sending':
      return { ...run, lines: change(step.path, { state: 'sending' }) };
    case 'waiting':
      return { ...run, waitingUntil: step.until };
    case 'answered':
      return {
        ...run,
        waitingUntil: null,
        lines: change(step.result.path, { state: 'done', result: step.result }),
      };
    case 'end':
      return { ...run, state: 'done' };
  }
}

export type RunWanted = Pick<CollectionRun, 'collection' | 'title' | 'path' | 'profileId'>;

/** Takes the place of the one before, which is cancelled where it still goes on. */
export function startCollectionRun(wanted: RunWanted): void {
  cancelRun();
  const mine = new AbortController();
  abort = mine;
  const { collection, path, profileId } = wanted;
  collectionRun.set({ ...wanted, state: 'running', lines: [], waitingUntil: null, problem: null });
  reportShown.set(true);
  showCollections();
  const set = (change: (run: CollectionRun) => CollectionRun): void => {
    const present = collectionRun.get();
    if (present !== null && abort === mine) collectionRun.set(change(present));
  };
  const follow = async (): Promise<void> => {
    const steps = await rpc.collections.run({ collection, path, profileId }, { signal: mine.signal });
    for await (const step of steps) set((run) => after(run, step));
    if (mine.signal.aborted) set((run) => ({ ...run, state: 'cancelled', waitingUntil: null }));
    else announce(`Run of ${wanted.title} ended`);
  };
  follow().catch((error: unknown) => {
    const problem = mine.signal.aborted ? null : toProblem(error).message;
    set((run) => ({ ...run, state: problem === null ? 'cancelled' : 'failed', waitingUntil: null, problem }));
  });
}
