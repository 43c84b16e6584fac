import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { attachToOwner, type ContractClient } from '../node/owner-client.ts';
import type { OwnerInfo } from '../node/owner-file.ts';
import type { Setting } from './options.ts';

export type Companion = {
  readonly client: ContractClient;
  /** Null when this process opened the data folder itself. */
  readonly owner: OwnerInfo | null;
  close(): Promise<void>;
};

/** An owner that is just starting holds the lock before it listens. */
const ownerStartsWithin = 3000;
const lookEvery = 100;

export type OpenOptions = {
  /** Whether a companion opened here receives callbacks, on the port of the settings. */
  readonly listens?: boolean;
};

/** The live owner of the data folder, or the core opened here, without its listener unless it is asked for. */
export async function openCompanion(setting: Setting, options: OpenOptions = {}): Promise<Companion> {
  const deadline = Date.now() + ownerStartsWithin;
  for (;;) {
    const attached = await attachToOwner(setting.dataDir);
    if (attached !== null) {
      return {
        client: attached.client,
        owner: attached.info,
        close: () => {
          attached.close();
          return attached.closed;
        },
      };
    }
    try {
      return await openHere(setting, options);
    } catch (error) {
      const isStarting = error instanceof AppError && error.code === 'owner_exists' && Date.now() < deadline;
      if (!isStarting) throw error;
      await delay(lookEvery);
    }
  }
}

/** Loaded when it is needed: most commands find an owner and do without the core. */
async function openHere(
  { dataDir, hostEntry, log }: Setting,
  { listens = false }: OpenOptions,
): Promise<Companion> {
  const [{ createRouterClient }, { createCore }, { createRouter }, { createNodePorts }] = await Promise.all([
    import('@orpc/server'),
    import('../../core/create-core.ts'),
    import('../../router/create-router.ts'),
    import('../node/create-node-ports.ts'),
  ]);
  const core = await createCore(
    createNodePorts({ host: 'cli', dataDir, hostEntry, log }),
    listens ? {} : { ingressPort: null },
  );
  const router = createRouter(core, { log: core.log });
  return { client: createRouterClient(router), owner: null, close: () => core.dispose() };
}

/** Runs with an open companion and closes it, whatever happens. */
export async function withCompanion<T>(
  setting: Setting,
  run: (companion: Companion) => Promise<T>,
  options: OpenOptions = {},
): Promise<T> {
  const companion = await openCompanion(setting, options);
  try {
    return await run(companion);
  } finally {
    await companion.close();
  }
}

/** The profile of that id, or of that name. Rejects with `not_found`. */
export async function findProfile(client: ContractClient, name: string): Promise<Profile> {
  const profiles = await client.profiles.list();
  const found = profiles.find(({ id }) => id === name) ?? profiles.find((profile) => profile.name === name);
  if (found !== undefined) return found;
  throw new AppError('not_found', `There is no profile "${name}".`, {
    remedy: 'List them with "hlc profiles".',
  });
}

/** The profile of `--profile`, else the active one, else the only one. Rejects with `not_found`. */
export async function chosenProfile(client: ContractClient, { profile: named }: Setting): Promise<Profile> {
  if (named !== null) return findProfile(client, named);
  const [profiles, { activeProfile }] = await Promise.all([client.profiles.list(), client.settings.get()]);
  const chosen =
    profiles.find(({ id }) => id === activeProfile) ?? (profiles.length === 1 ? profiles[0] : undefined);
  if (chosen !== undefined) return chosen;
  throw profiles.length === 0
    ? new AppError('not_found', 'There is no profile yet.', { remedy: 'Add one with "hlc profiles add".' })
    : new AppError('not_found', 'No profile is active.', { remedy: 'Give one with --profile.' });
}
