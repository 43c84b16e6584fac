import './relations.css';
import type { ExchangeDetail, ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { Related } from '../../../shared/model/relations.ts';
import { href } from '../../lib/route.ts';
import { exchangeTitle, statusTone } from '../../lib/words.ts';
import { useTickRenewal } from '../../platform/tick-renewal.ts';
import { Note } from '../../ui/notes.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { PanelState } from '../webhooks/panel-state.tsx';
import { EntityLink } from './entity-link.tsx';
import { ExchangeMark } from './exchange-mark.tsx';
import { useRelated } from './use-related.ts';

function Line({ row, own }: { readonly row: ExchangeSummary; readonly own: ExchangeDetail }) {
  const self = row.id === own.id;
  return (
    <li className="related-line">
      <ClockTime at={row.receivedAt} />
      <ExchangeMark purpose={row.purpose} />
      {self ? (
        <span className="clip">
          {exchangeTitle(row)} <span className="faint">this one</span>
        </span>
      ) : (
        <a className="link clip" href={href('exchanges', row.id)} title={`${row.method} ${row.url}`}>
          {exchangeTitle(row)}
        </a>
      )}
      <span className={statusTone(row.status)}>{row.status ?? row.outcome}</span>
      {self ? (
        <span />
      ) : (
        <a
          className="link small"
          href={href('compare', `${own.id}/${row.id}`)}
          aria-label={`Compare with ${exchangeTitle(row)}`}
        >
          compare
        </a>
      )}
    </li>
  );
}

type ListProps = {
  readonly title: string;
  /** Beside the title. */
  readonly aside?: string;
  readonly found: { readonly items: readonly ExchangeSummary[]; readonly more: boolean };
  readonly own: ExchangeDetail;
  /** Said where there is none. */
  readonly none: string;
  readonly children?: React.ReactNode;
};

function List({ title, aside, found, own, none, children }: ListProps) {
  return (
    <section className="card related-card" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {aside !== undefined && <span className="faint small clip">{aside}</span>}
      </header>
      {children}
      {found.items.length === 0 ? (
        <p className="quiet-line">{none}</p>
      ) : (
        <ul className="related-lines">
          {found.items.map((row) => (
            <Line key={row.id} row={row} own={own} />
          ))}
        </ul>
      )}
      {found.more && <p className="quiet-line small">There are more; these are the first.</p>}
    </section>
  );
}

function Names({ related }: { readonly related: Related }) {
  return (
    <section className="card" aria-label="Entities">
      <header>
        <h3>Entities</h3>
        <span className="faint small">each leads to its timeline</span>
      </header>
      {related.entities.length === 0 ? (
        <p className="quiet-line">It names no contact, opportunity, sub-account or the like.</p>
      ) : (
        <div className="inside line wrap">
          {related.entities.map((entity) => (
            <EntityLink key={`${entity.kind} ${entity.id}`} entity={entity} />
          ))}
        </div>
      )}
    </section>
  );
}

const seconds = (ms: number): string => `${ms / 1000} s`;

function ForWebhook({ related, own }: { readonly related: Related; readonly own: ExchangeDetail }) {
  const { duplicates, group, triggers } = related;
  return (
    <>
      <List
        title="Events of one change"
        aside={`about the same entity, at most ${seconds(group.gapMs)} apart`}
        found={group.noisy ? group : { items: [], more: false }}
        own={own}
        none="No other event about the same entity came with it."
      >
        {group.sentence !== null && (
          <div className="inside">
            <Note tone="warn">{group.sentence}</Note>
          </div>
        )}
      </List>
      <List
        title="Repetitions"
        aside={
          duplicates.webhookId === null ? 'it carries no webhookId' : `webhookId ${duplicates.webhookId}`
        }
        found={duplicates}
        own={own}
        none={
          duplicates.webhookId === null
            ? 'Without a webhookId a repetition cannot be told.'
            : 'The only delivery with this webhookId.'
        }
      />
      <List
        title="Calls before it"
        aside={`that changed the same entity, within ${seconds(triggers.withinMs)}`}
        found={triggers}
        own={own}
        none="No API call from here changed this entity shortly before: the change was made elsewhere."
      />
    </>
  );
}

/** Duplicates, noisy group, cause and consequences of one exchange. */
export function RelatedTab({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { data, error, refetch } = useRelated(exchange.id);
  useTickRenewal('related', exchange.id);
  if (data === undefined)
    return (
      <div className="cards">
        <PanelState what="Looking for related exchanges" error={error} onRetry={() => void refetch()} />
      </div>
    );
  const inbound = exchange.purpose === 'webhook' || exchange.purpose === 'inbound';
  return (
    <div className="cards">
      <Names related={data} />
      {inbound && <ForWebhook related={data} own={exchange} />}
      {data.consequences !== null && (
        <List
          title="Webhooks that followed"
          aside={`about what the call names, within ${seconds(data.consequences.withinMs)} of its answer`}
          found={data.consequences}
          own={exchange}
          none={data.consequences.sentence ?? 'None has come so far.'}
        />
      )}
      {data.causes.length > 0 && (
        <List title="Caused by" found={{ items: data.causes, more: false }} own={exchange} none="" />
      )}
      {(inbound || data.caused.items.length > 0) && (
        <List
          title="Caused"
          aside="deliveries and redirects"
          found={data.caused}
          own={exchange}
          none="Nothing was sent on because of it."
        />
      )}
    </div>
  );
}
