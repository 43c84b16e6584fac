/** What the palette does with saved requests: each is found by its name, each collection run. */
import { FileText, Play } from 'lucide-react';
import { useMemo } from 'react';
import type { Command } from '../../app/commands.ts';
import { useActiveProfile } from '../../platform/queries.ts';
import { showCollections } from './collection-overlay.ts';
import { startCollectionRun } from './collection-run.ts';
import { openSaved } from './opened.ts';
import { useCollections } from './use-collections.ts';

/** A list that is filtered at every key must not be endless. */
const mostRequests = 500;

export function useCollectionCommands(): readonly Command[] {
  const all = useCollections();
  const profile = useActiveProfile();
  return useMemo(() => {
    if (all === undefined || profile === undefined || profile === null) return [];
    const runs = all.map(({ id, name }): Command => ({
      id: `run-collection-${id}`,
      group: 'Saved requests',
      name: `Run ${name}`,
      words: 'collection',
      icon: Play,
      run: () => startCollectionRun({ collection: id, title: name, path: '', profileId: profile.id }),
    }));
    const requests = all.flatMap(({ id, name: collection, items }) =>
      items
        .filter(({ kind, problem }) => kind === 'request' && problem === null)
        .map(({ path, name, requestPath }): Command => ({
          id: `saved-${id}-${path}`,
          group: 'Saved requests',
          name,
          words: `${collection} ${requestPath ?? ''}`,
          detail: collection,
          icon: FileText,
          run: () => {
            showCollections();
            openSaved({ collection: id, path });
          },
        })),
    );
    return [...runs, ...requests.slice(0, mostRequests)];
  }, [all, profile]);
}
