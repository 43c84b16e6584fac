import { ListEnd } from 'lucide-react';
import type { Run } from '../../../shared/model/run.ts';
import { Empty } from '../../ui/empty.tsx';
import { ago, exactTime, useNow } from '../../lib/time.ts';
import { useValue } from '../../lib/value.ts';
import { counted, stateOf } from './run-words.ts';
import { chosenRun } from './shown-run.ts';
import { useRuns } from './use-runs.ts';

function RunLine({ run, now }: { readonly run: Run; readonly now: number }) {
  const { word, tone } = stateOf(run);
  return (
    <>
      <span className="mono run-title">{run.title}</span>
      <span className={tone}>{word}</span>
      <span className="muted small">{counted(run.rows, 'row')}</span>
      <time className="muted small" title={exactTime(run.startedAt)}>
        {ago(run.startedAt, now)}
      </time>
    </>
  );
}

/** Every run that is kept, the newest first. */
export function RunList() {
  const selected = useValue(chosenRun);
  const runs = useRuns();
  const now = useNow();
  if (runs === undefined) return null;
  if (runs.length === 0)
    return (
      <Empty icon={ListEnd} title="No run yet">
        “All pages” beside Send reads a list to its end, below the rate limit, and keeps every row once.
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
