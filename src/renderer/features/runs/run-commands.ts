import { ListEnd, Rows3 } from 'lucide-react';
import type { Command } from '../../app/commands.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { RequestDraft } from '../../../shared/model/request.ts';
import { go } from '../../lib/route.ts';
import { withHidden } from '../collections/opened.ts';
import { draft, toRequest } from '../requests/draft.ts';
import { allPages } from './all-pages-dialog.tsx';
import { overFile } from './over-file-dialog.tsx';

/** What the palette does with the request in the form, beside sending it once. */
export function runCommands(profileId: ProfileId): readonly Command[] {
  const withRequest = (open: (request: RequestDraft) => void) => (): void => {
    go('requests');
    open(withHidden(toRequest(draft.get(), profileId)));
  };
  return [
    {
      id: 'all-pages',
      group: 'Actions',
      name: 'All pages of the request…',
      words: 'pagination list run rows export',
      icon: ListEnd,
      run: withRequest((request) => allPages.set(request)),
    },
    {
      id: 'over-a-file',
      group: 'Actions',
      name: 'Run the request over a file…',
      words: 'csv ndjson rows data bulk',
      icon: Rows3,
      run: withRequest((request) => overFile.set(request)),
    },
  ];
}
