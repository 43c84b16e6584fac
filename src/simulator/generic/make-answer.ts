import type { Field, Shape } from '../../shared/highlevel/operations/shapes/index.ts';
import { checkValue, isRecord } from './check-value.ts';
import type { Item } from './collections.ts';
import { createDice } from './dice.ts';
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
  /** The objects that the answer lists, and the name of the field they stand in; empty for the answer itself. */
  readonly list?: { readonly field: string; readonly items: readonly Item[] } | undefined;
}

/** Deep enough for every answer that is published; what refers to itself ends here. */
const DEPTH = 7;

/** A value of this shape. */
export function makeAnswer(shape: Shape, facts: AnswerFacts): unknown {
  if (facts.list?.field === '') return listOf(shape, facts, facts.list.items);
  const rules = read(shape);
  if (rules.kind === 'list' && facts.item !== undefined) return listOf(shape, facts, [facts.item]);
  if (rules.kind === 'object' && facts.item !== undefined && !holdsId(rules.fields, facts.idName)) {
    const wrapped = rules.fields.find((field) => wrapsItem(field.shape, facts.idName));
    if (wrapped !== undefined) {
      const { item, ...rest } = facts;
      const answer = makeObject(rules.fields, rules.others, rest, '', 0);
      return { ...answer, [wrapped.name]: makeItem(wrapped.shape, facts, item) };
    }
  }
  return facts.item === undefined ? make(shape, '', facts, '', 0) : makeItem(shape, facts, facts.item);
}

/** The name of the field that lists objects; empty where the answer itself is the list, undefined where nothing is. */
export function listFieldOf(shape: Shape, idName?: string): string | undefined {
  const rules = read(shape);
  if (rules.kind === 'list') return '';
  if (rules.kind !== 'object') return undefined;
  const lists = rules.fields.filter((field) => {
    const inner = read(field.shape);
    return inner.kind === 'list' && read(inner.item).kind === 'object';
  });
  const withIds = lists.find((field) => {
    const inner = read(field.shape);
    return inner.kind === 'list' && wrapsItem(inner.item, idName);
  });
  return (withIds ?? lists[0])?.name;
}

/** Whether an answer shows the id of the object it is about. */
export function showsId(shape: Shape, idName: string | undefined): boolean {
  const rules = read(shape);
  if (rules.kind !== 'object') return false;
  return holdsId(rules.fields, idName) || rules.fields.some((field) => wrapsItem(field.shape, idName));
}

export function wrapsItem(shape: Shape, idName: string | undefined): boolean {
  const rules = read(shape);
  return rules.kind === 'object' && holdsId(rules.fields, idName);
}

function holdsId(fields: readonly Field[], idName: string | undefined): boolean {
  return fields.some(({ name, shape }) => {
    const rules = read(shape);
    return isIdName(name, idName) && rules.kind === 'value' && rules.type === 'string';
  });
}

function isIdName(name: string, idName: string | undefined): boolean {
  return name === 'id' || name === '_id' || name === idName;
}

function listOf(shape: Shape, facts: AnswerFacts, items: readonly Item[]): unknown[] {
  const rules = read(shape);
  return rules.kind === 'list' ? items.map((item) => makeItem(rules.item, facts, item)) : [];
}

function makeItem(shape: Shape, facts: AnswerFacts, item: Item | undefined): unknown {
  if (item === undefined) return make(shape, '', facts, '', 1);
  const { list: _, ...rest } = facts;
  const time = item.createdAt;
  const about = { ...rest, key: `${item.collection} ${item.id}`, time, item };
  return make(shape, '', about, '', 0);
}

function make(shape: Shape, name: string, facts: AnswerFacts, path: string, depth: number): unknown {
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
  facts: AnswerFacts,
  path: string,
  depth: number,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const { name, required, shape } of fields) {
    if (depth >= DEPTH && !required) continue;
    const known = knownValue(name, shape, facts, depth);
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
    return { ...Object.fromEntries(page), [list.field]: items };
  }
  const id = item?.id ?? createDice(`${seed} ${key}`).id();
  return { id, ...Object.fromEntries(everywhere), ...Object.fromEntries(above), ...item?.fields };
}

/** Objects with names of the caller's choice are kept by day in most answers that have them. */
function mapKey({ time }: AnswerFacts): string {
  return new Date(time).toISOString().slice(0, 10);
}

function knownValue(name: string, shape: Shape, facts: AnswerFacts, depth: number): unknown {
  const { item, list, everywhere, above } = facts;
  if (list !== undefined && depth === 0 && name === list.field) return listOf(shape, facts, list.items);
  const candidates = [
    depth === 0 && item !== undefined ? ofItem(name, item, facts.idName) : undefined,
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
