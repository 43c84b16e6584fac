import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useValue } from '../lib/value.ts';
import { rpc } from '../platform/connection.ts';
import { go } from '../lib/route.ts';
import { useCommands, type Command } from './commands.ts';
import { closeOverlay, overlays } from './overlays.ts';

type CommandGroup = { readonly value: string; readonly items: readonly Command[] };

/** The words of the query in any order, anywhere in the command's words. */
function matches(command: Command, query: string): boolean {
  const text = `${command.group} ${command.name} ${command.words ?? ''}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** What is called so comes before what merely holds the words. */
function rank(command: Command, query: string): number {
  const name = command.name.toLowerCase();
  const words = query.toLowerCase().trim();
  if (name.startsWith(words)) return 0;
  return name.includes(words) ? 1 : 2;
}

function useOperations(query: string): readonly Command[] {
  const { data } = useQuery({
    queryKey: ['palette-operations', query],
    queryFn: () => rpc.catalogue.search({ text: query, limit: 12 }),
    enabled: query.trim().length > 1,
    placeholderData: (earlier) => earlier,
  });
  if (query.trim().length < 2 || data === undefined) return [];
  return data.items.map((operation) => ({
    id: operation.id,
    group: 'Operations',
    name: `${operation.method} ${operation.path}`,
    detail: operation.summary,
    run: () => go('requests', operation.id),
  }));
}

function PaletteList({ query }: { readonly query: string }) {
  return (
    <>
      <Autocomplete.Empty>
        {query === '' ? null : <div className="empty">Nothing is called “{query}”.</div>}
      </Autocomplete.Empty>
      <Autocomplete.List className="palette-list">
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className="menu-label">{group.value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => {
                const Icon = command.icon;
                return (
                  <Autocomplete.Item
                    key={command.id}
                    value={command}
                    className="menu-item"
                    onClick={() => {
                      closeOverlay();
                      command.run();
                    }}
                  >
                    {Icon && <Icon aria-hidden />}
                    <span className={command.group === 'Operations' ? 'mono clip' : 'clip'}>
                      {command.name}
                    </span>
                    {command.detail !== undefined && <span className="end clip">{command.detail}</span>}
                    {command.keys !== undefined && <kbd className="end">{command.keys}</kbd>}
                  </Autocomplete.Item>
                );
              }}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </>
  );
}

function PaletteContent() {
  const [query, setQuery] = useState('');
  const commands = useCommands();
  const operations = useOperations(useDeferredValue(query));
  const groups = useMemo(() => {
    // At once, not deferred: Enter runs what is highlighted, which must be of the words typed so far.
    const found =
      query === ''
        ? commands
        : commands
            .filter((command) => matches(command, query))
            .toSorted((one, other) => rank(one, query) - rank(other, query));
    const shown = [...found, ...operations];
    const named = Map.groupBy(shown, (command) => command.group);
    return [...named].map(([value, items]): CommandGroup => ({ value, items }));
  }, [commands, operations, query]);
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={query}
      onValueChange={(value, details) => {
        if (details.reason !== 'item-press') setQuery(value);
      }}
      itemToStringValue={(command: Command) => command.name}
      autoHighlight="always"
      keepHighlight
    >
      <div className="palette-input">
        <Search aria-hidden />
        <Autocomplete.Input aria-label="Search commands" placeholder="Where to, or what to do?" />
        <Dialog.Close className="unseen">Close command palette</Dialog.Close>
      </div>
      <PaletteList query={query} />
      <div className="palette-footer" aria-hidden>
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> do it
        </span>
        <span>
          <kbd>Esc</kbd> close
        </span>
      </div>
    </Autocomplete.Root>
  );
}

export function Palette() {
  const overlay = useValue(overlays);
  return (
    <Dialog.Root
      open={overlay?.kind === 'palette'}
      onOpenChange={(open) => (open ? undefined : closeOverlay())}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog palette" aria-label="Command palette">
          <PaletteContent />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
