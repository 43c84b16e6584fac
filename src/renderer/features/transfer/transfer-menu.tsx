import { Ellipsis, FileDown, FileUp } from 'lucide-react';
import type { ExchangeFilter } from '../../../shared/model/exchange.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { openExport, openImport } from './transfer-overlay.ts';

type TransferMenuProps = {
  readonly query: ExchangeFilter;
  /** Whether filters narrow the list. */
  readonly filtered: boolean;
};

/** What can be done with the whole list. */
export function TransferMenu({ query, filtered }: TransferMenuProps) {
  return (
    <Menu
      align="end"
      trigger={<Button look="quiet" icon={Ellipsis} aria-label="More for this list" title="Export, import" />}
    >
      <MenuItem
        icon={FileDown}
        onSelect={() =>
          openExport({ filter: query }, filtered ? 'all that match the filters' : 'all in this list')
        }
      >
        {filtered ? 'Export what matches…' : 'Export all…'}
      </MenuItem>
      <MenuItem icon={FileUp} end="or drop a file" onSelect={() => openImport()}>
        Import…
      </MenuItem>
    </Menu>
  );
}
