import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { providerMessages } from '../../../shared/highlevel/event-payload.ts';
import { events } from '../../../shared/highlevel/events.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';

type Entry = { readonly type: string; readonly group: string; readonly words: string };

const entries: readonly Entry[] = [
  ...events.map(({ type, subscription, category }) => ({
    type,
    group: category,
    words: `${type} ${subscription} ${category}`.toLowerCase(),
  })),
  ...providerMessages.map((type) => ({
    type,
    group: 'Conversation provider',
    words: `${type} conversation provider outbound message`.toLowerCase(),
  })),
];

type EventListProps = { readonly selected: string; readonly onSelect: (type: string) => void };

/** Every documented event, grouped as in the docs. */
export function EventList({ selected, onSelect }: EventListProps) {
  const [text, setText] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useShortcuts({ '/': () => box.current?.focus() });
  const search = text.trim().toLowerCase();
  const found = entries.filter(({ words }) => words.includes(search));
  const groups = [...new Set(found.map(({ group }) => group))];
  const arrows = (event: React.KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const at = found.findIndex(({ type }) => type === selected);
    const next = found[Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))];
    if (next === undefined) return;
    onSelect(next.type);
    list.current?.querySelector(`[data-event="${next.type}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <div className="event-search">
        <div className="search-field">
          <Search aria-hidden />
          <input
            ref={box}
            type="search"
            aria-label="Search events"
            placeholder="Search events"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={arrows}
          />
          <kbd aria-hidden>/</kbd>
        </div>
        <span className="faint small" role="status">
          {found.length} {found.length === 1 ? 'event' : 'events'}
        </span>
      </div>
      <div className="scroll">
        {found.length === 0 ? (
          <p className="quiet-line">No documented event matches “{text.trim()}”.</p>
        ) : (
          <div
            role="listbox"
            aria-label="Events"
            tabIndex={0}
            className="event-list"
            ref={list}
            onKeyDown={arrows}
          >
            {groups.map((group) => (
              <div role="group" aria-label={group} key={group}>
                <div className="event-group" aria-hidden>
                  {group}
                </div>
                {found
                  .filter((entry) => entry.group === group)
                  .map(({ type }) => (
                    <div
                      key={type}
                      role="option"
                      aria-selected={type === selected}
                      tabIndex={-1}
                      data-event={type}
                      className="event-option mono"
                      onClick={() => onSelect(type)}
                      onKeyDown={(event) => {
                        if (event.key === 'Enter') onSelect(type);
                      }}
                    >
                      {type}
                    </div>
                  ))}
              </div>
            ))}
          </div>
        )}
      </div>
    </>
  );
}
