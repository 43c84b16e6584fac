/**
 * The live list: virtual rows, newest first, that stay where they are when others arrive. It follows the newest only
 * while it stands at the top and nothing is chosen.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
  type Ref,
} from 'react';
import type { ExchangeLog } from '../../lib/exchange-log.ts';
import type { ExchangeRow } from '../../lib/exchange-row.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import type { RowSelection } from './selection.ts';
import { ArrowUp } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { ColumnHead, leastWidth, templateOf } from './column-head.tsx';

export type Column = {
  readonly key: string;
  /** With `#` before it where the heading is only read out. */
  readonly name: string;
  /** A track of the grid, or px where someone has set it. */
  readonly width: string;
  readonly end?: boolean;
  readonly cell: (row: ExchangeRow) => React.ReactNode;
};

type ExchangeListProps = {
  readonly label: string;
  readonly log: ExchangeLog;
  readonly columns: readonly Column[];
  readonly selected: string | null;
  /** Where rows can be chosen together. */
  readonly chosen?: RowSelection;
  readonly onSelect: (id: string | null) => void;
  readonly isNew: (row: ExchangeRow) => boolean;
  readonly follow: boolean;
  /** Left out where the columns stay as they are. */
  readonly onWidth?: (key: string, px: number) => void;
  readonly control?: Ref<ListControl>;
  readonly empty: React.ReactNode;
};

/** What the screen asks of its list. */
export type ListControl = {
  toTop(): void;
  isAtTop(): boolean;
};

const rowHeight = 26;
/** Rows in the document take turns: one that leaves above comes back below with other words in it. */
const poolStep = 64;

type RowProps = {
  readonly row: ExchangeRow;
  readonly index: number;
  readonly start: number;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly selected: boolean;
  /** Shown in the viewer. */
  readonly open: boolean;
  readonly unread: boolean;
};

const Row = memo(function Row({ row, index, start, columns, template, selected, open, unread }: RowProps) {
  return (
    <div
      id={`row-${row.seq}`}
      data-index={index}
      data-seq={row.seq}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`row${unread ? ' new' : ''}${open ? ' open' : ''}`}
      style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
    >
      {columns.map((column) => (
        <span key={column.key} role="gridcell" className={column.end === true ? 'num' : undefined}>
          {column.cell(row)}
        </span>
      ))}
    </div>
  );
});

