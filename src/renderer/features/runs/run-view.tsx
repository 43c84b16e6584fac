import { Download, Pause, Play, Square, Trash2 } from 'lucide-react';
import type { Run } from '../../../shared/model/run.ts';
import { href } from '../../lib/route.ts';
import { span, useNow } from '../../lib/time.ts';
import { run as attempt } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Note } from '../../ui/notes.tsx';
import { counted, stateOf } from './run-words.ts';
import { RunRows } from './run-rows.tsx';
import { saveRows } from './use-runs.ts';

function Actions({ run }: { readonly run: Run }) {
  const { id, state } = run;
  return (
    <>
      {state === 'running' && (
        <Button icon={Pause} onClick={() => attempt(() => rpc.runs.pause({ id }))}>
          Pause
        </Button>
      )}
      {(state === 'paused' || state === 'failed') && (
        <Button icon={Play} onClick={() => attempt(() => rpc.runs.resume({ id }))}>
          Resume
        </Button>
      )}
      {state !== 'done' && state !== 'cancelled' && (
        <Button look="quiet" icon={Square} onClick={() => attempt(() => rpc.runs.cancel({ id }))}>
          Cancel
        </Button>
      )}
      <Menu
        align="end"
        trigger={
          <Button icon={Download} disabled={run.rows === 0}>
            Export
          </Button>
        }
      >
        <MenuItem onSelect={() => saveRows(run, 'ndjson')}>NDJSON</MenuItem>
        <MenuItem onSelect={() => saveRows(run, 'csv')}>CSV</MenuItem>
        <MenuItem onSelect={() => saveRows(run, 'json')}>JSON</MenuItem>
      </Menu>
      <Button
        look="quiet danger"
        icon={Trash2}
        aria-label="Delete run"
        title="Delete the run and its rows"
        onClick={() => attempt(() => rpc.runs.remove({ id }))}
      />
    </>
  );
}

function Progress({ run }: { readonly run: Run }) {
  const now = useNow();
  const { rows, total, repeated, unidentified, pages, paging, waitingUntil } = run;
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
      {waitingUntil !== null && (
        <Note tone="warn" role="status">
          The rate limit is used up for now: it goes on in {span(Math.max(0, waitingUntil - now))}.
        </Note>
      )}
      {run.reason !== null && <Note tone={run.state === 'failed' ? 'bad' : 'info'}>{run.reason}</Note>}
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
