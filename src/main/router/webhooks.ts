import type { AreaDeps } from './context.ts';

export function webhooksArea({ os, core }: AreaDeps) {
  const area = os.webhooks;
  return area.router({
    explain: area.explain.handler(({ input }) => core.webhooks.explain(input.id)),
    shape: area.shape.handler(({ input }) => core.webhooks.shape(input.id)),
    types: area.types.handler(({ input }) => core.webhooks.types(input)),
    coverage: area.coverage.handler(({ input }) => core.webhooks.coverage(input.profileId)),
  });
}
