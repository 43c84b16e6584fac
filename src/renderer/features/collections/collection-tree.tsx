import { ContextMenu } from '@base-ui/react/context-menu';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  ChevronDown,
  ChevronRight,
  FileUp,
  Folder,
  FolderOpen,
  Library,
  Play,
  Plus,
  Search,
} from 'lucide-react';
import { useDeferredValue, useId, useRef, useState } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import { createValue, useValue } from '../../lib/value.ts';
import { modifier, useShortcuts } from '../../lib/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import './collections.css';
import { collectionOverlay } from './collection-overlay.ts';
import { collectionRun, reportShown } from './collection-run.ts';
import { keyOf, left, opened, useIsChanged } from './opened.ts';
import { openRow, removeRow, renameRow, runRow, shiftRow } from './tree-actions.ts';
import { RowItems } from './row-items.tsx';
import { matching, rowsOf, type TreeRow } from './tree-rows.ts';
import { useCollections } from './use-collections.ts';

const rowHeight = 26;

/** Folders that are folded up, and the row that is acted on: as they were left. */
const closed = createValue<ReadonlySet<string>>(new Set());
const chosen = createValue<string | null>(null);

function setOpen(row: TreeRow, isOpen: boolean): void {
  if (row.isOpen === null || row.isOpen === isOpen) return;
  const next = new Set(closed.get());
  if (isOpen) next.delete(row.key);
  else next.add(row.key);
  closed.set(next);
}

type RowProps = { readonly row: TreeRow; readonly changed: boolean };

function RowContent({ row, changed }: RowProps) {
  const { item, collection, isOpen } = row;
  const name = item?.name ?? collection.name;
  const problem = item === null ? collection.problem : item.problem;
  const Fold = isOpen === true ? ChevronDown : ChevronRight;
  const Icon = item === null ? Library : Folder;
  return (
    <>
      {isOpen === null ? (
        <span className={`method ${item?.method ?? ''}`}>{item?.method ?? '–'}</span>
      ) : (
        <>
          <Fold aria-hidden className="fold" onClick={() => setOpen(row, !isOpen)} />
          <Icon aria-hidden className="kind" />
        </>
      )}
      <span
        className="clip"
        title={problem ?? item?.requestPath ?? (item === null ? collection.location : name)}
      >
        {name}
      </span>
      {problem !== null && <span className="bad small">broken</span>}
      {changed && (
        <span className="unsaved" title="Changed, not saved">
          <span className="unseen">changed, not saved</span>
        </span>
      )}
    </>
  );
}

type TreeProps = { readonly rows: readonly TreeRow[]; readonly profile: Profile };

