import { Pin, StickyNote } from 'lucide-react';
import type { Column } from './exchange-list.tsx';

/** What the developer keeps: the pin, or else the note, whose words are in the title. */
export const keptColumn: Column = {
  key: 'kept',
  name: '#Pin and note',
  width: '14px',
  cell: (row) => {
    if (!row.pinned && row.note === null) return null;
    const Icon = row.pinned ? Pin : StickyNote;
    return (
      <span className="kept-mark" title={row.note ?? 'Pinned'}>
        <Icon aria-hidden />
        <span className="unseen">
          {[row.pinned ? 'pinned' : '', row.note === null ? '' : 'noted'].filter(Boolean).join(', ')}
        </span>
      </span>
    );
  },
};
