import { ListEnd } from 'lucide-react';
import type { RequestDraft } from '../../../shared/model/request.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { AllPagesDialog, allPages } from './all-pages-dialog.tsx';
import { OverFileDialog, overFile } from './over-file-dialog.tsx';

/** What can be done with a request beside sending it once. */
export function RunMenu({ request }: { readonly request: () => RequestDraft }) {
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button
            look="quiet"
            icon={ListEnd}
            aria-label="Run it many times"
            title="All pages, or over a file"
          />
        }
      >
        <MenuItem onSelect={() => allPages.set(request())}>All pages…</MenuItem>
        <MenuItem onSelect={() => overFile.set(request())}>Run over a file…</MenuItem>
      </Menu>
      <AllPagesDialog />
      <OverFileDialog />
    </>
  );
}
