import { z } from 'zod';
import type { Operation } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import type { EventFields } from '../webhooks/announce.ts';
import type { World } from '../world/world.ts';
import type { Collection, Row } from './collection.ts';
import { refuse } from '../http/refusal.ts';
import { locationOf, owned } from './owner.ts';
import type { PageStyle } from './pages.ts';
import { pageFields, pageOf } from './pages.ts';
import type { FamilyCall, Fields } from './serve.ts';
import { serve } from './serve.ts';
import { textOf } from './text.ts';

/** A row whose further fields are kept as they were written. */
export interface Document extends Row {
  readonly [field: string]: unknown;
}

/** A call before anything is known of its fields. */
export type AnyCall = FamilyCall<Fields, Fields>;

/** What all operations on one kind of record share. */
export interface FamilyOptions {
  readonly rows: (world: World) => Collection<Document>;
  /** As refusals name it: `Custom value`. */
  readonly what: string;
  /** For families whose published contracts are wrong about what callers may send. */
  readonly isLenient?: boolean;
  /** For records below another one: the path's parameter that names it, and the field that keeps its id. */
  readonly within?: {
    readonly param: string;
    readonly field: string;
    readonly rows: (world: World) => Collection<Document>;
    readonly what: string;
  };
  /** Names of the fields that say when it was made and last changed. */
  readonly stamps?: readonly [made: string, changed: string];
  /** The row as an answer shows it; default as it is kept. */
  readonly answer?: (row: Document, world: World) => object;
  /** Fields a new one has besides those of the body. */
  readonly complete?: (row: Document, call: AnyCall, world: World) => Fields;
  /** Refuses a row that must not be kept, before it is. */
  readonly check?: (row: Document, world: World) => void;
  readonly events?: {
    readonly create?: string;
    readonly change?: string | ((before: Document, after: Document) => readonly string[]);
    readonly remove?: string;
    readonly fields: (row: Document, world: World, type: string) => EventFields;
  };
  /** Carries a change over to the rows that depend on it. */
  readonly changed?: (before: Document, after: Document, world: World) => void;
  /** Takes away what belongs to a removed row. */
  readonly removed?: (row: Document, world: World) => void;
}

/** Puts an answer together: under a name, or by a function of the answered row. */
export type Wrap = string | ((answer: object, row: Document) => object);

interface ListOptions {
  readonly page?: PageStyle;
  readonly limit?: number;
  /** Name of the count of all rows found, or what there is instead; without one there is none. */
  readonly total?: string | ((count: number) => object);
  /** Query fields that must equal the row's field of that name where they are given. */
  readonly equal?: readonly string[];
  /** Fields of the row that `query` or `search` looks into. */
  readonly search?: readonly string[];
  readonly only?: (row: Document, query: Fields, call: AnyCall) => boolean;
  readonly newestFirst?: boolean;
}

export interface Family {
  list(route: string, name: string, options?: ListOptions): Operation;
  read(route: string, wrap: Wrap): Operation;
  create(route: string, wrap: Wrap, required: Shape): Operation;
  change(route: string, wrap: Wrap, fields?: Shape): Operation;
  remove(route: string, answer: object | ((row: Document) => object)): Operation;
}

type Shape = Readonly<Record<string, z.ZodType>>;

/** Names that a body gives besides the record's own fields. */
const ADDRESSING = new Set(['id', '_id', 'locationId', 'altId', 'altType']);

