import { CircleX, LoaderCircle, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import type { EntityRef } from '../../../shared/model/relations.ts';
import { href } from '../../lib/route.ts';
import { exactTime } from '../../lib/time.ts';
import { exchangeTitle, purposeWords, statusTone } from '../../lib/words.ts';
import { toProblem } from '../../platform/problem.ts';
import { useExchange } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Note } from '../../ui/notes.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { webhookTabs } from '../webhooks/webhook-tabs.tsx';
import { DeliveriesTab } from '../forwarding/deliveries.tsx';
import { ReplayActions } from '../forwarding/replay-actions.tsx';
import { CompareButton, CompareStrip } from '../relations/compare-strip.tsx';
import { EntityLink } from '../relations/entity-link.tsx';
import { RedirectHops } from '../relations/redirect-hops.tsx';
import { RelatedTab } from '../relations/related-tab.tsx';
import { useEntities } from '../relations/use-related.ts';
import { TransferActions } from '../transfer/exchange-actions.tsx';
import { AsSent } from './as-sent.tsx';
import { BodyViewer } from './body-viewer.tsx';
import { HeadersTable } from './headers-table.tsx';
import { KeepActions, NoteStrip } from './note-strip.tsx';
import { PathActions, type PathAction } from './path-actions.ts';
import { SignatureStrip } from './signature-card.tsx';
import { TimingCard } from './timing-card.tsx';

const noActions: readonly PathAction[] = [];

function requestTab(exchange: ExchangeDetail, entities: readonly EntityRef[]): Tab {
  const label = exchange.direction === 'inbound' ? 'Payload' : 'Request';
  return {
    id: 'request',
    label,
    content: (
      <>
        {exchange.event !== null && exchange.purpose === 'webhook' && (
          <SignatureStrip event={exchange.event} />
        )}
        {/* They are about the answer. */}
        <PathActions value={noActions}>
          <BodyViewer
            exchangeId={exchange.id}
            part="request"
            body={exchange.requestBody}
            headers={exchange.requestHeaders}
            entities={entities}
            label={`${label} body`}
            url={exchange.url}
          />
        </PathActions>
      </>
    ),
  };
}

function answerTab(exchange: ExchangeDetail, entities: readonly EntityRef[]): Tab {
  return {
    id: 'answer',
    label: 'Answer',
    content:
      exchange.responseBody === null ? (
        <p className="quiet-line">{exchange.error ?? 'No answer yet.'}</p>
      ) : (
        <BodyViewer
          exchangeId={exchange.id}
          part="response"
          body={exchange.responseBody}
          headers={exchange.responseHeaders ?? []}
          entities={entities}
          label="Answer body"
          url={exchange.url}
        />
      ),
  };
}

const isReplayable = ({ purpose }: ExchangeDetail): boolean => purpose === 'webhook' || purpose === 'inbound';

function tabsOf(exchange: ExchangeDetail, entities: readonly EntityRef[]): readonly Tab[] {
  const inbound = exchange.direction === 'inbound';
  const bodies = inbound
    ? [requestTab(exchange, entities), answerTab(exchange, entities)]
    : [answerTab(exchange, entities), requestTab(exchange, entities)];
  const headers: Tab = {
    id: 'headers',
    label: 'Headers',
    count: exchange.requestHeaders.length + (exchange.responseHeaders?.length ?? 0),
    content: (
      <div className="cards">
        <HeadersTable title="Request headers" headers={exchange.requestHeaders} />
        {exchange.responseHeaders !== null && (
          <HeadersTable title="Answer headers" headers={exchange.responseHeaders} />
        )}
      </div>
    ),
  };
  const deliveries: readonly Tab[] = isReplayable(exchange)
    ? [{ id: 'deliveries', label: 'Deliveries', content: <DeliveriesTab causeId={exchange.id} /> }]
    : [];
  const asSent: readonly Tab[] = inbound
    ? []
    : [{ id: 'as-sent', label: 'As sent', content: <AsSent exchange={exchange} /> }];
  const timing: Tab = {
    id: 'timing',
    label: 'Timing',
    content: (
      <div className="cards">
        <TimingCard exchange={exchange} />
      </div>
    ),
  };
  const related: Tab = { id: 'related', label: 'Related', content: <RelatedTab exchange={exchange} /> };
  return [...bodies, headers, ...webhookTabs(exchange), ...deliveries, related, timing, ...asSent];
}

