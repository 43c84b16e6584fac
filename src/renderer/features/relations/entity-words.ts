/** What the window calls entities, and where their timelines are. */
import { entityKinds, type EntityKind } from '../../../shared/highlevel/events.ts';
import type { EntityRef } from '../../../shared/model/relations.ts';
import { href } from '../../lib/route.ts';

/** The platform's own words where they differ from those of its API. */
export function kindWord(kind: EntityKind): string {
  return kind === 'location' ? 'sub-account' : kind.replaceAll('-', ' ');
}

export const timelineHref = ({ kind, id }: EntityRef): string => href('timeline', `${kind}/${id}`);

/** `contact/<id>` out of the address; null where it names no entity. */
export function entityOfItem(item: string | null): EntityRef | null {
  const cut = item?.indexOf('/') ?? -1;
  if (item === null || cut < 1) return null;
  const kind = entityKinds.find((one) => one === item.slice(0, cut));
  const id = item.slice(cut + 1);
  return kind === undefined || id === '' || id.length > 200 ? null : { kind, id };
}
