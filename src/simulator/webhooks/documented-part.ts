import { documentedFields } from '../../shared/highlevel/event-fields.ts';
import type { EventFields } from './announce.ts';

/** The fields of a record that an event's documentation names, and no others. */
export function documentedPart(type: string, record: EventFields): EventFields {
  const names = new Set((documentedFields(type) ?? []).map(({ path }) => path.split(/[.[]/)[0]));
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)));
}
