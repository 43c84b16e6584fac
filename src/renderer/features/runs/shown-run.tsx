import { useValue } from '../../lib/value.ts';
import { chosenRun } from './chosen-run.ts';
import { DataRunView } from './data-run-view.tsx';
import { Limits } from './limits.tsx';
import { RunView } from './run-view.tsx';
import { useDataRuns, useRuns } from './use-runs.ts';

/** The chosen run; without one, the rate limits. */
export function ShownRun() {
  const chosen = useValue(chosenRun);
  const pages = useRuns()?.find(({ id }) => id === chosen);
  const rows = useDataRuns()?.find(({ id }) => id === chosen);
  if (pages !== undefined) return <RunView run={pages} />;
  return rows === undefined ? <Limits /> : <DataRunView run={rows} />;
}
