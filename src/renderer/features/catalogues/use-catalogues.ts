import { useQuery } from '@tanstack/react-query';
import type { CatalogueInfo } from '../../../shared/model/catalogue.ts';
import { rpc } from '../../platform/connection.ts';
import { queryClient } from '../../platform/queries.ts';

export function useCatalogues(): readonly CatalogueInfo[] | undefined {
  return useQuery({ queryKey: ['catalogues'], queryFn: () => rpc.catalogues.list() }).data;
}

/** Everything the window knows of operations is asked for anew. */
export async function renewOperations(): Promise<void> {
  const known = ['catalogues', 'catalogue', 'groups', 'uses', 'operation'];
  await Promise.all(known.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
}
