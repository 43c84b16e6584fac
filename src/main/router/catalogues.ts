import type { AreaDeps } from './context.ts';

export function cataloguesArea({ os, core }: AreaDeps) {
  const area = os.catalogues;
  const { catalogues } = core;
  return area.router({
    list: area.list.handler(() => catalogues.list()),
    read: area.read.handler(({ input }) => catalogues.read(input.source)),
    readAgain: area.readAgain.handler(({ input }) => catalogues.readAgain(input.id)),
    apply: area.apply.handler(({ input }) => catalogues.apply(input.id, input.use, input.name)),
    discard: area.discard.handler(({ input }) => {
      catalogues.discard(input.id);
      return {};
    }),
    rename: area.rename.handler(({ input }) => catalogues.rename(input.id, input.name)),
    remove: area.remove.handler(async ({ input }) => {
      await catalogues.remove(input.id);
      return {};
    }),
  });
}
