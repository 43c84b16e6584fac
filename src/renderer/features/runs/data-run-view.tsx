import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { DataRun, RowOutcome } from '../../../shared/model/data-run.ts';
import { run as attempt } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { DataRunReport } from './data-run-report.tsx';
import { RunActions, RunNotes } from './run-parts.tsx';
import { counted, stateOf } from './run-words.ts';
import { savePieces } from './use-runs.ts';

/** Sends rows again: failed ones at once, unknown ones after a word of warning. */
function Again({ run }: { readonly run: DataRun }) {
  const [asking, setAsking] = useState(false);
  const { id, failed, unknown } = run;
  const retry = (outcomes: RowOutcome[]): void => attempt(() => rpc.dataRuns.retry({ id, outcomes }));
  return (
    <>
      {failed > 0 && (
        <Button icon={RotateCw} onClick={() => retry(['failed'])}>
          Send {failed.toLocaleString('en')} failed again
        </Button>
      )}
      {unknown > 0 && (
        <Button icon={RotateCw} onClick={() => setAsking(true)}>
          Send {unknown.toLocaleString('en')} unknown again…
        </Button>
      )}
      <Confirm
        open={asking}
        title={`Send ${counted(unknown, 'unknown row')} again?`}
        action="Send again"
        onConfirm={() => retry(['unknown'])}
        onClose={() => setAsking(false)}
      >
        HighLevel may have taken them already. What they do would then be done twice: look at their exchanges
        first.
      </Confirm>
    </>
  );
}

function Actions({ run }: { readonly run: DataRun }) {
  const { id, state } = run;
  return (
    <RunActions
      state={state}
      does={{
        pause: () => rpc.dataRuns.pause({ id }),
        resume: () => rpc.dataRuns.resume({ id }),
        cancel: () => rpc.dataRuns.cancel({ id }),
        remove: () => rpc.dataRuns.remove({ id }),
      }}
      formats={['csv', 'ndjson']}
      onExport={(format) =>
        savePieces(`${run.title} report`, format, () => rpc.dataRuns.export({ id, format }))
      }
    />
  );
}

function Progress({ run }: { readonly run: DataRun }) {
  const { rows, ok, failed, unknown, state, fileName } = run;
  const settled = ok + failed + unknown;
  return (
    <div className="run-progress">
      <progress aria-label="Rows settled" max={rows} value={settled} />
      <p className="line wrap">
        <b>
          {settled.toLocaleString('en')} of {counted(rows, 'row')}
        </b>
        <span className="ok">{ok.toLocaleString('en')} ok</span>
        {failed > 0 && <span className="bad">{failed.toLocaleString('en')} failed</span>}
        {unknown > 0 && <span className="warn">{unknown.toLocaleString('en')} unknown</span>}
        <span className="muted">of {fileName}</span>
        {run.concurrency > 1 && <span className="tag">{run.concurrency} at once</span>}
      </p>
      <RunNotes {...run} />
      {state !== 'running' && failed + unknown > 0 && (
        <p className="line wrap">
          <Again run={run} />
        </p>
      )}
    </div>
  );
}

/** One request over the rows of a file: how far it is, and what became of each row. */
export function DataRunView({ run }: { readonly run: DataRun }) {
  const { word, tone } = stateOf(run);
  return (
    <section className="pane" aria-label="Run over a file">
      <header className="bar">
        <h2 className={`answer-status ${tone}`}>{word}</h2>
        <span className="mono run-title">{run.title}</span>
        <span className="grow" />
        <Actions run={run} />
      </header>
      <Progress run={run} />
      <DataRunReport key={run.id} run={run} />
    </section>
  );
}
