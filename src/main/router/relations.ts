import type { AreaDeps } from './context.ts';

export function relationsArea({ os, core }: AreaDeps) {
  const area = os.relations;
  return area.router({
    related: area.related.handler(({ input }) => core.relations.related(input.id)),
    consequences: area.consequences.handler(({ input }) => core.relations.consequences(input)),
    timeline: area.timeline.handler(({ input }) => core.relations.timeline(input)),
    difference: area.difference.handler(({ input }) => core.relations.difference(input)),
  });
}
