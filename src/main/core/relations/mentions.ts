/** Which entities an exchange names, and which of them it holds. Pure; never throws. */
import { kindOfField, kindOfWord } from '../../../shared/highlevel/entity-ids.ts';
import { eventOfType } from '../../../shared/highlevel/events.ts';
import type { EntityKind } from '../../../shared/highlevel/events.ts';
import { findOperation } from '../../../shared/highlevel/operations/index.ts';
import type { Mention } from '../../../shared/model/relations.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** A list of many says of each only that it was listed; what comes after these is left out. */
const MOST_MENTIONS = 100;
/** Ids are short; what is longer is something else. */
const LONGEST_ID = 200;

/** Collects mentions once each; holding an entity counts more than naming it. */
function createCollector() {
  const found = new Map<string, Mention>();
  return {
    add(kind: EntityKind | null, id: unknown, subject: boolean): void {
      // The app is in every exchange, and its id says nothing about what was touched.
      if (kind === null || kind === 'app') return;
      if (typeof id !== 'string' || id === '' || id.length > LONGEST_ID) return;
      const key = `${kind} ${id}`;
      const known = found.get(key);
      if (known === undefined && found.size >= MOST_MENTIONS) return;
      if (known === undefined || (subject && !known.subject)) found.set(key, { kind, id, subject });
    },
    mentions: (): Mention[] => [...found.values()],
  };
}

type Collector = ReturnType<typeof createCollector>;

/** What the classification of a webhook tells beside its body. */
export type NamedEvent = {
  /** The event, or the family of one whose body does not name it. */
  readonly type: string | null;
  readonly entityId: string | null;
  readonly locationId: string | null;
};

/** @param body of a webhook, parsed; of a list, its first entry */
export function mentionsOfEvent(body: JsonObject, { type, entityId, locationId }: NamedEvent): Mention[] {
  const collector = createCollector();
  const kind = type === null ? null : (eventOfType(type)?.entity ?? kindOfWord(type));
  collector.add(kind, entityId, true);
  collector.add('location', locationId, false);
  addFields(collector, body);
  for (const inner of Object.values(body)) {
    const object = asObject(inner);
    if (object !== null) addFields(collector, object);
  }
  return collector.mentions();
}

export type Call = {
  readonly method: string;
  /** Absolute, or from the path on. */
  readonly url: string;
  /** Parsed; undefined where there is none, or where it is not JSON. */
  readonly requestBody: unknown;
  readonly answerBody: unknown;
};

/** From the path by its operation, from the query, from the top of both bodies, and from the objects in the answer. */
export function mentionsOfCall({ method, url, requestBody, answerBody }: Call): Mention[] {
  const collector = createCollector();
  const [path = '', query = ''] = url.replace(/#.*$/, '').split('?');
  const words = segmentsOf(path);
  const template = segmentsOf(findOperation(method, path)?.path ?? '');
  for (const [at, segment] of template.entries()) {
    if (!segment.startsWith('{')) continue;
    const name = segment.slice(1, -1);
    collector.add(kindOfField(name) ?? kindOfWord(words[at - 1] ?? ''), words[at], false);
  }
  addFields(collector, Object.fromEntries(new URLSearchParams(query)));
  const sent = asObject(requestBody);
  if (sent !== null) addFields(collector, sent);
  const answer = asObject(answerBody);
  if (answer !== null) addAnswer(collector, answer, kindOfCollection(template));
  return collector.mentions();
}

/** Whether a call is one that can change something. Searches are sent with POST and change nothing. */
export function changesSomething(method: string, url: string): boolean {
  const path = url.split(/[?#]/)[0] ?? '';
  return !['GET', 'HEAD', 'OPTIONS'].includes(method.toUpperCase()) && !/\/search(\/|$)/.test(path);
}

function addAnswer(collector: Collector, answer: JsonObject, own: EntityKind | null): void {
  addHeld(collector, own, answer);
  for (const [name, value] of Object.entries(answer)) {
    const kind = kindOfWord(name);
    if (kind === null) continue;
    for (const entry of Array.isArray(value) ? value.slice(0, MOST_MENTIONS) : [value]) {
      const object = asObject(entry);
      if (object !== null) addHeld(collector, kind, object);
    }
  }
}

function addHeld(collector: Collector, kind: EntityKind | null, object: JsonObject): void {
  collector.add(kind, object['id'] ?? object['_id'], true);
  addFields(collector, object);
}

/** Ids by the names of their fields; invoices and orders name their sub-account in `altId`. */
function addFields(collector: Collector, object: JsonObject): void {
  for (const [name, value] of Object.entries(object)) collector.add(kindOfField(name), value, false);
  if (object['altType'] === 'location') collector.add('location', object['altId'], false);
}

/** What an answer without an object around it is of: the last word of the path that names a kind. */
function kindOfCollection(template: readonly string[]): EntityKind | null {
  const word = template.findLast((segment) => !segment.startsWith('{'));
  return word === undefined ? null : kindOfWord(word);
}

function segmentsOf(path: string): string[] {
  return path
    .replace(/^https?:\/\/[^/]*/i, '')
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not encoded as it should be: it stands for itself.
    return segment;
  }
}

function asObject(value: unknown): JsonObject | null {
  // An object from JSON.parse has string keys and nothing else.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}
