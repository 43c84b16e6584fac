import { ListEnd } from 'lucide-react';
import type { DataRun } from '../../../shared/model/data-run.ts';
import type { Run } from '../../../shared/model/run.ts';
import { Empty } from '../../ui/empty.tsx';
import { ago, exactTime, useNow } from '../../lib/time.ts';
import { useValue } from '../../lib/value.ts';
import { counted, stateOf } from './run-words.ts';
import { chosenRun } from './chosen-run.ts';
import { useDataRuns, useRuns } from './use-runs.ts';

function RunLine({ run, now }: { readonly run: Run | DataRun; readonly now: number }) {
  const { word, tone } = stateOf(run);
  const rows =
    'fileName' in run ? `${counted(run.rows, 'row')} of ${run.fileName}` : counted(run.rows, 'row');
  return (
    <>
      <span className="mono run-title">{run.title}</span>
      <span className={tone}>{word}</span>
      <span className="muted small clip">{rows}</span>
      <time className="muted small" title={exactTime(run.startedAt)}>
        {ago(run.startedAt, now)}
      </time>
    </>
  );
}

/** Every run that is kept, over pages or over rows, the newest first. */
export function RunList() {
  const selected = useValue(chosenRun);
  const pages = useRuns();
  const files = useDataRuns();
  const now = useNow();
  if (pages === undefined || files === undefined) return null;
  const runs = [...pages, ...files].toSorted((one, other) => other.startedAt - one.startedAt);
  if (runs.length === 0)
    return (
      <Empty icon={ListEnd} title="No run yet">
        Beside Send, a list is read to its end, or a request sent for every row of a file, below the rate
        limit.
      </Empty>
    );
  return (
    <ul className="scroll run-list" aria-label="Runs">
      {runs.map((run) => (
        <li key={run.id}>
          <button
            type="button"
            className="run-line"
            aria-pressed={run.id === selected}
            onClick={() => chosenRun.set(run.id === selected ? null : run.id)}
          >
            <RunLine run={run} now={now} />
          </button>
        </li>
      ))}
    </ul>
  );
}
