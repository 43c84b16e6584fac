import { History as HistoryIcon } from 'lucide-react';
import { rowTone } from '../../lib/exchange-row.ts';
import { pathOf } from '../../lib/words.ts';
import { Empty } from '../../ui/empty.tsx';
import { timeColumn } from '../exchanges/columns.tsx';
import { ExchangeList, type Column } from '../exchanges/exchange-list.tsx';
import { useExchangeLog } from '../exchanges/use-exchange-log.ts';

type HistoryProps = {
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
};

const filter = { purposes: ['api' as const] };
const columns: readonly Column[] = [
  {
    key: 'answer',
    name: 'Answer',
    width: '38px',
    cell: (row) => <span className={`mono ${rowTone(row)}`}>{row.status ?? '–'}</span>,
  },
  {
    key: 'call',
    name: 'Call',
    width: 'minmax(100px, 1fr)',
    cell: (row) => (
      <span className="mono" title={`${row.method} ${row.url}`}>
        <span className={`method ${row.method}`}>{row.method}</span> {pathOf(row.url)}
      </span>
    ),
  },
  { ...timeColumn, name: 'Time', width: '62px' },
];
const never = (): boolean => false;

export function History({ selected, onSelect }: HistoryProps) {
  const log = useExchangeLog(filter);
  return (
    <ExchangeList
      label="Calls"
      log={log}
      columns={columns}
      selected={selected}
      onSelect={onSelect}
      isNew={never}
      follow
      empty={
        <Empty icon={HistoryIcon} title="No call yet">
          Every call you send is kept here with its answer.
        </Empty>
      }
    />
  );
}