/** The usual operations on one kind of record of a sub-account. */
export function familyOf(options: FamilyOptions): Family {
  const { rows, what, stamps, events, within, isLenient = false } = options;
  const answerOf = options.answer ?? ((row: Document) => row);

  function found(call: AnyCall, world: World): Document {
    const row = owned(rows(world), param(call, idName(call)), call, what);
    if (!isBelow(row, parentOf(call, world))) throw refuse(404, `${what} not found`);
    return row;
  }

  function parentOf(call: AnyCall, world: World): Fields {
    if (within === undefined) return {};
    const parent = owned(within.rows(world), param(call, within.param), call, within.what);
    return { [within.field]: parent.id };
  }

  function wrapped(wrap: Wrap, row: Document, world: World): object {
    const answer = answerOf(row, world);
    if (typeof wrap === 'function') return wrap(answer, row);
    return wrap === '' ? answer : { [wrap]: answer };
  }

  function stamped(now: string): Fields {
    return stamps === undefined ? {} : { [stamps[0]]: now, [stamps[1]]: now };
  }

  function tell(
    type: string | undefined,
    row: Document,
    call: Pick<AnyCall, 'announce'>,
    world: World,
  ): void {
    if (type === undefined || events === undefined) return;
    call.announce(type, row.locationId, events.fields(row, world, type));
  }

  return {
    list(route, name, list = {}) {
      const query = z.looseObject(pageFields);
      return serve(route, { query, isLenient }, (call, world) => {
        const locationId = locationOf(call, world);
        const all = list.newestFirst
          ? rows(world).newestFirst(locationId)
          : rows(world).inLocation(locationId);
        const parent = parentOf(call, world);
        const wanted = all.filter(
          (row) =>
            isBelow(row, parent) &&
            matches(row, call.query, list) &&
            (list.only?.(row, call.query, call) ?? true),
        );
        const page = pageOf(wanted, call.query, list.page ?? 'whole', list.limit);
        const total = totalOf(list.total, wanted.length);
        return { [name]: page.map((row) => answerOf(row, world)), ...total };
      });
    },
    read: (route, wrap) => serve(route, {}, (call, world) => wrapped(wrap, found(call, world), world)),
    create(route, wrap, required) {
      const body = z.looseObject(required);
      return serve(route, { body, isLenient }, (call, world) => {
        const locationId = locationOf(call, world);
        const own = { ...ownFields(call.body), ...parentOf(call, world) };
        const base = { ...own, id: world.random.id(), locationId, ...stamped(call.now) };
        const row: Document = { ...base, ...options.complete?.(base, call, world) };
        options.check?.(row, world);
        rows(world).put(row);
        tell(events?.create, row, call, world);
        return wrapped(wrap, row, world);
      });
    },
    change(route, wrap, fields = {}) {
      const body = z.looseObject(fields);
      return serve(route, { body, isLenient }, (call, world) => {
        const before = found(call, world);
        const changes = { ...ownFields(call.body), ...(stamps && { [stamps[1]]: call.now }) };
        const after: Document = { ...before, ...changes };
        options.check?.(after, world);
        rows(world).put(after);
        options.changed?.(before, after, world);
        const { change } = events ?? {};
        const types =
          typeof change === 'function' ? change(before, after) : change === undefined ? [] : [change];
        for (const type of types) tell(type, after, call, world);
        return wrapped(wrap, after, world);
      });
    },
    remove: (route, answer) =>
      serve(route, {}, (call, world) => {
        const row = found(call, world);
        rows(world).remove(row.id);
        options.removed?.(row, world);
        tell(events?.remove, row, call, world);
        return typeof answer === 'function' ? answer(row) : answer;
      }),
  };
}

function isBelow(row: Document, parent: Fields): boolean {
  return Object.entries(parent).every(([field, id]) => row[field] === id);
}

function totalOf(total: ListOptions['total'], count: number): object {
  if (total === undefined) return {};
  return typeof total === 'string' ? { [total]: count } : total(count);
}

/** The last parameter of a path names the record. */
function idName(call: AnyCall): string {
  return [...call.params.keys()].at(-1) ?? '';
}

function ownFields(body: Fields): Fields {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !ADDRESSING.has(name)));
}

function matches(row: Document, query: Fields, { equal = [], search = [] }: ListOptions): boolean {
  const text = query['query'] ?? query['search'];
  const found =
    typeof text !== 'string' ||
    search.length === 0 ||
    search.some((field) => textOf(row[field]).toLowerCase().includes(text.toLowerCase()));
  return found && equal.every((field) => query[field] === undefined || String(row[field]) === query[field]);
}
