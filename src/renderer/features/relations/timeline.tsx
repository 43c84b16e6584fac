/** Everything that touched one entity, newest first, on an axis whose gaps are named. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useState } from 'react';
import type { EntityRef, TimelinePage, TimelineStep } from '../../../shared/model/relations.ts';
import { span } from '../../lib/time.ts';
import { rpc } from '../../platform/connection.ts';
import { useTickRenewal } from '../../platform/tick-renewal.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-field.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PanelState } from '../webhooks/panel-state.tsx';
import { kindWord } from './entity-words.ts';
import { Step } from './timeline-step.tsx';

const pageSize = 50;
/** Shorter pauses between two steps are not drawn. */
const shortestGapMs = 1000;

type Cursor = { readonly at: number; readonly seq: number };

function cursorAfter({ items, more }: TimelinePage): Cursor | null {
  const last = items.at(-1)?.exchange;
  return more && last !== undefined ? { at: last.receivedAt, seq: last.seq } : null;
}

function useTimeline(entity: EntityRef) {
  const key = `${entity.kind}/${entity.id}`;
  useTickRenewal('timeline', key);
  return useInfiniteQuery({
    queryKey: ['timeline', key],
    queryFn: ({ pageParam }) =>
      rpc.relations.timeline({
        entity,
        limit: pageSize,
        ...(pageParam === null ? {} : { before: pageParam }),
      }),
    initialPageParam: null as Cursor | null,
    getNextPageParam: cursorAfter,
  });
}

/** The longer the pause, the longer the line, by its logarithm: a day is not a thousand times a minute. */
function Gap({ ms }: { readonly ms: number }) {
  const height = 14 + Math.min(40, Math.round(6 * Math.log10(ms / shortestGapMs)));
  return (
    <li className="timeline-gap" style={{ minHeight: height }}>
      <span className="faint small">{span(ms)}</span>
    </li>
  );
}

function Day({ at }: { readonly at: number }) {
  const words = new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: '2-digit',
    month: 'short',
  }).format(at);
  return <li className="timeline-day small">{words}</li>;
}

const dayOf = (at: number): string => new Date(at).toDateString();

function Steps({ steps, entity }: { readonly steps: readonly TimelineStep[]; readonly entity: EntityRef }) {
  const [today] = useState(() => dayOf(Date.now()));
  return (
    <ol className="timeline" aria-label="Steps, newest first">
      {steps.map((step, index) => {
        const { receivedAt } = step.exchange;
        const newer = steps[index - 1]?.exchange.receivedAt;
        const gap = newer === undefined ? 0 : newer - receivedAt;
        const newDay = newer === undefined ? dayOf(receivedAt) !== today : dayOf(newer) !== dayOf(receivedAt);
        return [
          gap >= shortestGapMs ? <Gap key={`${step.exchange.id} gap`} ms={gap} /> : null,
          newDay ? <Day key={`${step.exchange.id} day`} at={receivedAt} /> : null,
          <Step key={step.exchange.id} step={step} entity={entity} />,
        ];
      })}
    </ol>
  );
}

export function Timeline({ entity }: { readonly entity: EntityRef }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useTimeline(entity);
  const pages = data?.pages ?? [];
  const steps = pages.flatMap(({ items }) => items);
  const total = pages[0]?.total ?? 0;
  return (
    <section className="pane" aria-label={`Timeline of ${kindWord(entity.kind)} ${entity.id}`}>
      <header className="bar">
        <h1>Timeline</h1>
        <span className="tag">{kindWord(entity.kind)}</span>
        <span className="mono clip">{entity.id}</span>
        <CopyButton text={entity.id} what={`${kindWord(entity.kind)} id`} />
        <span className="grow" />
        <span className="faint small" role="status">
          {data === undefined ? '' : total === 1 ? 'one exchange' : `${total.toLocaleString('en')} exchanges`}
        </span>
      </header>
      {data === undefined ? (
        <PanelState what="Loading the timeline" error={error} onRetry={() => void refetch()} />
      ) : steps.length === 0 ? (
        <Empty icon={History} title="Nothing has touched it so far">
          Every webhook and API call that names this {kindWord(entity.kind)} appears here as it comes.
        </Empty>
      ) : (
        <div className="scroll">
          <Steps steps={steps} entity={entity} />
          {hasNextPage && (
            <div className="timeline-more">
              <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                Show earlier ones
              </Button>
              <span className="faint small">
                {steps.length.toLocaleString('en')} of {total.toLocaleString('en')} shown
              </span>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
