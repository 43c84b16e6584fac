import type { AreaDeps } from './context.ts';
import { latest } from './latest.ts';

export function catalogueArea({ os, core }: AreaDeps) {
  const area = os.catalogue;
  return area.router({
    groups: area.groups.handler(() => core.catalogue.groups()),
    uses: area.uses.handler(() => core.catalogue.uses()),
    search: area.search.handler(({ input }) => core.catalogue.search(input)),
    get: area.get.handler(({ input }) => core.catalogue.get(input.id)),
    match: area.match.handler(({ input }) => core.catalogue.match(input.method, input.path)),
  });
}

export function requestsArea({ os, core }: AreaDeps) {
  const area = os.requests;
  return area.router({
    preview: area.preview.handler(({ input }) => core.requests.preview(input)),
    variables: area.variables.handler(({ input }) => core.requests.variables(input)),
    send: area.send.handler(({ input: { callId, values, environment, ...draft }, signal }) =>
      core.requests.send(draft, { signal, callId, values, environment }),
    ),
    watchWaits: area.watchWaits.handler(async function* ({ signal }) {
      const { list, onChange } = core.requestWaits;
      const changes = latest<void>((listener) => onChange(() => listener()), {
        initial: () => undefined,
        signal,
      });
      for await (const _ of changes) yield list();
    }),
  });
}
