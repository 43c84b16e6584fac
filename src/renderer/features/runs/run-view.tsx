import type { Run } from '../../../shared/model/run.ts';
import { href } from '../../lib/route.ts';
import { rpc } from '../../platform/connection.ts';
import { RunActions, RunNotes } from './run-parts.tsx';
import { counted, stateOf } from './run-words.ts';
import { RunRows } from './run-rows.tsx';
import { saveRows } from './use-runs.ts';

function Actions({ run }: { readonly run: Run }) {
  const { id, state } = run;
  return (
    <RunActions
      state={state}
      does={{
        pause: () => rpc.runs.pause({ id }),
        resume: () => rpc.runs.resume({ id }),
        cancel: () => rpc.runs.cancel({ id }),
        remove: () => rpc.runs.remove({ id }),
      }}
      formats={['ndjson', 'csv', 'json']}
      onExport={run.rows === 0 ? null : (format) => saveRows(run, format)}
    />
  );
}

function Progress({ run }: { readonly run: Run }) {
  const { rows, total, repeated, unidentified, pages, paging } = run;
  return (
    <div className="run-progress">
      {total !== null && total > 0 && (
        <progress aria-label="Rows read" max={Math.max(total, rows)} value={rows} />
      )}
      <p className="line wrap">
        <b>{counted(rows, 'row')}</b>
        {total !== null && <span className="muted">of {total.toLocaleString('en')}</span>}
        <span className="muted">in {counted(pages, 'page')}</span>
        {repeated > 0 && <span className="muted">{repeated.toLocaleString('en')} came again, left out</span>}
        {unidentified > 0 && (
          <span
            className="muted"
            title="Such rows are left out only where pages are known to overlap: where a list pages by date, those that end one page and begin the next alike. Elsewhere two equal rows may be two rows."
          >
            {unidentified.toLocaleString('en')} without an id
          </span>
        )}
        {paging !== null && <span className="tag">pages by {paging.style}</span>}
        {run.exchangeId !== null && (
          <a className="link" href={href('exchanges', run.exchangeId)}>
            Last page
          </a>
        )}
      </p>
      <RunNotes {...run} />
    </div>
  );
}

/** One run: how far it is, what can be done with it, its rows. */
export function RunView({ run }: { readonly run: Run }) {
  const { word, tone } = stateOf(run);
  return (
    <section className="pane" aria-label="Run">
      <header className="bar">
        <h2 className={`answer-status ${tone}`}>{word}</h2>
        <span className="mono run-title">{run.title}</span>
        <span className="grow" />
        <Actions run={run} />
      </header>
      <Progress run={run} />
      <RunRows key={run.id} run={run} />
    </section>
  );
}