export function ExchangeList({
  label,
  log,
  columns,
  selected,
  chosen,
  onSelect,
  isNew,
  follow,
  onWidth,
  control,
  empty,
}: ExchangeListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  /** The row at the top of the view, how far it is scrolled out, and where the view stood then. */
  const anchor = useRef({ seq: 0, offset: 0, top: 0 });
  const [selectedSeq, setSelectedSeq] = useState(0);
  const [seenTop, setSeenTop] = useState(0);
  const [reveals, reveal] = useReducer((count: number) => count + 1, 0);
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const { rows } = log;
  const version = log.version();
  const drawnTop = rows.at(0)?.seq;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const pool = Math.ceil(Math.max(items.length, 1) / poolStep) * poolStep;

  const remember = useEffectEvent(() => {
    const top = scroller.current?.scrollTop ?? 0;
    // The ring may have grown since it was drawn; what is on the screen counts.
    const grown = drawnTop === undefined ? 0 : rows.indexOf(drawnTop);
    const first = rows.at(Math.floor(top / rowHeight) + grown);
    anchor.current = { seq: first?.seq ?? 0, offset: top % rowHeight, top };
    if (top < 2) setSeenTop(drawnTop ?? 0);
  });

  function scrollTo(element: HTMLElement, top: number): void {
    if (Math.abs(top - element.scrollTop) < 1) return;
    element.scrollTop = top;
    // The scroll event comes after the next paint, which would show a place that has no rows yet.
    virtual.scrollOffset = element.scrollTop;
    drawAgain();
  }

  /** Not scrollToIndex: it goes on for some frames, and other rows may have come to that index by then. */
  function bringIntoView(index: number): void {
    const element = scroller.current;
    if (element === null) return;
    const head = Math.max(0, element.scrollHeight - virtual.getTotalSize());
    const lowest = (index + 1) * rowHeight + head - element.clientHeight;
    scrollTo(element, Math.min(index * rowHeight, Math.max(lowest, element.scrollTop)));
  }

  // Keeps the place: the row that was at the top of the view is put back there.
  const keepPlace = useEffectEvent(() => {
    const element = scroller.current;
    if (element === null) return;
    const isOpen = selected !== null && selectedSeq > 0;
    if (follow && !isOpen && element.scrollTop < 2) {
      setSeenTop(rows.at(0)?.seq ?? 0);
      anchor.current = { seq: rows.at(0)?.seq ?? 0, offset: 0, top: element.scrollTop };
      return;
    }
    const { seq, offset, top } = anchor.current;
    // How far it was scrolled since, by a scroll event that is still to come.
    const scrolled = element.scrollTop - top;
    if (seq > 0) scrollTo(element, rows.indexOf(seq) * rowHeight + offset + scrolled);
    remember();
  });
  // Whatever draws the list draws all the ring holds by then, perhaps before the log tells of it: a key, or the
  // virtualizer when scrolling has ended. The place is kept then, or the scroll event would take the new rows for it.
  useLayoutEffect(() => keepPlace(), [version, drawnTop, rows.length]);

  /** Once it is drawn: until then the view may stand where rows that have come since are not counted. */
  const revealChosen = useEffectEvent(() => {
    if (selectedSeq === 0) return;
    bringIntoView(rows.indexOf(selectedSeq));
    remember();
  });
  useLayoutEffect(() => revealChosen(), [selectedSeq, reveals]);

  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (log.hasOlder() && last > rows.length - 120) void log.loadOlder();
  }, [log, last, rows.length, version]);

  function select(index: number): void {
    const row = rows.at(Math.max(0, Math.min(index, rows.length - 1)));
    if (row === undefined) return;
    setSelectedSeq(row.seq);
    onSelect(row.id);
    reveal();
    scroller.current?.focus({ preventScroll: true });
  }
  const selectedIndex = (): number => {
    if (selected === null) return -1;
    const guess = rows.indexOf(selectedSeq);
    if (rows.at(guess)?.id === selected) return guess;
    for (let index = 0; index < Math.min(rows.length, 2000); index += 1)
      if (rows.at(index)?.id === selected) return index;
    return -1;
  };
  /** With Shift, the rows on the way are chosen together. */
  const to = (target: () => number) => (event: KeyboardEvent) => {
    const row = rows.at(Math.max(0, Math.min(target(), rows.length - 1)));
    if (row === undefined) return;
    if (event.shiftKey) chosen?.extendTo(row);
    else chosen?.clear();
    select(rows.indexOf(row.seq));
  };
  const move = (by: number) => to(() => selectedIndex() + by);
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight * 20) / rowHeight) - 1);
  useShortcuts({
    j: move(1),
    k: move(-1),
    ArrowDown: move(1),
    ArrowUp: move(-1),
    PageDown: move(page),
    PageUp: move(-page),
    Home: to(() => 0),
    End: to(() => rows.length - 1),
    Escape: () => {
      if (chosen !== undefined && chosen.count > 0) return chosen.clear();
      setSelectedSeq(0);
      onSelect(null);
      scroller.current?.focus();
    },
  });

  function toTop(): void {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
    anchor.current = { seq: 0, offset: 0, top: 0 };
    setSeenTop(rows.at(0)?.seq ?? 0);
  }

  useImperativeHandle(control, () => ({
    toTop,
    isAtTop: () => (scroller.current?.scrollTop ?? 0) < 2,
  }));

  const template = templateOf(columns);
  const least = leastWidth(columns);
  const above = rows.length === 0 ? 0 : rows.indexOf(seenTop);
  const chosenIndex = selectedIndex();
  return (
    <div className="list">
      <div
        className="rows"
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={log.hasOlder() ? -1 : rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={chosenIndex >= 0 ? `row-${rows.at(chosenIndex)?.seq ?? 0}` : undefined}
        aria-multiselectable={chosen !== undefined}
        tabIndex={0}
        onScroll={remember}
        onMouseDown={(event) => {
          // No text is marked on the way to the row that ends a range.
          if (event.shiftKey) event.preventDefault();
        }}
        onClick={(event) => {
          const clicked = event.target instanceof Element ? event.target.closest('[data-seq]') : null;
          // Not by its index, which may have gone to a row that has come since.
          const row =
            clicked === null ? undefined : rows.at(rows.indexOf(Number(clicked.getAttribute('data-seq'))));
          if (row === undefined) return;
          if (chosen?.click(row, event) === true) scroller.current?.focus({ preventScroll: true });
          else select(rows.indexOf(row.seq));
        }}
        onKeyDown={(event) => {
          if (event.key === ' ') event.preventDefault();
        }}
      >
        <div
          className="row head"
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: template, minWidth: least }}
        >
          {columns.map((column) => (
            <ColumnHead key={column.key} column={column} onWidth={onWidth} />
          ))}
        </div>
        {rows.length === 0 ? (
          <div role="row" aria-rowindex={2}>
            <div role="gridcell">{empty}</div>
          </div>
        ) : (
          <div
            role="rowgroup"
            className="rows-inside"
            style={{ height: virtual.getTotalSize(), minWidth: least }}
          >
            {items.map((item) => {
              const row = rows.at(item.index);
              return row === undefined ? null : (
                <Row
                  key={item.index % pool}
                  row={row}
                  index={item.index}
                  start={item.start}
                  columns={columns}
                  template={template}
                  selected={row.id === selected || chosen?.has(row) === true}
                  open={row.id === selected}
                  unread={isNew(row)}
                />
              );
            })}
          </div>
        )}
      </div>
      {above > 0 && (
        <Button className="to-top" icon={ArrowUp} onClick={toTop}>
          {above.toLocaleString('en')} new
        </Button>
      )}
    </div>
  );
}
