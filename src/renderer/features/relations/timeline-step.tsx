import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { EntityRef, TimelineStep } from '../../../shared/model/relations.ts';
import { href } from '../../lib/route.ts';
import { duration, span } from '../../lib/time.ts';
import { exchangeTitle, statusTone, verdictWords } from '../../lib/words.ts';
import { rpc } from '../../platform/connection.ts';
import { ClockTime } from '../../ui/time.tsx';
import { PanelState } from '../webhooks/panel-state.tsx';
import { BodyDifferenceView } from './difference-table.tsx';
import { EntityLink } from './entity-link.tsx';
import { kindWord } from './entity-words.ts';
import { ExchangeMark } from './exchange-mark.tsx';

type StepProps = { readonly step: TimelineStep; readonly entity: EntityRef };

type Compared = {
  readonly step: TimelineStep;
  readonly holds: EntityRef;
  readonly previous: NonNullable<TimelineStep['previous']>;
};

const pause = (ms: number): string => (ms < 1000 ? duration(ms) : span(ms));

function Differences({ step, holds, previous }: Compared) {
  const { id, purpose, receivedAt } = step.exchange;
  const part = purpose === 'api' ? 'response' : 'request';
  const { data, error, refetch } = useQuery({
    queryKey: ['difference', previous.id, id, part, holds.id],
    queryFn: () => rpc.relations.difference({ a: previous.id, b: id, part, entity: holds }),
  });
  const body = data?.parts[0]?.body;
  return (
    <>
      <p className="line wrap small muted">
        Against the {purpose === 'api' ? 'answer' : 'payload'} of {pause(receivedAt - previous.at)} before
        <a className="link" href={href('exchanges', previous.id)}>
          see it
        </a>
        <a className="link" href={href('compare', `${previous.id}/${id}`)}>
          compare everything
        </a>
      </p>
      {body === undefined ? (
        <PanelState what="Comparing with the step before" error={error} onRetry={() => void refetch()} />
      ) : (
        <BodyDifferenceView difference={body} label="Differences from the step before" />
      )}
    </>
  );
}

function Inside({ step, entity }: StepProps) {
  const { exchange, holds, previous } = step;
  return (
    <div className="timeline-inside">
      {holds !== null && previous !== null ? (
        <Differences step={step} holds={holds} previous={previous} />
      ) : (
        <p className="small muted">
          {holds === null
            ? `It names this ${kindWord(entity.kind)} and holds no single payload to compare.`
            : `The first ${exchange.purpose === 'api' ? 'answer' : 'payload'} that holds this ${kindWord(holds.kind)}: there is nothing before it to compare with.`}
        </p>
      )}
    </div>
  );
}

/** One exchange on the axis; opened, it says what changed since the payload before. */
export function Step({ step, entity }: StepProps) {
  const [open, setOpen] = useState(false);
  const inside = useId();
  const { exchange, holds } = step;
  const verdict = exchange.event === null ? null : verdictWords[exchange.event.signature.verdict];
  return (
    <li className={`timeline-step step-${exchange.purpose}`}>
      <div className="timeline-line">
        <button
          type="button"
          className="btn quiet icon"
          aria-expanded={open}
          aria-controls={inside}
          aria-label={`What changed: ${exchangeTitle(exchange)}`}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight aria-hidden />
        </button>
        <ClockTime at={exchange.receivedAt} />
        <ExchangeMark purpose={exchange.purpose} />
        <a
          className="link clip"
          href={href('exchanges', exchange.id)}
          title={`${exchange.method} ${exchange.url}`}
        >
          {exchangeTitle(exchange)}
        </a>
        {holds !== null && holds.id !== entity.id && <EntityLink entity={holds} />}
        <span className="grow" />
        {exchange.event?.duplicateOf !== null && exchange.event !== null && (
          <span className="tag" title="The same webhook id came before">
            again
          </span>
        )}
        {verdict !== null && exchange.purpose === 'webhook' && (
          <span className={`verdict ${verdict.tone}`}>
            <span aria-hidden>{verdict.mark}</span> {verdict.word}
          </span>
        )}
        <span className={statusTone(exchange.status)}>{exchange.status ?? exchange.outcome}</span>
      </div>
      <div id={inside} hidden={!open}>
        {open && <Inside step={step} entity={entity} />}
      </div>
    </li>
  );
}
