import type { AreaDeps } from './context.ts';
import { latest } from './latest.ts';

export function environmentsArea({ os, core }: AreaDeps) {
  const area = os.environments;
  const { environments } = core;
  /** Only for an app that there is. */
  const known = <T extends { readonly profileId: Parameters<typeof core.profiles.get>[0] }>(input: T): T => {
    core.profiles.get(input.profileId);
    return input;
  };
  return area.router({
    get: area.get.handler(({ input }) => environments.get(known(input).profileId)),
    watch: area.watch.handler(async function* ({ signal }) {
      const changes = latest<void>((listener) => environments.onChange(() => listener()), {
        initial: () => undefined,
        signal,
        minIntervalMs: 100,
      });
      for await (const _ of changes) yield [...environments.list()];
    }),
    create: area.create.handler(({ input }) =>
      environments.create(known(input).profileId, input.name, input.from),
    ),
    rename: area.rename.handler(({ input }) => environments.rename(input.profileId, input.id, input.name)),
    remove: area.remove.handler(({ input }) => environments.remove(input.profileId, input.id)),
    activate: area.activate.handler(({ input }) => environments.activate(input.profileId, input.id)),
    set: area.set.handler(({ input: { profileId, environmentId, ...given } }) =>
      environments.set(known({ profileId, environmentId }), given),
    ),
    unset: area.unset.handler(({ input }) => environments.unset(input, input.name)),
    reveal: area.reveal.handler(async ({ input }) => ({
      value: await environments.reveal(input, input.name),
    })),
    export: area.export.handler(({ input }) => environments.exportFile(input.profileId, input.id)),
    import: area.import.handler(({ input }) =>
      environments.importFile(known(input).profileId, input.content),
    ),
  });
}
