import { keys, queryClient } from '../../platform/queries.ts';

/** After the vault has changed, whatever the window took from it is asked for again. */
export function vaultChanged(): void {
  for (const queryKey of [keys.status, keys.tokens, keys.profiles]) {
    void queryClient.invalidateQueries({ queryKey });
  }
}
