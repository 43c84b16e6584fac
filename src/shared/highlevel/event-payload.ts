/** Builds a webhook's body with every field that HighLevel documents for its event. */
import { documentedFields } from './event-fields.ts';
import type { DocumentedField } from './event-fields.ts';
import { valueFor } from './event-values.ts';
import type { JsonValue } from './event-values.ts';
import { eventOfType, events } from './events.ts';
import type { EntityKind } from './events.ts';

/** What a conversation provider is sent: the kind of message stands in `type` (HighLevel docs: Provider Outbound Message). */
export const providerMessages = ['SMS', 'Email'] as const;

export type PayloadOptions = {
  /** The moment the event tells of. */
  readonly now: Date;
  readonly webhookId: string;
  /** Adds `type` where the documented body has none, or the type of something else. */
  readonly withType: boolean;
  /** An id in use, by the name of a field that holds it (`contactId`); null where none is known. */
  readonly knownId: (kind: string) => string | null;
  /** From 0 up to, and without, 1. */
  readonly random: () => number;
};

export type Payload = { [name: string]: JsonValue };

/** The names under which an event may be asked for: its `type`, or its name in the portal's list; case does not matter. */
export function eventNamed(name: string): string | null {
  const wanted = name.toLowerCase();
  const event = events.find(({ type, subscription }) =>
    [type, subscription].some((one) => one.toLowerCase() === wanted),
  );
  return event?.type ?? providerMessages.find((one) => one.toLowerCase() === wanted) ?? null;
}

/** Whether the documented body names its event in `type`. */
export function namesItself(type: string): boolean {
  return (eventOfType(type)?.typeInBody ?? 'event') === 'event';
}

/**
 * The body of an event: `type` first, the documented fields in the order of the docs, then what live bodies carry
 * besides (HighLevel docs: Webhook Logs Dashboard). Ids are those in use where they are known, else of their usual form.
 *
 * @param type an event's type, or one of `providerMessages`
 * @returns null for an event that is not documented
 */
export function eventPayload(type: string, options: PayloadOptions): Payload | null {
  const fields = documentedFields(type);
  if (fields === null) return null;
  const build = builder(type, options);
  const body: Payload = {};
  const typed = typeOf(type, options.withType);
  if (typed !== null) body['type'] = typed;
  for (const field of childrenOf('', fields)) {
    // Of a price its own type, which then stands in the place of the event's.
    if (field.path !== 'type') body[field.path] = build(field, fields);
  }
  if (eventOfType(type) === null) return body;
  for (const name of ['appId', 'versionId'] as const)
    body[name] ??= build({ path: name, type: 'string' }, fields);
  body['timestamp'] ??= options.now.toISOString();
  body['webhookId'] = options.webhookId;
  return body;
}

function typeOf(type: string, withType: boolean): string | null {
  const kind = eventOfType(type)?.typeInBody ?? 'event';
  if (withType || kind === 'event') return type;
  return kind === 'foreign' ? 'one_time' : null;
}

/** Fields right below a path, the entries of a list included. */
function childrenOf(path: string, fields: readonly DocumentedField[]): DocumentedField[] {
  return fields.filter(({ path: child }) => {
    if (path !== '' && !child.startsWith(`${path}.`) && !child.startsWith(`${path}[].`)) return false;
    const rest = path === '' ? child : child.slice(path.length).replace(/^(\[\])?\./, '');
    return !rest.includes('.');
  });
}

function builder(event: string, options: PayloadOptions) {
  const idOf = idMaker(event, options);
  const entity = eventOfType(event)?.entity ?? 'message';
  const build = (field: DocumentedField, fields: readonly DocumentedField[]): JsonValue => {
    const children = childrenOf(field.path, fields);
    if (children.length > 0) {
      const inner = Object.fromEntries(
        children.map((child) => [child.path.slice(child.path.lastIndexOf('.') + 1), build(child, fields)]),
      );
      return children[0]?.path.startsWith(`${field.path}[]`) === true ? [inner] : inner;
    }
    return idOf(field) ?? valueFor({ ...field, event, entity, now: options.now });
  };
  return build;
}

/** Fields that hold the id of something else than their name says. */
const idsByName: Readonly<Record<string, string>> = {
  altId: 'locationId',
  assignedTo: 'userId',
  assignedUserId: 'userId',
  newConversationId: 'conversationId',
  previousVersionId: 'versionId',
  product: 'productId',
  followers: 'userId',
  owners: 'userId',
  users: 'userId',
  locations: 'locationId',
  variantOptionIds: 'variantOptionId',
};

/** Things of their own, of which another one is meant each time. */
const freshIds = new Set(['previousVersionId', 'oldConversationId', 'newPlanId', 'i-ip-pool-id']);

/** Products, prices, invoices and what came with them have 24 hexadecimal digits, everything else 20 letters and digits. */
const hexadecimal = new Set<string>(['_id', 'productId', 'priceId', 'planId', 'currentPlanId', 'newPlanId']);

/** The field by which others name an entity of this kind: `contactId`. */
export function idFieldOf(entity: EntityKind): string {
  return `${entity.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Id`;
}

/**
 * Whose id a field holds: `userId` of `assignedTo`, `contactId` of a contact's own `id`; null where it holds none.
 *
 * @param path dotted, as documented
 */
export function idKindOf(event: string, path: string): string | null {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const isId = name === 'id' || name === '_id' || /(Id|-id)$/.test(name) || name in idsByName;
  if (!isId || name === 'message-id' || name === 'webhookId') return null;
  const entity = eventOfType(event);
  if (entity !== null && path === entity.idPath) return idFieldOf(entity.entity);
  if (name === 'id' || name === '_id') return ownerOf(path);
  return idsByName[name] ?? name;
}

function idMaker(event: string, options: PayloadOptions) {
  /** One and the same thing has one id all over a body. */
  const made = new Map<string, string>();
  const idFor = (kind: string, isHex: boolean): string => {
    const known = freshIds.has(kind) ? null : (made.get(kind) ?? options.knownId(kind));
    const id =
      known ?? (isHex ? randomText(HEX, 24, options.random) : randomText(LETTERS, 20, options.random));
    made.set(kind, id);
    return id;
  };
  return ({ path, type }: DocumentedField): JsonValue | null => {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (name === 'webhookId') return options.webhookId;
    const kind = idKindOf(event, path);
    if (kind === null || (type !== 'string' && type !== 'any' && type !== 'array')) return null;
    const id = idFor(freshIds.has(name) ? name : kind, hexadecimal.has(name) || hexadecimal.has(kind));
    return type === 'array' || name.endsWith('Ids') ? [id] : id;
  };
}

/** What an `id` inside something is the id of; each thing has one of its own, but for the copies of the contact. */
function ownerOf(path: string): string {
  const parent = path.slice(0, path.lastIndexOf('.'));
  return parent === 'contactSnapshot' || parent === 'contactDetails' ? 'contactId' : `${parent}.id`;
}

const HEX = '0123456789abcdef';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomText(alphabet: string, length: number, random: () => number): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}
