/** The cells of the live lists. */
import type { ExchangeRow } from '../../lib/exchange-row.ts';
import { rowTone } from '../../lib/exchange-row.ts';
import { size } from '../../lib/bytes.ts';
import { clockTime, duration, exactTime } from '../../lib/time.ts';
import { pathOf, purposeWords, statusTone, verdictWords } from '../../lib/words.ts';
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
  name: 'Answer',
  width: '64px',
  end: true,
  cell: (row) => <span className={statusTone(row.status)}>{row.status ?? outcomeWords[row.outcome]}</span>,
};
const length: Column = {
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

type Names = ReadonlyMap<string, string>;

export const webhookColumns = (names: Names): readonly Column[] => [
  state,
  keptColumn,
  timeColumn,
  {
    name: 'Event',
    width: 'minmax(120px, 1.2fr)',
    cell: (row) => (
      <>
        {row.type ?? <span className="mono">{`${row.method} ${pathOf(row.url)}`}</span>}
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
    name: 'Sub-account',
    width: 'minmax(58px, 1fr)',
    cell: (row) => {
      const id = row.locationId ?? row.companyId;
      if (id === null) return <span className="faint">–</span>;
      const name = names.get(id);
      return (
        <span className={name === undefined ? 'mono muted' : 'muted'} title={id}>
          {name ?? id}
        </span>
      );
    },
  },
  { name: 'Signature', width: '96px', cell: (row) => <Signature row={row} /> },
  answer,
  length,
];

export const exchangeColumns: readonly Column[] = [
  state,
  keptColumn,
  { ...timeColumn, name: 'Time' },
  {
    name: 'Purpose',
    width: '76px',
    cell: (row) => <span className={`purpose purpose-${row.purpose}`}>{purposeWords[row.purpose]}</span>,
  },
  {
    name: 'Exchange',
    width: 'minmax(160px, 1fr)',
    cell: (row) => (
      <span className="mono" title={`${row.method} ${row.url}`}>
        {row.type ?? `${row.method} ${pathOf(row.url)}`}
      </span>
    ),
  },
  answer,
  { name: 'Took', width: '70px', end: true, cell: (row) => duration(row.durationMs) },
  length,
];
