import type { AreaDeps } from './context.ts';
import { given } from './given.ts';

export function profilesArea({ os, core }: AreaDeps) {
  const area = os.profiles;
  return area.router({
    list: area.list.handler(() => [...core.profiles.list()]),
    add: area.add.handler(({ input }) => core.profiles.add(input)),
    readLink: area.readLink.handler(({ input }) => core.profiles.readLink(input.link)),
    addSimulator: area.addSimulator.handler(({ input }) => core.profiles.addSimulator(input.url)),
    update: area.update.handler(({ input }) => core.profiles.update(input.id, given(input.changes))),
    remove: area.remove.handler(async ({ input }) => {
      await core.profiles.remove(input.id);
      return {};
    }),
    duplicate: area.duplicate.handler(({ input }) => core.profiles.duplicate(input.id, input.name)),
    dependants: area.dependants.handler(({ input }) => core.profiles.dependants(input.id)),
    undoRemove: area.undoRemove.handler(() => core.profiles.undoRemove()),
    exportFile: area.exportFile.handler(({ input }) => core.profiles.exportFile(input.id)),
    readFile: area.readFile.handler(({ input }) => core.profiles.readFile(input.content)),
    importFile: area.importFile.handler(({ input }) =>
      core.profiles.importFile(input.content, { trustForeign: input.trustForeign }),
    ),
    lint: area.lint.handler(({ input }) => core.profiles.lint(input.id, input.link)),
    scopes: area.scopes.handler(() => core.profiles.scopes()),
    scopeEndpoints: area.scopeEndpoints.handler(({ input }) => core.profiles.scopeEndpoints(input.scope)),
    scopeUse: area.scopeUse.handler(({ input }) => core.profiles.scopeUse(input.id)),
    readUserContext: area.readUserContext.handler(({ input }) =>
      core.profiles.readUserContext(input.id, input.payload),
    ),
    addresses: area.addresses.handler(({ input }) => core.profiles.addresses(input.id)),
    checklist: area.checklist.handler(({ input }) => core.profiles.checklist(input.id)),
  });
}
