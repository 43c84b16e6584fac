import { Repeat } from 'lucide-react';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import { href } from '../../lib/route.ts';
import { verdictWords } from '../../lib/words.ts';
import { Button } from '../../ui/button.tsx';

function wordsOf(exchange: ExchangeSummary): { tone: string; mark: string; heading: string; detail: string } {
  const { event, purpose } = exchange;
  if (purpose === 'forward') {
    return exchange.outcome === 'answered'
      ? {
          tone: exchange.status !== null && exchange.status < 300 ? 'ok' : 'warn',
          mark: '→',
          heading: `Answered ${exchange.status ?? ''}`,
          detail: `by ${new URL(exchange.url).host} in ${Math.round(exchange.durationMs ?? 0)} ms`,
        }
      : { tone: 'bad', mark: '✕', heading: 'Not delivered', detail: exchange.error ?? '' };
  }
  if (event === null)
    return { tone: 'ok', mark: '✓', heading: 'Arrived', detail: 'Its facts are still being read.' };
  const verdict = verdictWords[event.signature.verdict];
  return {
    tone: verdict.tone,
    mark: verdict.mark,
    heading: `Arrived ${event.type === null ? '' : `as ${event.type}`}, ${verdict.word}`,
    detail: [
      event.duplicateOf === null ? '' : 'A repeated webhookId.',
      event.signature.reason,
      ...event.flags,
    ]
      .filter((text) => text !== '')
      .join(' '),
  };
}

type TriggerResultProps = {
  readonly exchange: ExchangeSummary;
  readonly busy: boolean;
  readonly onAgain: () => void;
};

/** What became of the last one, with the way to it and to another of the same. */
export function TriggerResult({ exchange, busy, onAgain }: TriggerResultProps) {
  const { tone, mark, heading, detail } = wordsOf(exchange);
  return (
    <div className={`trigger-result ${tone}`} role="status" aria-label="Result">
      <span aria-hidden>{mark}</span>
      <div>
        <b>{heading}</b>
        <p className="muted small">{detail}</p>
      </div>
      <a className="btn" href={href(exchange.purpose === 'forward' ? 'exchanges' : 'webhooks', exchange.id)}>
        Open exchange
      </a>
      <Button
        icon={Repeat}
        busy={busy}
        onClick={onAgain}
        title="The same bytes once more: the webhookId is repeated"
      >
        Send again
      </Button>
    </div>
  );
}
