/** List beside viewer, with the query between: the frame of Webhooks and of all exchanges. */
import { LoaderCircle, Search, WifiOff } from 'lucide-react';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { ExchangeFilter } from '../../../shared/model/exchange.ts';
import { copyText } from '../../lib/clipboard.ts';
import { announceArrivals, toast } from '../../lib/notices.ts';
import { queryLink } from '../../lib/query-link.ts';
import { goInPlace, useRoute, type Screen } from '../../lib/route.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useView, view, type ColumnLayout } from '../../lib/view-state.ts';
import { toProblem } from '../../platform/problem.ts';
import { useProfiles, useTokens } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Split } from '../../ui/split.tsx';
import { useReplayMany } from '../forwarding/use-replay-many.tsx';
import { selectionOf } from './care-actions.ts';
import { DropHint, useFileDrop } from '../transfer/drop-area.tsx';
import { TransferItems } from '../transfer/transfer-items.tsx';
import { RowMenu } from './row-menu.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useRowSelection } from './selection.ts';
import { useCare } from './use-care.ts';
import { ColumnsDialog } from './columns-dialog.tsx';
import { columnsOf } from './columns.tsx';
import { ExchangeList, type ListControl } from './exchange-list.tsx';
import { ExchangeViewer } from './exchange-viewer.tsx';
import { AddFilter, Chips } from './filter-bar.tsx';
import { listActions, type ListActions } from './list-actions.ts';
import { ListTools } from './list-tools.tsx';
import { QueryBox } from './query-box.tsx';
import { useExchangeLog } from './use-exchange-log.ts';
import { useChoices, useListQuery } from './use-query.ts';
import { useUnread } from './use-unread.ts';

type ListScreenProps = {
  readonly screen: Screen;
  readonly title: string;
  /** The columns until someone chooses others. */
  readonly layout: ColumnLayout;
  /** What the list shows without a query. */
  readonly base: ExchangeFilter;
  /** What can be done beside the list. */
  readonly tools?: React.ReactNode;
  /** Said above the list, whatever is in it. */
  readonly notice?: React.ReactNode;
  readonly empty: React.ReactNode;
  readonly nothingChosen: React.ReactNode;
};

const noQueries: readonly string[] = [];

/** What sub-accounts, agencies and apps are called. */
function useNames(): ReadonlyMap<string, string> {
  const tokens = useTokens();
  const apps = useProfiles();
  return useMemo(() => {
    const names = new Map<string, string>((apps ?? []).map(({ id, name }) => [id, name]));
    for (const token of tokens ?? []) {
      const id = token.locationId ?? token.companyId;
      if (id !== null && token.label !== null) names.set(id, token.label);
    }
    return names;
  }, [tokens, apps]);
}

export function ListScreen({
  screen,
  title,
  layout: firstLayout,
  base,
  tools,
  notice,
  empty,
  nothingChosen,
}: ListScreenProps) {
  const { item } = useRoute();
  const query = useListQuery(screen, base);
  const log = useExchangeLog(query.filter);
  const drop = useFileDrop();
  const choices = useChoices(log);
  const names = useNames();
  const layout = useView((view) => view.columns[screen]) ?? firstLayout;
  const saved = useView((view) => view.savedQueries[screen]) ?? noQueries;
  const columns = useMemo(() => columnsOf(names, layout), [names, layout]);
  const searchBox = useRef<HTMLInputElement>(null);
  const list = useRef<ListControl>(null);
  const [paused, setPaused] = useState(false);
  const [follows, setFollows] = useState(true);
  const [choosing, setChoosing] = useState(false);
  const unread = useUnread(screen, log);

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

  function select(id: string | null): void {
    if (id !== null) {
      for (let index = 0; index < Math.min(log.rows.length, 5000); index += 1) {
        const row = log.rows.at(index);
        if (row?.id === id) unread.open(row);
      }
    }
    goInPlace(screen, id);
  }

  const selection = useRowSelection(log, query.filter, item);
  const care = useCare(log, selection, item, select);
  const replaying = useReplayMany();
  const replay =
    screen === 'webhooks'
      ? (): void => {
          const named = selection.named() ?? (item === null ? null : selectionOf(item));
          if (named !== null) replaying.replay(named);
        }
      : null;

  const actions: ListActions = {
    title,
    search: () => searchBox.current?.focus(),
    pause: () => setPaused((now) => !now),
    follow() {
      const isThere = item === null && list.current?.isAtTop() === true;
      setFollows(!(follows && isThere));
      if (follows && isThere) return;
      select(null);
      list.current?.toTop();
    },
    markRead: () => unread.markAll(),
    chooseColumns: () => setChoosing(true),
    copyQuery: () => void copyText(query.text, 'Query'),
    copyLink: () => void copyText(queryLink(screen, query.text), 'Link'),
    saveQuery() {
      const text = query.text.trim();
      if (text === '') toast('There is no query to save yet');
      else
        view.setSavedQueries(
          screen,
          saved.includes(text) ? saved.filter((one) => one !== text) : [...saved, text],
        );
    },
  };
  const run = useEffectEvent((name: Exclude<keyof ListActions, 'title'>) => actions[name]());
  useEffect(() => {
    listActions.set({
      title,
      search: () => run('search'),
      pause: () => run('pause'),
      follow: () => run('follow'),
      markRead: () => run('markRead'),
      chooseColumns: () => run('chooseColumns'),
      copyQuery: () => run('copyQuery'),
      copyLink: () => run('copyLink'),
      saveQuery: () => run('saveQuery'),
    });
    return () => listActions.set(null);
  }, [title]);
  useShortcuts({
    '/': actions.search,
    p: actions.pause,
    l: actions.follow,
    u: actions.markRead,
    Enter: () =>
      document.querySelector<HTMLElement>('.viewer-side [role="tab"][aria-selected="true"]')?.focus(),
  });

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
    ) : query.text.trim() !== '' ? (
      <Empty
        icon={Search}
        title="Nothing matches"
        actions={<Button onClick={() => query.setText('')}>Clear filters</Button>}
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
          {tools}
          <span className="grow" />
          <ListTools
            actions={actions}
            follows={follows && item === null}
            paused={paused}
            unread={unread.count}
            query={query.text.trim()}
            saved={saved}
            onQuery={query.setText}
            transfer={<TransferItems filter={query.filter} narrowed={query.text.trim() !== ''} />}
          />
        </header>
        <div className="query-bar">
          <QueryBox
            label={`Search ${title.toLowerCase()}`}
            text={query.text}
            onChange={query.setText}
            choices={choices}
            field={searchBox}
          />
          <AddFilter query={query} choices={choices} />
        </div>
        <Chips query={query} />
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
            columns={columns.shown}
            selected={item}
            chosen={selection}
            onSelect={select}
            isNew={unread.isNew}
            follow={follows && !paused}
            onWidth={(key, px) =>
              view.setColumns(screen, { ...layout, widths: { ...layout.widths, [key]: px } })
            }
            control={list}
            empty={nothing}
          />
        </RowMenu>
        {replaying.dialog}
        <ColumnsDialog
          open={choosing}
          onClose={() => setChoosing(false)}
          shown={columns.shown}
          hidden={columns.hidden}
          layout={layout}
          onChange={(next) => view.setColumns(screen, next)}
        />
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