function Tree({ rows, profile }: TreeProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const waiting = useValue(left);
  const present = useValue(opened);
  const changed = useIsChanged();
  const acted = useValue(chosen);
  const openedKey = present === null ? null : keyOf(present);
  const row = rows.find(({ key }) => key === acted) ?? rows.find(({ key }) => key === openedKey) ?? rows[0];
  const at = row === undefined ? -1 : rows.indexOf(row);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const choose = (index: number): void => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (next === undefined) return;
    chosen.set(next.key);
    virtual.scrollToIndex(rows.indexOf(next));
  };
  const sideways = (event: React.KeyboardEvent): void => {
    if (row === undefined) return;
    if (event.key === 'ArrowRight') {
      if (row.isOpen === false) setOpen(row, true);
      else if (row.isOpen === true) choose(at + 1);
    } else if (row.isOpen === true) setOpen(row, false);
    else choose(rows.findLastIndex(({ level }, index) => index < at && level < row.level));
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (row === undefined || event.ctrlKey || event.metaKey) return;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => (event.altKey ? shiftRow(row, 1) : choose(at + 1)),
      ArrowUp: () => (event.altKey ? shiftRow(row, -1) : choose(at - 1)),
      ArrowRight: () => sideways(event),
      ArrowLeft: () => sideways(event),
      Home: () => choose(0),
      End: () => choose(rows.length - 1),
      Enter: () => (row.isOpen === null ? openRow(row) : setOpen(row, !row.isOpen)),
      F2: () => renameRow(row),
      Delete: () => removeRow(row),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger
        className="row-menu-area"
        onContextMenu={(event) => {
          const target = event.target instanceof Element ? event.target.closest('[data-key]') : null;
          const key = target?.getAttribute('data-key') ?? null;
          if (key !== null) chosen.set(key);
        }}
      >
        <div className="scroll" ref={scroller}>
          <div
            role="tree"
            aria-label="Saved requests"
            tabIndex={0}
            className="collection-tree"
            aria-activedescendant={at === -1 ? undefined : `${id}-${at}`}
            style={{ height: virtual.getTotalSize() }}
            onKeyDown={onKeyDown}
          >
            {virtual.getVirtualItems().map(({ index, start }) => {
              const one = rows[index];
              if (one === undefined) return null;
              return (
                <div
                  key={one.key}
                  id={`${id}-${index}`}
                  role="treeitem"
                  aria-level={one.level}
                  aria-expanded={one.isOpen ?? undefined}
                  aria-selected={one.key === openedKey}
                  data-key={one.key}
                  tabIndex={-1}
                  className={index === at ? 'tree-row active' : 'tree-row'}
                  style={{
                    transform: `translateY(${start}px)`,
                    paddingLeft: 8 + (one.level - 1) * 14,
                  }}
                  onClick={() => {
                    chosen.set(one.key);
                    if (one.isOpen === null) openRow(one);
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'ContextMenu') chosen.set(one.key);
                  }}
                  onDoubleClick={() => setOpen(one, one.isOpen === false)}
                >
                  <RowContent row={one} changed={one.key === openedKey ? changed : waiting.has(one.key)} />
                </div>
              );
            })}
          </div>
        </div>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="menu-position">
          <ContextMenu.Popup className="menu">
            {row !== undefined && <RowItems row={row} profile={profile} />}
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** Every saved request, in its collection and folder. */
export function CollectionTree({ profile }: { readonly profile: Profile }) {
  const all = useCollections();
  const folded = useValue(closed);
  const acted = useValue(chosen);
  const last = useValue(collectionRun);
  const [written, setWritten] = useState('');
  const text = useDeferredValue(written);
  const box = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => box.current?.focus() });
  if (all === undefined) return null;
  const rows = rowsOf(matching(all, text), text.trim() === '' ? folded : new Set());
  const row = rows.find(({ key }) => key === acted) ?? rows[0];
  const create = () => collectionOverlay.set({ kind: 'new' });
  const open = () => collectionOverlay.set({ kind: 'open' });
  const load = () => collectionOverlay.set({ kind: 'import', file: null });
  if (all.length === 0)
    return (
      <Empty
        icon={Library}
        title="No saved request yet"
        actions={
          <>
            <Button icon={Plus} onClick={create}>
              New collection
            </Button>
            <Button icon={FolderOpen} onClick={open}>
              Open a folder…
            </Button>
            <Button icon={FileUp} onClick={load}>
              Import…
            </Button>
          </>
        }
      >
        <kbd>{modifier} S</kbd> keeps the request as a file of its own, in a folder that a team can share in
        its repository.
      </Empty>
    );
  return (
    <>
      <div className="tree-tools">
        <Button
          look="quiet"
          icon={Plus}
          title="New collection"
          aria-label="New collection"
          onClick={create}
        />
        <Button
          look="quiet"
          icon={FolderOpen}
          title="Open the folder of a collection"
          aria-label="Open the folder of a collection"
          onClick={open}
        />
        <Button
          look="quiet"
          icon={FileUp}
          title="Import from Postman, HAR, OpenAPI or cURL"
          aria-label="Import requests"
          onClick={load}
        />
        <span className="grow" />
        {last !== null && (
          <Button look="quiet" onClick={() => reportShown.set(true)}>
            Last run
          </Button>
        )}
        {row !== undefined && (
          <Button
            icon={Play}
            title={`Send the requests of “${row.item?.name ?? row.collection.name}” one after the other`}
            onClick={() => runRow(row, profile.id)}
          >
            Run
          </Button>
        )}
      </div>
      <div className="catalogue-search">
        <div className="search-field">
          <Search aria-hidden />
          <input
            ref={box}
            type="search"
            aria-label="Search saved requests"
            placeholder="Search saved requests"
            value={written}
            onChange={(event) => setWritten(event.currentTarget.value)}
          />
          <kbd aria-hidden>/</kbd>
        </div>
      </div>
      {rows.length === 0 && <p className="quiet-line">No saved request matches “{text.trim()}”.</p>}
      <Tree rows={rows} profile={profile} />
    </>
  );
}
