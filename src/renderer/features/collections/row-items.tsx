import { Copy, CornerDownRight, FolderInput, FolderPlus, Pencil, Play, Trash2, X } from 'lucide-react';
import type { Profile } from '../../../shared/model/profile.ts';
import { copyText } from '../../lib/clipboard.ts';
import { MenuItem, MenuLine, SubMenu } from '../../ui/menu.tsx';
import {
  duplicateRow,
  exportRow,
  moveRow,
  newFolder,
  openRow,
  removeRow,
  renameRow,
  runRow,
} from './tree-actions.ts';
import type { TreeRow } from './tree-rows.ts';

type RowItemsProps = { readonly row: TreeRow; readonly profile: Profile };

/** What can be done with a row, for its menu. */
export function RowItems({ row, profile }: RowItemsProps) {
  const { item, collection } = row;
  const isRequest = item?.kind === 'request';
  return (
    <>
      {isRequest && (
        <MenuItem icon={CornerDownRight} end="Enter" onSelect={() => openRow(row)}>
          Open
        </MenuItem>
      )}
      <MenuItem icon={Play} onSelect={() => runRow(row, profile.id)}>
        Run
      </MenuItem>
      {!isRequest && (
        <MenuItem icon={FolderPlus} onSelect={() => newFolder(row)}>
          New folder…
        </MenuItem>
      )}
      <MenuItem icon={Pencil} end="F2" onSelect={() => renameRow(row)}>
        Rename…
      </MenuItem>
      {item !== null && (
        <>
          <MenuItem icon={Copy} onSelect={() => duplicateRow(row)}>
            Duplicate
          </MenuItem>
          <MenuItem icon={FolderInput} onSelect={() => moveRow(row)}>
            Move…
          </MenuItem>
        </>
      )}
      <SubMenu name="Export">
        <MenuItem onSelect={() => exportRow(row, 'postman')}>Postman collection</MenuItem>
        <MenuItem onSelect={() => exportRow(row, 'har')}>HAR</MenuItem>
        <MenuItem onSelect={() => exportRow(row, 'curl')}>cURL commands</MenuItem>
      </SubMenu>
      <MenuItem
        icon={Copy}
        onSelect={() =>
          void copyText([collection.location, ...(item === null ? [] : [item.path])].join('/'), 'Path')
        }
      >
        Copy path
      </MenuItem>
      <MenuLine />
      <MenuItem
        icon={item === null && !collection.own ? X : Trash2}
        end="Del"
        onSelect={() => removeRow(row)}
      >
        {item === null && !collection.own ? 'Close' : 'Delete'}
      </MenuItem>
    </>
  );
}
