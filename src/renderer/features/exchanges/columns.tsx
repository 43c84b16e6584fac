/** The cells of the live lists. */
import type { ExchangeRow } from '../../lib/exchange-row.ts';
import { rowTone } from '../../lib/exchange-row.ts';
import { size } from '../../lib/bytes.ts';
import { clockTime, duration, exactTime } from '../../lib/time.ts';
import { pathOf, purposeWords, statusTone, verdictWords } from '../../lib/words.ts';
import type { ColumnLayout } from '../../lib/view-state.ts';
import type { Column } from './exchange-list.tsx';
import { keptColumn } from './kept-column.tsx';

const outcomeWords = {
  pending: 'pending',
  answered: 'answered',
  failed: 'failed',
  cancelled: 'cancelled',
  'too-large': 'too large',
} as const;

const state: Column = {
  key: 'state',
  name: '#State',
  width: '16px',
  cell: (row) => (
    <span className={rowTone(row)} title={outcomeWords[row.outcome]}>
      <span className={row.outcome === 'pending' ? 'dot live' : 'dot'} aria-hidden />
      <span className="unseen">{outcomeWords[row.outcome]}</span>
    </span>
  ),
};
export const timeColumn: Column = {
  key: 'time',
  name: 'Received',
  width: '74px',
  cell: (row) => (
    <time
      className="mono faint"
      dateTime={new Date(row.receivedAt).toISOString()}
      title={exactTime(row.receivedAt)}
    >
      {clockTime(row.receivedAt)}
    </time>
  ),
};
const answer: Column = {
  key: 'answer',
  name: 'Answer',
  width: '64px',
  end: true,
  cell: (row) => <span className={statusTone(row.status)}>{row.status ?? outcomeWords[row.outcome]}</span>,
};
const length: Column = {
  key: 'size',
  name: 'Size',
  width: '66px',
  end: true,
  cell: (row) =>
    size(row.purpose === 'webhook' || row.purpose === 'inbound' ? row.requestBytes : row.responseBytes),
};

function Signature({ row }: { readonly row: ExchangeRow }) {
  if (row.verdict === null) return <span className="faint">–</span>;
  const words = verdictWords[row.verdict];
  return (
    <span className={`verdict ${words.tone}`}>
      <span aria-hidden>{words.mark}</span> {words.word}
    </span>
  );
}

/** What ids are called: sub-accounts and agencies, and apps. */
export type Names = ReadonlyMap<string, string>;

const none = <span className="faint">–</span>;

function Named({ id, names }: { readonly id: string | null; readonly names: Names }) {
  if (id === null) return none;
  const name = names.get(id);
  return (
    <span className={name === undefined ? 'mono muted' : 'muted'} title={id}>
      {name ?? id}
    </span>
  );
}

const request = (row: ExchangeRow): string => `${row.method} ${pathOf(row.url)}`;

/** Every column there is. */
const allColumns = (names: Names): readonly Column[] => [
  state,
  keptColumn,
  timeColumn,
  {
    key: 'purpose',
    name: 'Purpose',
    width: '76px',
    cell: (row) => <span className={`purpose purpose-${row.purpose}`}>{purposeWords[row.purpose]}</span>,
  },
  {
    key: 'event',
    name: 'Event',
    width: 'minmax(120px, 1.2fr)',
    cell: (row) => (
      <>
        {row.type ?? <span className="mono">{request(row)}</span>}
        {row.duplicate && (
          <span className="tag" title="The same webhook id came before">
            again
          </span>
        )}
        {row.flagged && (
          <span className="warn" title="Something is worth a look: see Signature">
            {' '}
            !
          </span>
        )}
      </>
    ),
  },
  {
    key: 'exchange',
    name: 'Exchange',
    width: 'minmax(160px, 1fr)',
    cell: (row) => (
      <span className="mono" title={`${row.method} ${row.url}`}>
        {row.type ?? request(row)}
      </span>
    ),
  },
  {
    key: 'category',
    name: 'Category',
    width: 'minmax(90px, 0.8fr)',
    cell: (row) => (row.category === null ? none : <span className="muted">{row.category}</span>),
  },
  {
    key: 'app',
    name: 'App',
    width: 'minmax(80px, 0.8fr)',
    cell: (row) => <Named id={row.profileId} names={names} />,
  },
  {
    key: 'location',
    name: 'Sub-account',
    width: 'minmax(80px, 1fr)',
    cell: (row) => <Named id={row.locationId ?? row.companyId} names={names} />,
  },
  {
    key: 'company',
    name: 'Agency',
    width: 'minmax(80px, 0.8fr)',
    cell: (row) => <Named id={row.companyId} names={names} />,
  },
  {
    key: 'entity',
    name: 'Entity',
    width: 'minmax(90px, 0.8fr)',
    cell: (row) =>
      row.entityId === null ? (
        none
      ) : (
        <span className="mono muted" title={row.entityId}>
          {row.entityId}
        </span>
      ),
  },
  { key: 'signature', name: 'Signature', width: '96px', cell: (row) => <Signature row={row} /> },
  {
    key: 'duplicate',
    name: 'Duplicate',
    width: '70px',
    cell: (row) => (row.duplicate ? <span className="warn">again</span> : none),
  },
  {
    key: 'deliveries',
    name: 'Forwarded',
    width: '74px',
    end: true,
    cell: (row) => (row.deliveries === 0 ? none : `${row.deliveries}×`),
  },
  answer,
  { key: 'took', name: 'Took', width: '70px', end: true, cell: (row) => duration(row.durationMs) },
  length,
  {
    key: 'path',
    name: 'Path',
    width: 'minmax(100px, 1fr)',
    cell: (row) => (
      <span className="mono muted" title={row.url}>
        {request(row)}
      </span>
    ),
  },
];

/** The columns in the order chosen, and the others behind them, in the order they have here. */
export function columnsOf(
  names: Names,
  layout: ColumnLayout,
): { readonly shown: readonly Column[]; readonly hidden: readonly Column[] } {
  const all = allColumns(names).map((column) => {
    const px = layout.widths[column.key];
    return px === undefined ? column : { ...column, width: `${px}px` };
  });
  const shown = layout.shown.flatMap((key) => all.find((column) => column.key === key) ?? []);
  return { shown, hidden: all.filter((column) => !shown.includes(column)) };
}

export const webhookLayout: ColumnLayout = {
  shown: ['state', 'kept', 'time', 'event', 'location', 'signature', 'answer', 'size'],
  widths: {},
};
export const exchangeLayout: ColumnLayout = {
  shown: ['state', 'kept', 'time', 'purpose', 'exchange', 'answer', 'took', 'size'],
  widths: {},
};
