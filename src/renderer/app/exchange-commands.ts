/** What the palette does with the exchange that is open in a list. */
import { AlignLeft, ListTree, Pin, StickyNote, Table2, Text, Trash2, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import {
  counted,
  lastDeletion,
  noteBeingWritten,
  pin,
  remove,
  selectionOf,
  undoLast,
} from '../features/exchanges/care-actions.ts';
import { goInPlace, useRoute } from '../lib/route.ts';
import { modifier } from '../lib/shortcuts.ts';
import { useValue } from '../lib/value.ts';
import { view } from '../lib/view-state.ts';
import { run } from '../platform/actions.ts';
import { useExchange } from '../platform/queries.ts';
import type { Command } from './commands.ts';

const bodyCommands: readonly Command[] = (
  [
    { mode: 'Pretty', words: 'indented json xml', icon: AlignLeft },
    { mode: 'Raw', words: 'as sent text', icon: Text },
    { mode: 'Tree', words: 'json path find', icon: ListTree },
    { mode: 'Table', words: 'rows columns csv', icon: Table2 },
  ] as const
).map(({ mode, words, icon }) => ({
  id: `bodies-${mode}`,
  group: 'Actions',
  name: `Show bodies: ${mode}`,
  words: `body view payload answer ${words}`,
  icon,
  run: () => view.set({ bodyMode: mode }),
}));

export function useExchangeCommands(): readonly Command[] {
  const { screen, item } = useRoute();
  const inList = screen === 'webhooks' || screen === 'exchanges';
  const { data: exchange } = useExchange(inList && item !== 'coverage' ? item : null);
  const last = useValue(lastDeletion).at(-1);
  return useMemo(() => {
    const commands: Command[] = [...bodyCommands];
    if (exchange !== undefined && exchange !== null) {
      const { id, pinned } = exchange;
      const group = 'This exchange';
      commands.push(
        {
          id: 'pin',
          group,
          name: pinned ? 'Unpin' : 'Pin',
          words: 'star keep mark',
          keys: 'S',
          icon: Pin,
          run: () => pin(selectionOf(id), !pinned),
        },
        {
          id: 'note',
          group,
          name: exchange.note === null ? 'Write a note' : 'Edit the note',
          words: 'comment annotate',
          keys: 'N',
          icon: StickyNote,
          run: () => noteBeingWritten.set(id),
        },
        {
          id: 'delete',
          group,
          name: 'Delete',
          words: 'remove exchange',
          keys: 'Del',
          icon: Trash2,
          run: () => {
            goInPlace(screen, null);
            run(() => remove(selectionOf(id)));
          },
        },
      );
    }
    if (last !== undefined)
      commands.push({
        id: 'undo-delete',
        group: 'Actions',
        name: 'Undo the last deletion',
        detail: counted(last.count),
        keys: `${modifier} Z`,
        icon: Undo2,
        run: undoLast,
      });
    return commands;
  }, [exchange, last, screen]);
}