type SummaryProps = {
  readonly exchange: ExchangeDetail;
  /** What it holds, or else the first it names. */
  readonly entity: EntityRef | undefined;
  readonly onDelete: (() => void) | undefined;
};

function Summary({ exchange, entity, onDelete }: SummaryProps) {
  return (
    <div className="summary">
      <span className={`tag purpose-${exchange.purpose}`}>{purposeWords[exchange.purpose]}</span>
      <span className="mono clip" title={`${exchange.method} ${exchange.url}`}>
        {exchange.method} {exchange.url}
      </span>
      <span className="grow" />
      {exchange.imported !== null && (
        <span
          className="tag faint"
          title={`Read from ${exchange.imported.file}, ${exactTime(exchange.imported.at)}`}
        >
          imported
        </span>
      )}
      {entity !== undefined && <EntityLink entity={entity} />}
      {exchange.causeId !== null && (
        <a className="link" href={href('exchanges', exchange.causeId)}>
          its cause
        </a>
      )}
      <span className="faint">
        <ClockTime at={exchange.receivedAt} />
      </span>
      {onDelete !== undefined && <KeepActions exchange={exchange} onDelete={onDelete} />}
    </div>
  );
}

type OpenedProps = {
  readonly exchange: ExchangeDetail;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly onClose: (() => void) | undefined;
  readonly onDelete: (() => void) | undefined;
};

function Opened({ exchange, tab, onTab, onClose, onDelete }: OpenedProps) {
  const entities = useEntities(exchange.id);
  return (
    <section className="pane" aria-label="Exchange">
      <header className="bar">
        <h2 className="viewer-title clip" title={exchangeTitle(exchange)}>
          {exchangeTitle(exchange)}
        </h2>
        <span className={`tag ${statusTone(exchange.status)}`}>{exchange.status ?? exchange.outcome}</span>
        <span className="grow" />
        {isReplayable(exchange) && <ReplayActions key={exchange.id} exchange={exchange} />}
        <CompareButton key={`compare ${exchange.id}`} exchange={exchange} />
        <TransferActions exchange={exchange} />
        {onClose !== undefined && (
          <Button look="quiet" icon={X} aria-label="Close exchange" title="Close (Esc)" onClick={onClose} />
        )}
      </header>
      <Summary exchange={exchange} entity={entities[0]} onDelete={onDelete} />
      <NoteStrip exchange={exchange} />
      <CompareStrip id={exchange.id} />
      {exchange.direction === 'outbound' && <RedirectHops exchange={exchange} />}
      {exchange.error !== null && (
        <div className="viewer-note">
          <Note tone="bad">{exchange.error}</Note>
        </div>
      )}
      <Tabs label="Parts of the exchange" tabs={tabsOf(exchange, entities)} value={tab} onChange={onTab} />
    </section>
  );
}

type ExchangeViewerProps = {
  readonly id: string | null;
  readonly onClose?: () => void;
  /** Where it can be pinned, noted and deleted. */
  readonly onDelete?: () => void;
  /** What to say while nothing is chosen. */
  readonly empty: React.ReactNode;
};

export function ExchangeViewer({ id, onClose, onDelete, empty }: ExchangeViewerProps) {
  const { data: exchange, error, isPending, refetch } = useExchange(id);
  const [tab, setTab] = useState('');
  if (id === null) return empty;
  if (error !== null && toProblem(error).code === 'not_found')
    return (
      <Empty
        icon={Trash2}
        title="This exchange is gone"
        actions={
          <a className="btn" href={href('settings', 'kept')}>
            What can be brought back
          </a>
        }
      >
        {toProblem(error).message}
      </Empty>
    );
  if (error !== null)
    return (
      <Empty
        icon={CircleX}
        title="This exchange cannot be shown"
        actions={<Button onClick={() => void refetch()}>Try again</Button>}
      >
        {toProblem(error).message}
      </Empty>
    );
  if (isPending || exchange === undefined || exchange === null)
    return (
      <div className="loading-pane" role="status">
        <LoaderCircle className="spin" aria-hidden />
        <span className="unseen">Loading the exchange</span>
      </div>
    );
  return <Opened exchange={exchange} tab={tab} onTab={setTab} onClose={onClose} onDelete={onDelete} />;
}
