/** What is done to a list as a whole: following, pausing, reading, and what its menu holds. */
import {
  ArrowUpToLine,
  Bookmark,
  BookmarkMinus,
  CheckCheck,
  Columns3,
  Copy,
  Ellipsis,
  Link,
  Pause,
  Play,
} from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import type { ListActions } from './list-actions.ts';

type ListToolsProps = {
  readonly actions: ListActions;
  readonly follows: boolean;
  readonly paused: boolean;
  readonly unread: number;
  readonly query: string;
  readonly saved: readonly string[];
  readonly onQuery: (query: string) => void;
  /** Menu items of exporting and importing. */
  readonly transfer: React.ReactNode;
};

export function ListTools({
  actions,
  follows,
  paused,
  unread,
  query,
  saved,
  onQuery,
  transfer,
}: ListToolsProps) {
  return (
    <>
      {unread > 0 && (
        <Button
          look="quiet"
          icon={CheckCheck}
          className="unread"
          title="Mark all as read (U)"
          onClick={actions.markRead}
        >
          {unread.toLocaleString('en')} unread
        </Button>
      )}
      <Button
        look="quiet"
        icon={ArrowUpToLine}
        aria-label="Follow the newest"
        aria-pressed={follows}
        aria-keyshortcuts="L"
        title={
          follows
            ? 'The newest stay in view while the list stands at the top and nothing is chosen (L)'
            : 'Go to the newest and stay with them (L)'
        }
        onClick={actions.follow}
      />
      <Button
        look="quiet"
        icon={paused ? Play : Pause}
        aria-pressed={paused}
        keys="P"
        onClick={actions.pause}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Menu
        align="end"
        trigger={
          <Button
            look="quiet"
            icon={Ellipsis}
            aria-label="More about this list"
            title="Columns, export, import, sharing"
          />
        }
      >
        <MenuItem icon={CheckCheck} end="U" onSelect={actions.markRead}>
          Mark all as read
        </MenuItem>
        <MenuItem icon={Columns3} onSelect={actions.chooseColumns}>
          Columns…
        </MenuItem>
        <MenuLine />
        {transfer}
        <MenuLine />
        <MenuItem icon={Copy} onSelect={actions.copyQuery}>
          Copy query
        </MenuItem>
        <MenuItem icon={Link} onSelect={actions.copyLink}>
          Copy link
        </MenuItem>
        <MenuItem icon={saved.includes(query) ? BookmarkMinus : Bookmark} onSelect={actions.saveQuery}>
          {saved.includes(query) ? 'Forget this view' : 'Save this view'}
        </MenuItem>
        {saved.length > 0 && <MenuLine />}
        {saved.map((one) => (
          <MenuItem key={one} onSelect={() => onQuery(one)}>
            <span className="mono saved-query">{one}</span>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
