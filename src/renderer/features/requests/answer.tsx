import { LoaderCircle, Send } from 'lucide-react';
import type { RequestResult } from '../../../shared/model/request.ts';
import { size } from '../../lib/bytes.ts';
import { modifier } from '../../lib/shortcuts.ts';
import { duration } from '../../lib/time.ts';
import { statusTone } from '../../lib/words.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { WaitingSince } from '../../ui/time.tsx';
import { ConsequencesPanel } from '../relations/consequences-panel.tsx';
import { AnswerPathActions } from '../variables/answer-path-actions.tsx';
import { AnswerTests } from '../variables/answer-tests.tsx';
import { ExchangeViewer } from '../exchanges/exchange-viewer.tsx';
import { AnswerMeter } from '../runs/answer-meter.tsx';
import { RetryWait } from '../runs/retry-wait.tsx';

type AnswerProps = {
  readonly result: RequestResult | undefined;
  readonly error: unknown;
  readonly sentAt: number | null;
  /** Names the call while it waits for the rate limit. */
  readonly callId: string | null;
  /** An earlier call chosen from the history. */
  readonly earlier: string | null;
};

export function Answer({ result, error, sentAt, callId, earlier }: AnswerProps) {
  if (sentAt !== null)
    return (
      <div className="empty" role="status">
        <LoaderCircle className="spin" aria-hidden />
        <h2>Sent</h2>
        <p>
          <WaitingSince at={sentAt} />
        </p>
        <RetryWait callId={callId} />
      </div>
    );
  if (error !== null)
    return (
      <div className="cards">
        <Failure error={error} />
      </div>
    );
  if (earlier !== null)
    return (
      <div className="pane">
        <ExchangeViewer id={earlier} empty={null} />
        <ConsequencesPanel id={earlier} />
      </div>
    );
  if (result === undefined)
    return (
      <Empty icon={Send} title="No answer yet">
        Status, timing, headers and body of the answer appear here. <kbd>{modifier} Enter</kbd> sends.
      </Empty>
    );
  return (
    <div className="pane">
      <header className="bar" aria-label="Answer">
        <h2 className={`answer-status ${statusTone(result.status)}`}>
          {result.status ?? 'No answer'} {result.statusText}
        </h2>
        <span className="num">{result.timings === null ? '' : duration(result.timings.total)}</span>
        <span className="num">{size(result.bodyBytes)}</span>
        {result.attempts > 1 && <span className="tag warn">sent {result.attempts} times</span>}
        <span className="grow" />
        {result.rateLimit !== null && <AnswerMeter spender={result.spender} />}
      </header>
      {result.explanation !== null && (
        <div className="viewer-note">
          <Note tone="bad" role="alert">
            <b>{result.explanation.sentence}</b>
            {result.explanation.remedy !== null && <p className="muted">{result.explanation.remedy}</p>}
          </Note>
        </div>
      )}
      <AnswerTests result={result} />
      <AnswerPathActions>
        <ExchangeViewer id={result.exchangeId} empty={null} />
      </AnswerPathActions>
      <ConsequencesPanel id={result.exchangeId} />
    </div>
  );
}
