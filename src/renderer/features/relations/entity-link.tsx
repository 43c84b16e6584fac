import type { EntityRef } from '../../../shared/model/relations.ts';
import { kindWord, timelineHref } from './entity-words.ts';

/** Leads to everything that touched the entity. */
export function EntityLink({ entity }: { readonly entity: EntityRef }) {
  return (
    <a
      className="entity-link"
      href={timelineHref(entity)}
      title={`Timeline of this ${kindWord(entity.kind)}: ${entity.id}`}
    >
      <span>{kindWord(entity.kind)}</span> <span className="mono">{entity.id}</span>
    </a>
  );
}
