import { ContextMenu } from '@base-ui/react/context-menu';
import { Copy, FileDown, ListChecks, Pin, PinOff, RotateCw, StickyNote, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ExchangeLog } from '../../lib/exchange-log.ts';
import { copyText } from '../../lib/clipboard.ts';
import { modifier } from '../../lib/shortcuts.ts';
import { MenuItem, MenuLine } from '../../ui/menu.tsx';
import type { RowSelection } from './selection.ts';
import type { ListCare } from './use-care.ts';

type RowMenuProps = {
  readonly log: ExchangeLog;
  readonly selection: RowSelection;
  readonly care: ListCare;
  readonly opened: string | null;
  readonly onOpen: (id: string) => void;
  readonly onReplay: (() => void) | null;
  /** The list. */
  readonly children: ReactNode;
};

type ItemsProps = Pick<RowMenuProps, 'selection' | 'care' | 'opened' | 'onReplay'>;

function RowMenuItems({ selection, care, opened, onReplay }: ItemsProps) {
  const many = selection.count > 1;
  const pinned = care.pinned();
  return (
    <>
      <MenuItem icon={pinned ? PinOff : Pin} end="S" onSelect={care.pin}>
        {pinned ? 'Unpin' : 'Pin'}
      </MenuItem>
      {!many && (
        <MenuItem icon={StickyNote} end="N" onSelect={care.writeNote}>
          Note…
        </MenuItem>
      )}
      {onReplay !== null && (
        <MenuItem icon={RotateCw} end={many ? undefined : 'R'} onSelect={onReplay}>
          Replay
        </MenuItem>
      )}
      {!many && opened !== null && (
        <MenuItem icon={Copy} onSelect={() => void copyText(opened, 'Id')}>
          Copy id
        </MenuItem>
      )}
      <MenuItem icon={FileDown} onSelect={care.export}>
        Export…
      </MenuItem>
      <MenuItem icon={ListChecks} end={`${modifier} A`} onSelect={selection.all}>
        Choose all that match
      </MenuItem>
      <MenuLine />
      <MenuItem icon={Trash2} end="Del" onSelect={care.delete}>
        {many ? `Delete ${selection.count.toLocaleString('en')}` : 'Delete'}
      </MenuItem>
    </>
  );
}

/** The menu of a row: of the chosen ones where it is one of them, else of the row, which is opened. */
export function RowMenu({ log, selection, care, opened, onOpen, onReplay, children }: RowMenuProps) {
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger
        className="row-menu-area"
        onContextMenu={(event) => {
          const target = event.target instanceof Element ? event.target : null;
          const seq = target?.closest('[data-seq]')?.getAttribute('data-seq') ?? null;
          const row = seq === null ? undefined : log.rows.at(log.rows.indexOf(Number(seq)));
          if (row !== undefined && !selection.has(row)) {
            selection.clear();
            onOpen(row.id);
          }
          // The menu key asks for the menu of the list itself, which is that of what is chosen.
          const onList = target?.getAttribute('role') === 'grid' && (opened !== null || selection.count > 0);
          if (row === undefined && !onList) event.preventBaseUIHandler();
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="menu-position">
          <ContextMenu.Popup className="menu">
            <RowMenuItems selection={selection} care={care} opened={opened} onReplay={onReplay} />
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
