import type { AreaDeps } from './context.ts';
import { latest } from './latest.ts';

export function collectionsArea({ os, core }: AreaDeps) {
  const area = os.collections;
  const { collections } = core;
  return area.router({
    list: area.list.handler(() => collections.list()),
    watch: area.watch.handler(async function* ({ signal }) {
      const changes = latest<void>((listener) => collections.onChange(() => listener()), {
        initial: () => undefined,
        signal,
        minIntervalMs: 50,
      });
      for await (const _ of changes) yield collections.list();
    }),
    find: area.find.handler(({ input }) => collections.find(input.nameOrLocation)),
    run: area.run.handler(({ input, signal }) => core.runCollection(input, signal)),
    import: area.import.handler(({ input }) => core.savedTransfer.import(input)),
    export: area.export.handler(({ input }) => core.savedTransfer.export(input)),
    create: area.create.handler(({ input }) => collections.create(input)),
    open: area.open.handler(({ input }) => collections.open(input.location)),
    close: area.close.handler(async ({ input }) => {
      await collections.close(input.id);
      return {};
    }),
    update: area.update.handler(({ input: { id, ...changes } }) => collections.update(id, changes)),
    remove: area.remove.handler(async ({ input }) => {
      await collections.remove(input.id);
      return {};
    }),
    undoRemove: area.undoRemove.handler(async () => {
      await collections.undoRemove();
      return {};
    }),
    read: area.read.handler(({ input }) => collections.read(input)),
    add: area.add.handler(({ input }) => collections.add(input)),
    save: area.save.handler(({ input }) => collections.save(input, input.revision, input.request)),
    addFolder: area.addFolder.handler(({ input }) => collections.addFolder(input)),
    rename: area.rename.handler(({ input }) => collections.rename(input, input.name)),
    move: area.move.handler(({ input }) => collections.move(input, input)),
    duplicate: area.duplicate.handler(({ input }) => collections.duplicate(input)),
    removeItem: area.removeItem.handler(async ({ input }) => {
      await collections.removeItem(input);
      return {};
    }),
  });
}
