import {
  ArrowUpToLine,
  Bookmark,
  CheckCheck,
  Columns3,
  Copy,
  Link,
  Pause,
  Search,
  type LucideIcon,
} from 'lucide-react';
import type { ListActions } from './list-actions.ts';

/** The commands of the list on the screen; none where there is no list. */
export function listCommands(actions: ListActions | null) {
  if (actions === null) return [];
  const command = (id: string, name: string, icon: LucideIcon, run: () => void, keys?: string) => ({
    id: `list-${id}`,
    group: actions.title,
    name,
    icon,
    run,
    words: 'list filter query view',
    ...(keys === undefined ? {} : { keys }),
  });
  return [
    command('search', 'Search and filter the list', Search, actions.search, '/'),
    command('follow', 'Follow the newest', ArrowUpToLine, actions.follow, 'L'),
    command('pause', 'Pause or resume the list', Pause, actions.pause, 'P'),
    command('read', 'Mark all as read', CheckCheck, actions.markRead, 'U'),
    command('columns', 'Choose columns…', Columns3, actions.chooseColumns),
    command('copy-query', 'Copy query', Copy, actions.copyQuery),
    command('copy-link', 'Copy link to this view', Link, actions.copyLink),
    command('save', 'Save or forget this view', Bookmark, actions.saveQuery),
  ];
}
