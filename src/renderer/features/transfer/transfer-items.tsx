import { FileDown, FileUp } from 'lucide-react';
import type { ExchangeFilter } from '../../../shared/model/exchange.ts';
import { MenuItem } from '../../ui/menu.tsx';
import { openExport, openImport } from './transfer-overlay.ts';

type TransferItemsProps = {
  readonly filter: ExchangeFilter;
  /** Whether a query narrows the list. */
  readonly narrowed: boolean;
};

/** Exporting and importing, for the menu of a list. */
export function TransferItems({ filter, narrowed }: TransferItemsProps) {
  return (
    <>
      <MenuItem
        icon={FileDown}
        onSelect={() => openExport({ filter }, narrowed ? 'all that match the query' : 'all in this list')}
      >
        {narrowed ? 'Export what matches…' : 'Export all…'}
      </MenuItem>
      <MenuItem icon={FileUp} end="or drop a file" onSelect={() => openImport()}>
        Import…
      </MenuItem>
    </>
  );
}
