import type { DataRunId } from '../../../shared/model/data-run.ts';
import type { RunId } from '../../../shared/model/run.ts';
import { createValue } from '../../lib/value.ts';
import { requestsSide } from '../requests/requests-side.ts';

/** The run on show, of either kind. */
export const chosenRun = createValue<RunId | DataRunId | null>(null);

export function showRun(id: RunId | DataRunId): void {
  requestsSide.set('runs');
  chosenRun.set(id);
}
