import { Play, Square, X } from 'lucide-react';
import { checkWords } from '../../../shared/model/check-words.ts';
import type { RunRequestResult } from '../../../shared/model/collection-run.ts';
import { href } from '../../lib/route.ts';
import { span, useNow } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/notes.tsx';
import {
  cancelRun,
  reportShown,
  startCollectionRun,
  type CollectionRun,
  type ReportLine,
} from './collection-run.ts';
import './collections.css';
import { openSaved } from './opened.ts';

const words: Readonly<Record<CollectionRun['state'], { readonly word: string; readonly tone: string }>> = {
  running: { word: 'Running', tone: 'info' },
  done: { word: 'Done', tone: 'ok' },
  cancelled: { word: 'Cancelled', tone: 'muted' },
  failed: { word: 'Stopped', tone: 'bad' },
};

function Verdict({ line }: { readonly line: ReportLine }) {
  const { result, state } = line;
  if (result === null) return <span className="faint">{state === 'sending' ? 'sending…' : ''}</span>;
  return <span className={result.ok ? 'ok' : 'bad'}>{result.ok ? 'passed' : 'failed'}</span>;
}

function Findings({ result }: { readonly result: RunRequestResult }) {
  const { checks, captured, sentence, remedy, ok, status } = result;
  return (
    <ul className="findings small">
      {checks.map(({ check, ok: isMet, saw }, index) => (
        <li key={index} className={isMet ? 'ok' : 'bad'}>
          {isMet ? '✓' : '✗'} <span className="mono">{checkWords(check)}</span>
          {!isMet && <span className="muted"> – it was {saw}</span>}
        </li>
      ))}
      {captured.map(({ variable, path, value, problem }, index) => (
        <li key={index} className={problem === null ? 'muted' : 'bad'}>
          <span className="mono">{`{{${variable}}}`}</span>
          {problem === null ? ` is now ${value ?? ''}` : `: ${problem}`}
          {problem !== null && <span className="muted mono"> {path}</span>}
        </li>
      ))}
      {sentence !== null && (!ok || status === null) && (
        <li className="muted">{[sentence, remedy ?? ''].join(' ').trim()}</li>
      )}
    </ul>
  );
}

type LineProps = { readonly line: ReportLine; readonly run: CollectionRun };

function Line({ line, run }: LineProps) {
  const { path, name, method, result } = line;
  const hasFindings =
    result !== null &&
    (result.checks.length > 0 || result.captured.length > 0 || !result.ok || result.status === null);
  return (
    <li className="report-line">
      <span className={`method ${method ?? ''}`}>{method ?? '–'}</span>
      <button
        type="button"
        className="link clip"
        title={path}
        onClick={() => openSaved({ collection: run.collection, path })}
      >
        {name}
      </button>
      <span className="mono">
        {result !== null && result.exchangeId !== null ? (
          <a className="link" href={href('exchanges', result.exchangeId)} title={`The exchange of “${name}”`}>
            {result.status ?? 'no answer'}
          </a>
        ) : (
          (result?.status ?? '')
        )}
      </span>
      <span className="num muted">
        {result?.timings === null || result === null ? '' : `${Math.round(result.timings.total)} ms`}
      </span>
      <Verdict line={line} />
      {hasFindings && <Findings result={result} />}
    </li>
  );
}

/** A run of saved requests: how far it is, and each with its answer and its checks. */
export function RunReport({ run }: { readonly run: CollectionRun }) {
  const now = useNow();
  const { lines, state, waitingUntil, problem } = run;
  const results = lines.flatMap(({ result }) => (result === null ? [] : [result]));
  const failed = results.filter(({ ok }) => !ok).length;
  const { word, tone } = state === 'done' && failed > 0 ? { word: 'Failed', tone: 'bad' } : words[state];
  return (
    <section className="pane" aria-label="Run of saved requests">
      <header className="bar">
        <h2 className={`answer-status ${tone}`}>{word}</h2>
        <span className="clip">{run.title}</span>
        <span className="grow" />
        {state === 'running' ? (
          <Button icon={Square} onClick={cancelRun}>
            Cancel
          </Button>
        ) : (
          <Button icon={Play} onClick={() => startCollectionRun(run)}>
            Run again
          </Button>
        )}
        <Button
          look="quiet"
          icon={X}
          aria-label="Close report"
          title="Close report"
          onClick={() => reportShown.set(false)}
        />
      </header>
      <div className="run-progress">
        <progress aria-label="Requests sent" max={Math.max(1, lines.length)} value={results.length} />
        <p className="line wrap" role="status">
          <b>
            {results.length} of {lines.length}
          </b>
          <span className="ok">{results.length - failed} passed</span>
          {failed > 0 && <span className="bad">{failed} failed</span>}
        </p>
        {waitingUntil !== null && (
          <Note tone="warn" role="status">
            The rate limit is used up for now: it goes on in {span(Math.max(0, waitingUntil - now))}.
          </Note>
        )}
        {problem !== null && <Note tone="bad">{problem}</Note>}
      </div>
      <ol className="scroll report-lines" aria-label="Requests of the run">
        {lines.map((line) => (
          <Line key={line.path} line={line} run={run} />
        ))}
      </ol>
    </section>
  );
}
