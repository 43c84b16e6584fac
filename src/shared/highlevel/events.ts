import { eventsTable, fieldSetsTable } from './events-table.ts';
import { rowsOf } from './table.ts';

/** Kinds of things that events are about. */
export const entityKinds = [
  'app',
  'appointment',
  'association',
  'call',
  'campaign',
  'contact',
  'conversation',
  'email',
  'invoice',
  'knowledge-base',
  'knowledge-base-asset',
  'location',
  'message',
  'note',
  'object-schema',
  'opportunity',
  'order',
  'price',
  'product',
  'record',
  'relation',
  'saas-plan',
  'task',
  'user',
] as const;
export type EntityKind = (typeof entityKinds)[number];

/**
 * Where the scope of an event is known from: the docs, the family of its siblings, or a developer's report.
 * null: app lifecycle events need no scope.
 */
export type ScopeSource = 'documented' | 'inferred' | 'reported' | null;

/** A webhook event of the platform. */
export type PlatformEvent = {
  /** Value of `type` in the body: `ContactCreate`, `INSTALL`. */
  type: string;
  /** Name in the portal's list of events, which is another one for app lifecycle events. */
  subscription: string;
  /** Group in the docs: `Contacts / Notes`. */
  category: string;
  /** Scope that unlocks the subscription. */
  scope: string | null;
  scopeSource: ScopeSource;
  entity: EntityKind;
  /** Dotted path of the entity's id in the body. */
  idPath: string | null;
  /** Field that holds the id of the sub-account: invoices use `altId`, location events `id`. */
  locationField: string | null;
  /**
   * What to expect in `type`: the event type, nothing (the documented sample has none), or something else (price
   * changes carry the type of the price there).
   */
  typeInBody: 'event' | 'none' | 'foreign';
  /** Documented top-level fields besides `type`. Live bodies add `webhookId`, `timestamp`, `appId`, `versionId`. */
  fields: readonly string[];
};

const typeInBody: Readonly<Record<string, PlatformEvent['typeInBody']>> = {
  '-': 'event',
  'no-type': 'none',
  'foreign-type': 'foreign',
};

const fieldSets: ReadonlyMap<string, readonly string[]> = new Map(
  rowsOf(fieldSetsTable).map(([name = '', ...fields]) => [name.replace(/:$/, ''), fields]),
);

/** Every webhook event HighLevel documents, 72 of them, in the order of the docs. */
export const events: readonly PlatformEvent[] = rowsOf(eventsTable).map(
  ([
    type = '',
    subscription = '',
    category = '',
    scope = '',
    source = '',
    entity = '',
    id = '',
    location = '',
    body = '',
    fields = '',
  ]) => ({
    type,
    subscription: subscription === '=' ? type : subscription,
    category: category.replaceAll('-', ' ').replace('/', ' / '),
    scope: optional(scope),
    // The table is ours, and a test holds every row to these two closed lists.
    scopeSource: optional(source) as ScopeSource,
    entity: entity as EntityKind,
    idPath: optional(id),
    locationField: optional(location),
    typeInBody: typeInBody[body] ?? 'event',
    fields: fieldSets.get(fields) ?? [],
  }),
);

const byType: ReadonlyMap<string, PlatformEvent> = new Map(events.map((event) => [event.type, event]));

/** The event of a `type` value, or null for one that HighLevel does not document. */
export function eventOfType(type: string): PlatformEvent | null {
  return byType.get(type) ?? null;
}

/** The events a scope unlocks. */
export function eventsOfScope(scope: string): PlatformEvent[] {
  return events.filter((event) => event.scope === scope);
}

function optional(cell: string): string | null {
  return cell === '-' || cell === '' ? null : cell;
}
