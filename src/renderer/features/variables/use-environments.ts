import { useQuery } from '@tanstack/react-query';
import type { EnvironmentSet } from '../../../shared/model/environment.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { go } from '../../lib/route.ts';
import { createValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { keys, queryClient } from '../../platform/queries.ts';

/** Those of an app; undefined until they are known. */
export function useEnvironments(profileId: Profile['id']): EnvironmentSet | undefined {
  return useQuery({
    queryKey: [...keys.environments, profileId],
    queryFn: () => rpc.environments.get({ profileId }),
  }).data;
}

/** Shown before the stream brings it, so that what was typed never springs back. */
export function showChanged(set: EnvironmentSet): void {
  queryClient.setQueryData([...keys.environments, set.profileId], set);
}

/** Whether the editor of environments is open. */
export const editorOpen = createValue(false);
export const editEnvironments = (): void => {
  go('requests');
  editorOpen.set(true);
};
