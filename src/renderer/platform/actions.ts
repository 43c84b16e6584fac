/** What the window does on more than one screen. */
import { useMutation } from '@tanstack/react-query';
import type { Profile } from '../../shared/model/profile.ts';
import type { Settings } from '../../shared/model/system.ts';
import { toast } from '../lib/notices.ts';
import { go } from '../lib/route.ts';
import { view } from '../lib/view-state.ts';
import { rpc } from './connection.ts';
import { toProblem } from './problem.ts';
import { keys, queryClient } from './queries.ts';

export async function changeSettings(changes: Partial<Settings>): Promise<void> {
  queryClient.setQueryData(keys.settings, await rpc.settings.set(changes));
}

/** In the user's browser: by the host where it can, by this page otherwise. */
export async function openOutside(url: string): Promise<void> {
  const capabilities = await queryClient.ensureQueryData({
    queryKey: keys.capabilities,
    queryFn: () => rpc.system.capabilities(),
  });
  if (capabilities.nativeWindow && capabilities.openExternal) await rpc.system.openExternal({ url });
  else window.open(url, '_blank', 'noopener');
}

export async function startSimulator(): Promise<void> {
  const state = await rpc.simulator.start();
  if (state.profileId !== null) await changeSettings({ activeProfile: state.profileId });
  await queryClient.invalidateQueries({ queryKey: keys.profiles });
}

/** Makes the link, waits for its callback and opens the consent page. */
export async function beginInstall(profileId: Profile['id'], addScopes?: string[]): Promise<void> {
  const { installUrl } = await rpc.install.begin({ profileId, openBrowser: false, addScopes });
  await openOutside(installUrl);
}

export async function setTheme(theme: Settings['theme']): Promise<void> {
  view.set({ theme });
  await changeSettings({ theme });
}

export const useStartSimulator = () => useMutation({ mutationFn: startSimulator });
export const useBeginInstall = () => useMutation({ mutationFn: (id: Profile['id']) => beginInstall(id) });

/** For menus and the palette: a failure is said in passing. */
export function run(action: () => Promise<unknown>): void {
  action().catch((error: unknown) => {
    const problem = toProblem(error);
    toast(problem.remedy === null ? problem.message : `${problem.message} ${problem.remedy}`);
    if (problem.exchangeId !== null) go('exchanges', problem.exchangeId);
  });
}
