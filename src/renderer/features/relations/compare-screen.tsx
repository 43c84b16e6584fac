import './relations.css';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, GitCompareArrows } from 'lucide-react';
import type { ExchangeDifference } from '../../../shared/model/relations.ts';
import { exchangeId } from '../../../shared/model/ids.ts';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import { goInPlace, href, useRoute } from '../../lib/route.ts';
import { exchangeTitle, statusTone } from '../../lib/words.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { PanelState } from '../webhooks/panel-state.tsx';
import { useState } from 'react';
import { BodyDifferenceView, NamedDifferences } from './difference-table.tsx';
import { ExchangeMark } from './exchange-mark.tsx';

function Side({ exchange, name }: { readonly exchange: ExchangeSummary; readonly name: string }) {
  return (
    <section className="compare-side" aria-label={name}>
      <span className="faint small">{name}</span>
      <ExchangeMark purpose={exchange.purpose} />
      <a
        className="link clip"
        href={href('exchanges', exchange.id)}
        title={`${exchange.method} ${exchange.url}`}
      >
        {exchangeTitle(exchange)}
      </a>
      <span className={statusTone(exchange.status)}>{exchange.status ?? exchange.outcome}</span>
      <span className="faint">
        <ClockTime at={exchange.receivedAt} />
      </span>
    </section>
  );
}

/** Differences a person would count: fields, lines, headers. */
function countOf({ headers, body }: ExchangeDifference['parts'][number]): { body: number; headers: number } {
  const lines = (): number =>
    body.kind === 'text' ? body.lines.filter(({ change }) => change !== 'same').length : 1;
  const bodies = body.kind === 'same' ? 0 : body.kind === 'json' ? body.changes.length + body.more : lines();
  return { body: bodies, headers: headers.length };
}

function tabsOf({ a, parts, facts }: ExchangeDifference): readonly Tab[] {
  const names = { request: a.direction === 'inbound' ? 'Payload' : 'Request', response: 'Answer' } as const;
  const bodies = parts.map((part): Tab => ({
    id: part.part,
    label: names[part.part],
    count: countOf(part).body,
    content: (
      <div className="cards">
        <section className="card" aria-label={`${names[part.part]} differences`}>
          <header>
            <h3>{names[part.part]}</h3>
          </header>
          <BodyDifferenceView difference={part.body} label={`${names[part.part]} differences`} />
        </section>
      </div>
    ),
  }));
  const headers: Tab = {
    id: 'headers',
    label: 'Headers and facts',
    count: facts.length + parts.reduce((sum, part) => sum + countOf(part).headers, 0),
    content: (
      <div className="cards">
        <section className="card" aria-label="Facts">
          <header>
            <h3>Facts</h3>
          </header>
          <NamedDifferences differences={facts} label="Facts that differ" />
        </section>
        {parts.map((part) => (
          <section key={part.part} className="card" aria-label={`${names[part.part]} headers`}>
            <header>
              <h3>{names[part.part]} headers</h3>
            </header>
            <NamedDifferences differences={part.headers} label={`${names[part.part]} headers that differ`} />
          </section>
        ))}
      </div>
    ),
  };
  return [...bodies, headers];
}

function Comparison({ a, b }: { readonly a: string; readonly b: string }) {
  const [tab, setTab] = useState('');
  const { data, error, refetch } = useQuery({
    queryKey: ['difference', a, b],
    queryFn: () => rpc.relations.difference({ a: exchangeId.parse(a), b: exchangeId.parse(b) }),
  });
  return (
    <section className="pane" aria-label="Comparison">
      <header className="bar">
        <h1>Compare</h1>
        <span className="grow" />
        <Button look="quiet" icon={ArrowLeftRight} onClick={() => goInPlace('compare', `${b}/${a}`)}>
          Swap
        </Button>
      </header>
      {data === undefined ? (
        <PanelState what="Comparing the exchanges" error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <div className="compare-sides">
            <Side exchange={data.a} name="Before" />
            <Side exchange={data.b} name="After" />
          </div>
          <Tabs label="Parts compared" tabs={tabsOf(data)} value={tab} onChange={setTab} />
        </>
      )}
    </section>
  );
}

/** `#/compare/<a>/<b>`: what differs between any two exchanges. */
export function CompareScreen() {
  const { item } = useRoute();
  const [a, b] = (item ?? '').split('/');
  if (
    exchangeId.safeParse(a).success &&
    exchangeId.safeParse(b).success &&
    a !== undefined &&
    b !== undefined
  )
    return <Comparison key={`${a} ${b}`} a={a} b={b} />;
  return (
    <div className="page">
      <h1 className="unseen">Compare</h1>
      <Empty
        icon={GitCompareArrows}
        title="Compare any two exchanges"
        actions={
          <a className="btn primary" href={href('exchanges')}>
            Go to Exchanges
          </a>
        }
      >
        Open an exchange, choose “Compare with…”, and open the other one: fields, lines, headers and answers
        that differ are listed here.
      </Empty>
    </div>
  );
}
