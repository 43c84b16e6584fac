import type { Run, RunId } from '../../../shared/model/run.ts';
import { createValue, useValue } from '../../lib/value.ts';
import { requestsSide } from '../requests/requests-side.ts';
import { useRuns } from './use-runs.ts';

/** The run whose rows are on show. */
export const chosenRun = createValue<RunId | null>(null);

export function showRun(id: RunId): void {
  requestsSide.set('runs');
  chosenRun.set(id);
}

export function useShownRun(): Run | undefined {
  const chosen = useValue(chosenRun);
  return useRuns()?.find(({ id }) => id === chosen);
}
