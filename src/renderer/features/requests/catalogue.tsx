import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { BookOpenText, Search } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { OperationSummary } from '../../../shared/model/request.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { showCatalogues } from '../catalogues/catalogues-overlay.ts';
import { useCatalogues } from '../catalogues/use-catalogues.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';

type CatalogueProps = {
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
};

type Group = { readonly catalogue?: string; readonly use?: string; readonly service?: string };

/** What an entry of the menu stands for, as its value. */
const valueOf = (group: Group): string => JSON.stringify(group);
const groupOf = (value: string): Group => (value === '' ? {} : (JSON.parse(value) as Group));

const setOf = ({ set }: OperationSummary): string => (set === 'v3' ? 'v3' : '');

const pageSize = 100;
const rowHeight = 42;

export function Catalogue({ selected, onSelect }: CatalogueProps) {
  const [text, setText] = useState('');
  const [group, setGroup] = useState('');
  const search = useDeferredValue(text.trim());
  const groups = useQuery({ queryKey: ['groups'], queryFn: () => rpc.catalogue.groups() });
  const catalogues = useCatalogues() ?? [];
  const listed = catalogues.filter(({ kind }) => kind === 'own' || kind === 'further');
  const nameOf = (id: string): string | undefined =>
    listed.find((one) => one.kind === 'further' && one.id === id)?.name;
  const uses = useQuery({ queryKey: ['uses'], queryFn: () => rpc.catalogue.uses() });
  const box = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const found = useInfiniteQuery({
    queryKey: ['catalogue', search, group],
    queryFn: ({ pageParam }) =>
      rpc.catalogue.search({
        text: search,
        limit: pageSize,
        offset: pageParam,
        ...groupOf(group),
      }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.items.length, 0);
      return loaded < last.total ? loaded : undefined;
    },
    placeholderData: (earlier) => earlier,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const total = found.data?.pages[0]?.total ?? 0;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last > items.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, items.length]);
  useShortcuts({ '/': () => box.current?.focus() });
  const move = (by: number): void => {
    const at = items.findIndex((one) => one.id === selected);
    const next = Math.max(0, Math.min(items.length - 1, at + by));
    const operation = items[next];
    if (operation === undefined) return;
    onSelect(operation.id);
    virtual.scrollToIndex(next);
  };
  const arrows = (event: React.KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    move(event.key === 'ArrowDown' ? 1 : -1);
  };
  return (
    <>
      <div className="catalogue-search">
        <div className="search-field">
          <Search aria-hidden />
          <input
            ref={box}
            type="search"
            aria-label="Search operations"
            placeholder="Search operations"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={arrows}
          />
          <kbd aria-hidden>/</kbd>
        </div>
        <select
          className="input"
          aria-label="Group"
          value={group}
          onChange={(event) => setGroup(event.currentTarget.value)}
        >
          <option value="">All operations</option>
          {listed.length > 1 && (
            <optgroup label="Catalogues">
              {listed.map(({ id, name, operations }) => (
                <option key={id} value={valueOf({ catalogue: id })}>
                  {name} ({operations})
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label="What for">
            {(uses.data ?? []).map(({ use, count }) => (
              <option key={use} value={valueOf({ use })}>
                {use} ({count})
              </option>
            ))}
          </optgroup>
          {listed.map(({ id, name }) => (
            <optgroup key={id} label={listed.length > 1 ? `Services of ${name}` : 'Services'}>
              {(groups.data ?? [])
                .filter(({ catalogue }) => catalogue === id)
                .map(({ catalogue, service, count }) => (
                  <option key={service} value={valueOf({ catalogue, service })}>
                    {service} ({count})
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
        <span className="line">
          <span className="faint small" role="status">
            {found.data === undefined ? '' : `${total.toLocaleString('en')} operations`}
          </span>
          <Button
            look="quiet"
            icon={BookOpenText}
            aria-label="Catalogues"
            title="Catalogues, and import of OpenAPI documents"
            onClick={showCatalogues}
          />
        </span>
      </div>
      {found.error !== null && <Failure error={found.error} />}
      <div className="scroll" ref={scroller}>
        {items.length === 0 && found.data !== undefined && (
          <p className="quiet-line">No operation matches “{search}”.</p>
        )}
        <div
          role="listbox"
          aria-label="Operations"
          tabIndex={0}
          className="operations"
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={arrows}
        >
          {shown.map((item) => {
            const operation = items[item.index];
            if (operation === undefined) return null;
            return (
              <div
                key={operation.id}
                role="option"
                aria-selected={operation.id === selected}
                aria-setsize={total}
                aria-posinset={item.index + 1}
                tabIndex={-1}
                className="operation"
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => onSelect(operation.id)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') onSelect(operation.id);
                }}
              >
                <span className={`method ${operation.method}`}>{operation.method}</span>
                <span className="clip" title={operation.summary}>
                  {operation.summary}
                </span>
                <span className="faint small">
                  {operation.deprecated ? 'deprecated' : (nameOf(operation.catalogue) ?? setOf(operation))}
                </span>
                <span className="path clip mono" title={operation.path}>
                  {operation.path}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
