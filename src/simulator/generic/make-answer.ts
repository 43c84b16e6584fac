import type { Field, Shape } from '../../shared/highlevel/operations/shapes/index.ts';
import { isIdName, itemPlaceOf } from './answer-layout.ts';
import type { Place } from './answer-layout.ts';
import { checkValue, isRecord } from './check-value.ts';
import type { Item } from './collections.ts';
import { createDice } from './dice.ts';
import { NOTHING } from './page-facts.ts';
import { plausibleBoolean, plausibleNumber, plausibleText } from './plausible.ts';
import { read } from './shape-reader.ts';

/** What an answer is made from. */
export interface AnswerFacts {
  readonly seed: string | number;
  /** The same key makes the same answer. */
  readonly key: string;
  /** Milliseconds since 1970, for what belongs to no item. */
  readonly time: number;
  /** Values that stand wherever a field of their name takes them: ids of the path, the location. */
  readonly everywhere: ReadonlyMap<string, unknown>;
  /** Values for fields of the answer itself and of the object it wraps. */
  readonly above: ReadonlyMap<string, unknown>;
  /** What a path calls the id of such objects: `bookingId`. Answers say `id`, `_id` or this. */
  readonly idName?: string | undefined;
  /** The object that the answer shows. */
  readonly item?: Item | undefined;
  /** The objects that the answer lists, and where. */
  readonly list?: { readonly place: Place; readonly items: readonly Item[] } | undefined;
}

/** `itemPlace` is set while the object itself is still to come. */
type Making = AnswerFacts & { readonly itemPlace?: string | undefined };

const NOTHING_ABOVE: ReadonlyMap<string, unknown> = new Map();

/** Deep enough for every answer that is published; what refers to itself ends here. */
const DEPTH = 7;

/** A value of this shape. */
export function makeAnswer(shape: Shape, facts: AnswerFacts): unknown {
  const { list, item, idName } = facts;
  if (list?.place === '') return listOf(shape, facts, list.items);
  const rules = read(shape);
  if (rules.kind === 'list' && item !== undefined) return listOf(shape, facts, [item]);
  const place = item === undefined ? undefined : itemPlaceOf(shape, idName);
  // An answer without an id speaks of the object all the same.
  if (item !== undefined && (place === undefined || place === '')) return makeItem(shape, facts, item);
  return make(shape, '', { ...facts, itemPlace: place }, '', 0);
}

function listOf(shape: Shape, facts: AnswerFacts, items: readonly Item[]): unknown[] {
  const rules = read(shape);
  return rules.kind === 'list' ? items.map((item) => makeItem(rules.item, facts, item)) : [];
}

function makeItem(shape: Shape, facts: AnswerFacts, item: Item): unknown {
  const key = `${item.collection} ${item.id}`;
  const about: Making = {
    ...facts,
    key,
    time: item.createdAt,
    item,
    // What is said of a page is not said of each object on it.
    above: facts.list === undefined ? facts.above : NOTHING_ABOVE,
    list: undefined,
    itemPlace: undefined,
  };
  return make(shape, '', about, '', 0);
}

function make(shape: Shape, name: string, facts: Making, path: string, depth: number): unknown {
  const rules = read(shape);
  const dice = createDice(`${facts.seed} ${facts.key} ${path}`);
  switch (rules.kind) {
    case 'enum':
      return dice.pick(rules.values);
    case 'list': {
      const count = Math.max(rules.bounds.min ?? 0, depth < DEPTH ? 1 : 0);
      return Array.from({ length: count }, (_, index) =>
        make(rules.item, name, facts, `${path}.${index}`, depth + 1),
      );
    }
    case 'object':
      return makeObject(rules.fields, rules.others, facts, path, depth);
    case 'choice':
      return make(rules.choices[0] ?? 'any', name, facts, path, depth);
    case 'value':
      return makePlain(rules.type, rules.bounds, name, facts, dice);
  }
}

