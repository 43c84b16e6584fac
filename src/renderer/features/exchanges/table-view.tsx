import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { Remote } from 'comlink';
import { Copy, FileDown, Table2 } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { copyText } from '../../lib/clipboard.ts';
import type { JsonDocument } from '../../lib/json/document.ts';
import type { TableCell, TableInfo } from '../../lib/json/table.ts';
import { saveFile } from '../../lib/save-file.ts';
import { run } from '../../platform/actions.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PanelState } from '../webhooks/panel-state.tsx';

type TableViewProps = {
  readonly document: Remote<JsonDocument>;
  readonly label: string;
  /** Without its extension. */
  readonly fileName: string;
  /** Shown where there is no list; null says that there is none. */
  readonly otherwise: React.ReactNode;
};

const rowHeight = 24;
/** Rows fetched beyond those in sight, above and below. */
const beyond = 40;
/** Width of a column in characters, by its name and its first rows. */
const narrowest = 6;
const widest = 34;

/** The rows around those in sight. */
function useRows(document: Remote<JsonDocument>, first: number, last: number) {
  const [held, setHeld] = useState<{
    readonly from: number;
    readonly rows: readonly (readonly TableCell[])[];
  }>({
    from: 0,
    rows: [],
  });
  const complete = first >= held.from && last <= held.from + held.rows.length;
  useEffect(() => {
    if (complete) return undefined;
    let current = true;
    const from = Math.max(0, first - beyond);
    run(async () => {
      const rows = await document.rows(from, last + beyond);
      if (current) setHeld({ from, rows });
    });
    return () => {
      current = false;
    };
  }, [document, complete, first, last]);
  return (index: number) => held.rows[index - held.from];
}

function widthsOf(columns: readonly string[], sample: readonly (readonly TableCell[])[]): readonly number[] {
  return columns.map((name, at) => {
    const longest = Math.max(name.length, ...sample.map((row) => row[at]?.text.length ?? 0));
    return Math.min(widest, Math.max(narrowest, longest + 3));
  });
}

function Grid({
  document,
  label,
  info,
}: Pick<TableViewProps, 'document' | 'label'> & { readonly info: TableInfo }) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised
  const virtual = useVirtualizer({
    count: info.rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const rowAt = useRows(document, items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1);
  const { data: sample } = useQuery({
    queryKey: [useId(), 'widths'],
    // The last rows too: numbers are longest there.
    queryFn: async () => [
      ...(await document.rows(0, beyond)),
      ...(await document.rows(Math.max(0, info.rows - beyond), info.rows)),
    ],
    gcTime: 0,
  });
  const numbers = `${String(info.rows).length + 3}ch`;
  const widths = widthsOf(info.columns, sample ?? []);
  const template = [numbers, ...widths.map((width) => `${width}ch`)].join(' ');
  return (
    <div
      className="grid-rows mono"
      ref={scroller}
      role="grid"
      aria-label={`${label} as a table`}
      aria-rowcount={info.rows + 1}
      aria-colcount={info.columns.length + 1}
      // Scrolled with the keyboard.
      tabIndex={0}
    >
      <div className="grid-row head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        <span role="columnheader" className="faint">
          <span className="unseen">Row</span>#
        </span>
        {info.columns.map((name) => (
          <span key={name} role="columnheader" title={name}>
            {name}
          </span>
        ))}
      </div>
      <div className="grid-inside" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <div
            key={index}
            className="grid-row"
            role="row"
            aria-rowindex={index + 2}
            style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
          >
            <span role="rowheader" className="faint">
              {index + 1}
            </span>
            {info.columns.map((name, at) => {
              const cell = rowAt(index)?.[at] ?? null;
              return (
                <span
                  key={name}
                  role="gridcell"
                  title={cell?.text}
                  className={cell === null ? '' : `json-${cell.kind}`}
                >
                  {cell?.text ?? ''}
                </span>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The list of objects in a JSON body as rows and columns. */
export function TableView({ document, label, fileName, otherwise }: TableViewProps) {
  const {
    data: info,
    error,
    refetch,
  } = useQuery({
    queryKey: [useId(), 'table'],
    queryFn: () => document.table(),
    gcTime: 0,
  });
  if (info === undefined)
    return <PanelState what="Looking for a list" error={error} onRetry={() => void refetch()} />;
  if (info === null)
    return (
      otherwise ?? (
        <Empty icon={Table2} title="No list of objects here">
          A table appears for a list of objects, at the top of the body or up to three levels down. Tree shows
          any JSON.
        </Empty>
      )
    );
  const copy = (delimiter: ',' | '\t', what: string) =>
    run(async () => copyText(await (await document.separated(delimiter)).text(), what));
  return (
    <div className="table-view">
      <Grid document={document} label={label} info={info} />
      <div className="more">
        <code className="clip" title={info.path}>
          {info.path}
        </code>
        <span>
          {info.rows.toLocaleString('en')} {info.rows === 1 ? 'row' : 'rows'}, {info.columns.length}{' '}
          {info.columns.length === 1 ? 'column' : 'columns'}
          {info.moreColumns > 0 && ` of ${info.columns.length + info.moreColumns}; CSV has them all`}
        </span>
        <span className="grow" />
        <Button look="quiet" icon={Copy} title="Every row and column" onClick={() => copy(',', 'CSV')}>
          CSV
        </Button>
        <Button
          look="quiet"
          icon={Copy}
          title="Every row and column, for a spreadsheet"
          onClick={() => copy('\t', 'TSV')}
        >
          TSV
        </Button>
        <Button
          look="quiet"
          icon={FileDown}
          aria-label="Save as CSV"
          title="Save as CSV"
          onClick={() =>
            run(async () => saveFile(`${fileName}.csv`, await document.separated(','), 'text/csv'))
          }
        />
      </div>
    </div>
  );
}
