import { useMutation, useQuery } from '@tanstack/react-query';
import type { Profile, ProfileDraft } from '../../../shared/model/profile.ts';
import { rpc } from '../../platform/connection.ts';
import { keys, queryClient } from '../../platform/queries.ts';
import { toast } from '../../lib/notices.ts';

/** After any change of a profile: its own fields, and what is made from them. */
export async function renewProfiles(): Promise<void> {
  await Promise.all(
    [keys.profiles, ['lint'], ['scope-use'], ['addresses']].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
}

/** Saves changes of one profile and says so. */
export function useUpdate(profile: Profile, saved: string) {
  return useMutation({
    mutationFn: (changes: Partial<ProfileDraft>) => rpc.profiles.update({ id: profile.id, changes }),
    onSuccess: async () => {
      toast(saved);
      await renewProfiles();
    },
  });
}

/** What the linter says of the profile's own link, or of another one. Asked again when anything of the profile changes. */
export function useLint(profile: Profile, link: string | undefined) {
  return useQuery({
    queryKey: ['lint', profile, link ?? null],
    queryFn: () => rpc.profiles.lint({ id: profile.id, ...(link === undefined ? {} : { link }) }),
    placeholderData: (earlier) => earlier,
  });
}