function makePlain(
  type: string,
  { min, max, pattern }: { readonly min?: number; readonly max?: number; readonly pattern?: string },
  name: string,
  { time }: AnswerFacts,
  dice: ReturnType<typeof createDice>,
): unknown {
  switch (type) {
    case 'string': {
      const text = plausibleText(name, dice, time, pattern);
      return text.padEnd(min ?? 0, 'x').slice(0, max ?? text.length + (min ?? 0));
    }
    case 'date-time':
      return new Date(time).toISOString();
    case 'number':
    case 'integer': {
      const number = plausibleNumber(name, dice, time);
      return Math.min(Math.max(number, min ?? number), max ?? number);
    }
    case 'boolean':
      return plausibleBoolean(name, dice);
    default:
      return plausibleText(name, dice, time);
  }
}

function makeObject(
  fields: readonly Field[],
  others: Shape | null,
  facts: Making,
  path: string,
  depth: number,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const { name, required, shape } of fields) {
    if (depth >= DEPTH && !required) continue;
    if (depth < 2 && facts.above.get(name) === NOTHING) {
      if (required) object[name] = read(shape).nullable ? null : emptyOf(shape);
      continue;
    }
    const known = knownValue(name, shape, facts, path, depth);
    // What refers to itself for ever has to end somewhere, even where it says it must not.
    if (known === undefined && depth >= 2 * DEPTH) continue;
    object[name] = known ?? make(shape, name, facts, `${path}.${name}`, depth + 1);
  }
  if (fields.length > 0 || others === null) return object;
  if (others !== 'any') return { [mapKey(facts)]: make(others, '', facts, `${path}.*`, depth + 1) };
  return depth === 0 ? freeForm(facts) : object;
}

/** For objects of which nothing is published. */
function freeForm(facts: AnswerFacts): Record<string, unknown> {
  const { item, above, everywhere, seed, key, list } = facts;
  if (list !== undefined) {
    const { list: _list, above: page, ...rest } = facts;
    const items = list.items.map((each) => freeForm({ ...rest, above: new Map(), item: each }));
    const said = [...page].filter(([, value]) => value !== NOTHING);
    return { ...Object.fromEntries(said), [list.place]: items };
  }
  const id = item?.id ?? createDice(`${seed} ${key}`).id();
  return { id, ...Object.fromEntries(everywhere), ...Object.fromEntries(above), ...item?.fields };
}

function emptyOf(shape: Shape): unknown {
  const rules = read(shape);
  return rules.kind === 'value' && rules.type === 'string' ? '' : 0;
}

/** Objects with names of the caller's choice are kept by day in most answers that have them. */
function mapKey({ time }: AnswerFacts): string {
  return new Date(time).toISOString().slice(0, 10);
}

function knownValue(name: string, shape: Shape, facts: Making, path: string, depth: number): unknown {
  const { item, itemPlace, list, everywhere, above } = facts;
  const place = `${path}.${name}`.slice(1);
  if (list !== undefined && place === list.place) return listOf(shape, facts, list.items);
  if (item !== undefined && place === itemPlace) return makeItem(shape, facts, item);
  const isOfItem = item !== undefined && itemPlace === undefined && depth === 0;
  const candidates = [
    isOfItem ? ofItem(name, item, facts.idName) : undefined,
    everywhere.get(name),
    depth < 2 ? above.get(name) : undefined,
  ];
  return candidates.find((value) => value !== undefined && checkValue(shape, value, name).length === 0);
}

function ofItem(name: string, item: Item, idName: string | undefined): unknown {
  if (isIdName(name, idName)) return item.id;
  if (/^(createdAt|dateAdded|createdOn)$/.test(name)) return new Date(item.createdAt).toISOString();
  if (/^(updatedAt|dateUpdated|updatedOn)$/.test(name)) return new Date(item.updatedAt).toISOString();
  const value = item.fields[name];
  return isRecord(value) || Array.isArray(value) ? structuredClone(value) : value;
}
