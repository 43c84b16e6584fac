import { ContextMenu } from '@base-ui/react/context-menu';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { Remote } from 'comlink';
import { Copy, Route } from 'lucide-react';
import { useContext, useEffect, useRef, useState } from 'react';
import { copyText } from '../../lib/clipboard.ts';
import type { JsonDocument, TreeView as Lines } from '../../lib/json/document.ts';
import { run } from '../../platform/actions.ts';
import { Button } from '../../ui/button.tsx';
import { MenuItem, MenuLine } from '../../ui/menu.tsx';
import { PathActions } from './path-actions.ts';
import { TreeFind } from './tree-find.tsx';
import { Line } from './tree-line.tsx';

type TreeViewProps = { readonly document: Remote<JsonDocument>; readonly label: string };

const lineHeight = 20;
/** Lines fetched beyond those in sight, above and below. */
const beyond = 60;

/** A JSON body as a tree. Only the lines in sight are in the document, and only what is opened is looked into. */
export function TreeView({ document, label }: TreeViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<Lines>({ total: 1, from: 0, lines: [] });
  const [active, setActive] = useState(0);
  const [path, setPath] = useState('$');
  const actions = useContext(PathActions);
  const wanted = useRef(0);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised
  const virtual = useVirtualizer({
    count: shown.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  /** The lines from one on, through whatever has to be done to the tree first. */
  async function show(ask: () => Promise<Lines>): Promise<void> {
    wanted.current += 1;
    const mine = wanted.current;
    const lines = await ask();
    if (mine === wanted.current) setShown(lines);
  }
  const around = (line: number): [from: number, to: number] => {
    const from = Math.max(0, line - beyond);
    return [from, from + Math.max(last - first, 20) + 2 * beyond];
  };
  const complete = first >= shown.from && Math.min(last + 1, shown.total) <= shown.from + shown.lines.length;
  useEffect(() => {
    if (!complete) run(() => show(() => document.view(...around(first))));
  });
  useEffect(() => {
    let current = true;
    run(async () => {
      const found = await document.path(active);
      if (current) setPath(found);
    });
    return () => {
      current = false;
    };
  }, [document, active]);

  const setOpen = (line: number, open: boolean): void => {
    setActive(line);
    run(() => show(() => document.setOpen(line, open, ...around(first))));
  };
  function goTo(line: number): void {
    const next = Math.max(0, Math.min(shown.total - 1, line));
    setActive(next);
    virtual.scrollToIndex(next);
  }
  async function goToHit(hit: number): Promise<void> {
    const line = await document.reveal(hit);
    await show(() => document.view(...around(line)));
    setActive(line);
    // After the tree has its new height.
    requestAnimationFrame(() => virtual.scrollToIndex(line, { align: 'center' }));
  }
  const copyValue = (line: number) => run(async () => copyText(await document.value(line), 'Value'));
  const copyPath = (line: number) => run(async () => copyText(await document.path(line), 'Path'));
  const use = (line: number, action: (typeof actions)[number]) =>
    run(async () => action.run(await document.path(line), await document.value(line)));

  function onKeyDown(event: React.KeyboardEvent): void {
    const line = shown.lines[active - shown.from];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight) - 1);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => goTo(active + 1),
      ArrowUp: () => goTo(active - 1),
      PageDown: () => goTo(active + page),
      PageUp: () => goTo(active - page),
      Home: () => goTo(0),
      End: () => goTo(shown.total - 1),
      ArrowRight: () => (line?.openable === true && !line.open ? setOpen(active, true) : goTo(active + 1)),
      ArrowLeft: () =>
        line?.open === true ? setOpen(active, false) : run(async () => goTo(await document.parentOf(active))),
      Enter: () => {
        if (line?.openable === true) setOpen(active, !line.open);
      },
      '/': () => field.current?.focus(),
    };
    const copies = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c';
    const move = copies
      ? () => (event.shiftKey ? copyPath(active) : copyValue(active))
      : event.ctrlKey || event.metaKey || event.altKey
        ? undefined
        : moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  const lineUnder = (target: EventTarget): number | null => {
    const number =
      target instanceof Element ? target.closest('[data-line]')?.getAttribute('data-line') : null;
    return number === null || number === undefined ? null : Number(number);
  };
  return (
    <div className="tree-view">
      <TreeFind document={document} field={field} onHit={goToHit} onLeave={() => scroller.current?.focus()} />
      <ContextMenu.Root>
        <ContextMenu.Trigger
          className="contents"
          onContextMenu={(event) => setActive(lineUnder(event.target) ?? active)}
        >
          <div
            className="tree-lines mono"
            ref={scroller}
            role="tree"
            aria-label={`${label} as a tree`}
            aria-activedescendant={`tree-line-${active}`}
            tabIndex={0}
            onKeyDown={onKeyDown}
            onClick={(event) => setActive(lineUnder(event.target) ?? active)}
            onDoubleClick={(event) => {
              const number = lineUnder(event.target);
              const line = number === null ? undefined : shown.lines[number - shown.from];
              if (number !== null && line?.openable === true) setOpen(number, !line.open);
            }}
          >
            <div className="tree-inside" role="presentation" style={{ height: virtual.getTotalSize() }}>
              {items.map(({ index, start }) => (
                <Line
                  key={index}
                  id={`tree-line-${index}`}
                  line={shown.lines[index - shown.from]}
                  index={index}
                  top={start}
                  active={index === active}
                  onToggle={setOpen}
                />
              ))}
            </div>
          </div>
        </ContextMenu.Trigger>
        <ContextMenu.Portal>
          <ContextMenu.Positioner className="menu-position">
            <ContextMenu.Popup className="menu">
              <MenuItem icon={Copy} onSelect={() => copyValue(active)}>
                Copy value
              </MenuItem>
              <MenuItem icon={Route} onSelect={() => copyPath(active)}>
                Copy path
              </MenuItem>
              {actions.length > 0 && <MenuLine />}
              {actions.map((action) => (
                <MenuItem key={action.label} icon={action.icon} onSelect={() => use(active, action)}>
                  {action.label}
                </MenuItem>
              ))}
            </ContextMenu.Popup>
          </ContextMenu.Positioner>
        </ContextMenu.Portal>
      </ContextMenu.Root>
      <div className="more">
        <code className="clip grow" title={path}>
          {path}
        </code>
        <Button
          look="quiet"
          icon={Route}
          onClick={() => copyPath(active)}
          aria-label="Copy path"
          title="Copies the path of the chosen line"
        />
        <Button
          look="quiet"
          icon={Copy}
          onClick={() => copyValue(active)}
          aria-label="Copy value"
          title="Copies the value of the chosen line"
        />
        {actions.map((action) => (
          <Button
            key={action.label}
            look="quiet"
            icon={action.icon}
            onClick={() => use(active, action)}
            aria-label={action.label}
            title={action.label}
          />
        ))}
      </div>
    </div>
  );
}
