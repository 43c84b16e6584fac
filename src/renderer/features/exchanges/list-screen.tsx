/** List beside viewer, with the filters between: the frame of Webhooks and of all exchanges. */
import { LoaderCircle, Pause, Play, Search, WifiOff } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ExchangeFilter } from '../../../shared/model/exchange.ts';
import type { ExchangeRow } from '../../lib/exchange-row.ts';
import { announceArrivals } from '../../lib/notices.ts';
import { goInPlace, useRoute, type Screen } from '../../lib/route.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { noFilter, useView, view, type ListFilter } from '../../lib/view-state.ts';
import { toProblem } from '../../platform/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Split } from '../../ui/split.tsx';
import { useReplayMany } from '../forwarding/use-replay-many.tsx';
import { selectionOf } from './care-actions.ts';
import { DropHint, useFileDrop } from '../transfer/drop-area.tsx';
import { TransferMenu } from '../transfer/transfer-menu.tsx';
import { ExchangeList, type Column } from './exchange-list.tsx';
import { ExchangeViewer } from './exchange-viewer.tsx';
import { RowMenu } from './row-menu.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useRowSelection } from './selection.ts';
import { useCare } from './use-care.ts';
import { useExchangeLog } from './use-exchange-log.ts';

type ListScreenProps = {
  readonly screen: Screen;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly toQuery: (filter: ListFilter) => ExchangeFilter;
  readonly renderChips: (
    filter: ListFilter,
    change: (changes: Partial<ListFilter>) => void,
    rows: readonly string[],
  ) => React.ReactNode;
  /** Said above the list, whatever is in it. */
  readonly notice?: React.ReactNode;
  readonly empty: React.ReactNode;
  readonly nothingChosen: React.ReactNode;
};

const searchDelayMs = 180;

/** What arrives while one looks elsewhere is bold until it is opened. */
function useUnread(list: string, firstTop: number | null) {
  const readUpTo = useView((state) => state.readUpTo[list]);
  const [opened] = useState(() => new Set<number>());
  useEffect(() => {
    if (readUpTo === undefined && firstTop !== null) view.setReadUpTo(list, firstTop);
  }, [list, readUpTo, firstTop]);
  return {
    isNew: (row: ExchangeRow) => readUpTo !== undefined && row.seq > readUpTo && !opened.has(row.seq),
    open: (row: ExchangeRow) => opened.add(row.seq),
  };
}

export function ListScreen({
  screen,
  title,
  columns,
  toQuery,
  renderChips,
  notice,
  empty,
  nothingChosen,
}: ListScreenProps) {
  const { item } = useRoute();
  const filter = useView((state) => state.filters[screen]) ?? noFilter;
  const query = useDelayed(filter, searchDelayMs);
  const asked = useMemo(() => toQuery(query), [toQuery, query]);
  const log = useExchangeLog(asked);
  const drop = useFileDrop();
  const searchBox = useRef<HTMLInputElement>(null);
  const [paused, setPaused] = useState(false);
  const unread = useUnread(screen, log.state() !== 'ready' ? null : (log.rows.at(0)?.seq ?? 0));
  const change = (changes: Partial<ListFilter>): void => view.setFilter(screen, { ...filter, ...changes });
  const filtered = JSON.stringify(filter) !== JSON.stringify(noFilter);

  useEffect(() => log.setPaused(paused), [log, paused]);
  useEffect(
    () =>
      log.onArrival((rows) => {
        const [first] = rows;
        if (first === undefined) return;
        announceArrivals(rows.length, first.type ?? first.method);
      }),
    [log],
  );
  useShortcuts({
    '/': () => searchBox.current?.focus(),
    p: () => setPaused((now) => !now),
    Enter: () =>
      document.querySelector<HTMLElement>('.viewer-side [role="tab"][aria-selected="true"]')?.focus(),
  });

  function select(id: string | null): void {
    if (id !== null) {
      for (let index = 0; index < Math.min(log.rows.length, 5000); index += 1) {
        const row = log.rows.at(index);
        if (row?.id === id) unread.open(row);
      }
    }
    goInPlace(screen, id);
  }

  const selection = useRowSelection(log, asked, item);
  const care = useCare(log, selection, item, select);
  const replaying = useReplayMany();
  const replay =
    screen === 'webhooks'
      ? (): void => {
          const named = selection.named() ?? (item === null ? null : selectionOf(item));
          if (named !== null) replaying.replay(named);
        }
      : null;

  const types = new Set<string>();
  for (let index = 0; index < Math.min(log.rows.length, 500); index += 1) {
    const type = log.rows.at(index)?.type;
    if (type !== null && type !== undefined) types.add(type);
  }

  const state = log.state();
  const held = log.heldBack();
  const nothing =
    state === 'loading' ? (
      <div className="loading-pane" role="status">
        <LoaderCircle className="spin" aria-hidden />
        <span className="unseen">Loading</span>
      </div>
    ) : state === 'failed' ? (
      <Empty
        icon={WifiOff}
        title="The list could not be read"
        actions={<Button onClick={log.retry}>Try again</Button>}
      >
        {toProblem(log.failure()).message}
      </Empty>
    ) : filtered ? (
      <Empty
        icon={Search}
        title="Nothing matches"
        actions={<Button onClick={() => view.setFilter(screen, noFilter)}>Clear filters</Button>}
      >
        No exchange matches these filters. New ones that do will appear here.
      </Empty>
    ) : (
      empty
    );

  return (
    <Split id={`${screen}-panes`} sizes={['55', '45']}>
      <section className="pane drop-area" aria-label={`${title} list`} {...drop.handlers}>
        {drop.over && <DropHint />}
        <header className="bar">
          <h1>{title}</h1>
          <div className="search-field">
            <Search aria-hidden />
            <input
              ref={searchBox}
              type="search"
              aria-label={`Search ${title.toLowerCase()}`}
              placeholder="Search"
              value={filter.search}
              onChange={(event) => change({ search: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                if (filter.search === '') return event.currentTarget.blur();
                // What is chosen in the list stays: the key has done its work.
                event.preventDefault();
                change({ search: '' });
              }}
            />
            <kbd aria-hidden>/</kbd>
          </div>
          {renderChips(filter, change, [...types].toSorted())}
          <span className="grow" />
          <Button
            look="quiet"
            icon={paused ? Play : Pause}
            aria-pressed={paused}
            keys="P"
            onClick={() => setPaused(!paused)}
          >
            {paused ? 'Resume' : 'Pause'}
          </Button>
          <TransferMenu query={toQuery(filter)} filtered={filtered} />
        </header>
        {notice}
        {paused && (
          <div className="gap-row" role="status">
            Paused.{' '}
            {held === 0
              ? 'Nothing has come since.'
              : `${held.toLocaleString('en')} came since; nothing is lost.`}
          </div>
        )}
        <SelectionBar selection={selection} care={care} onReplay={replay} />
        <RowMenu log={log} selection={selection} care={care} opened={item} onOpen={select} onReplay={replay}>
          <ExchangeList
            label={title}
            log={log}
            columns={columns}
            selected={item}
            chosen={selection}
            onSelect={select}
            isNew={unread.isNew}
            follow={!paused}
            empty={nothing}
          />
        </RowMenu>
        {replaying.dialog}
      </section>
      <div className="viewer-side pane">
        <ExchangeViewer
          id={item}
          onClose={() => select(null)}
          onDelete={care.deleteOpened}
          empty={nothingChosen}
        />
      </div>
    </Split>
  );
}
