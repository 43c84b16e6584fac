/** Relations of stored exchanges, and what differs between two of them. */
import { setImmediate } from 'node:timers/promises';
import type { ExchangeDetail, ExchangeSummary } from '../../../shared/model/exchange.ts';
import { exchangeSummary } from '../../../shared/model/exchange.ts';
import type {
  BodyDifference,
  Consequences,
  ConsequencesQuery,
  DifferenceQuery,
  EntityRef,
  ExchangeDifference,
  NamedDifference,
  Related,
  TimelinePage,
  TimelineQuery,
} from '../../../shared/model/relations.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { firstDifference } from '../webhooks/byte-difference.ts';
import { entityObject } from './entity-object.ts';
import { headerDifference } from './header-difference.ts';
import { jsonDifference } from './json-difference.ts';
import { jsonTree } from './json-tree.ts';
import type { JsonNode } from './json-tree.ts';
import { bodyInfoOf, firstStoredDifference, headersOf, readDecoded } from './read-bodies.ts';
import type { Side } from './read-bodies.ts';
import { textDifference } from './text-difference.ts';

export type Relations = {
  /** Rejects with `not_found`. */
  related(id: ExchangeId): Promise<Related>;
  /** Rejects with `not_found`, and with `bad_input` for what is no API call. */
  consequences(query: ConsequencesQuery): Promise<Consequences>;
  timeline(query: TimelineQuery): Promise<TimelinePage>;
  /** Rejects with `not_found`. */
  difference(query: DifferenceQuery): Promise<ExchangeDifference>;
};

type Store = Pick<ExchangeStore, 'get' | 'body' | 'related' | 'consequences' | 'timeline'>;

/** Longer bodies would hold up everything else while they are compared field by field. */
const MOST_COMPARED = 1_048_576;

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function createRelations({ store }: { readonly store: Store }): Relations {
  async function bodies(a: Side, b: Side, entity: EntityRef | undefined): Promise<BodyDifference> {
    const before = bodyInfoOf(a);
    const after = bodyInfoOf(b);
    if (before === null || after === null)
      return before === after
        ? { kind: 'same', bytes: 0 }
        : { kind: 'one-sided', before: before?.bytes ?? null, after: after?.bytes ?? null };
    if (before.sha256 === after.sha256) return { kind: 'same', bytes: before.bytes };
    if (Math.max(before.bytes, after.bytes) > MOST_COMPARED)
      return asBytes(
        a,
        b,
        'Bodies up to 1 MiB are compared by field or line; of longer ones, this is where they part.',
      );
    const [left, right] = [
      await readDecoded(store, a, MOST_COMPARED),
      await readDecoded(store, b, MOST_COMPARED),
    ];
    if (left === null || right === null)
      return asBytes(
        a,
        b,
        'At least one of them cannot be decoded as its Content-Encoding says, or is too long then; these are the bytes as sent.',
      );
    const decoded = left.length !== before.bytes || right.length !== after.bytes;
    const note = decoded ? 'Compared after undoing Content-Encoding.' : null;
    return (await asJson(left, right, entity, note)) ?? asText(left, right, note) ?? asBytes(a, b, null);
  }

  async function asBytes(a: Side, b: Side, note: string | null): Promise<BodyDifference> {
    const difference = await firstStoredDifference(store, a, b);
    return difference === null
      ? { kind: 'same', bytes: bodyInfoOf(a)?.bytes ?? 0 }
      : { kind: 'bytes', difference, note };
  }

  return {
    related: (id) => store.related(id),
    consequences: (query) => store.consequences(query),
    timeline: (query) => store.timeline(query),
    async difference({ a: aId, b: bId, part, entity }) {
      const a = await store.get(aId);
      const b = await store.get(bId);
      const parts: ExchangeDifference['parts'] = [];
      for (const each of part === undefined ? (['request', 'response'] as const) : [part]) {
        const sides = [
          { exchange: a, part: each },
          { exchange: b, part: each },
        ] as const;
        parts.push({
          part: each,
          headers: entity === undefined ? headerDifference(headersOf(sides[0]), headersOf(sides[1])) : [],
          body: await bodies(...sides, entity),
        });
      }
      const facts = entity === undefined ? factsOf(a, b) : [];
      return { a: summaryIn(a), b: summaryIn(b), facts, parts };
    },
  };
}

/** A detail has more than a summary; the rest is left behind. */
const summaryIn = (detail: ExchangeDetail): ExchangeSummary => exchangeSummary.parse(detail);

/** Field by field, with a turn of the event loop between the steps; null where one of them is not JSON. */
async function asJson(
  left: Uint8Array,
  right: Uint8Array,
  entity: EntityRef | undefined,
  note: string | null,
): Promise<BodyDifference | null> {
  const before = await treeOf(left);
  if (before === null) return null;
  const after = await treeOf(right);
  if (after === null) return null;
  await setImmediate();
  const { changes, more } = jsonDifference(ofEntity(before, entity), ofEntity(after, entity));
  if (changes.length > 0) return { kind: 'json', changes: [...changes], more, note };
  const sentence = 'The same JSON: only white space or the order of keys differs.';
  return { kind: 'json', changes: [], more, note: note === null ? sentence : `${note} ${sentence}` };
}

const ofEntity = (root: JsonNode, entity: EntityRef | undefined): JsonNode =>
  entity === undefined ? root : (entityObject(root, entity.id) ?? root);

async function treeOf(bytes: Uint8Array): Promise<JsonNode | null> {
  const text = textOf(bytes);
  return text === null ? null : jsonTree(text);
}

function asText(left: Uint8Array, right: Uint8Array, note: string | null): BodyDifference | null {
  const before = textOf(left);
  const after = textOf(right);
  if (before === null || after === null) return null;
  const found = textDifference(before, after);
  if (found !== null) return { kind: 'text', lines: [...found.lines], more: found.more, note };
  const difference = firstDifference(left, right);
  return difference === null
    ? null
    : { kind: 'bytes', difference, note: 'They differ in too many lines to be compared line by line.' };
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return utf8.decode(bytes);
  } catch {
    // No text: compared by byte.
    return null;
  }
}

function factsOf(a: ExchangeDetail, b: ExchangeDetail): NamedDifference[] {
  const facts = (one: ExchangeDetail): readonly (readonly [string, string | null])[] => [
    ['Method', one.method],
    ['URL', one.url],
    ['Event', one.event?.type ?? null],
    ['Signature', one.event?.signature.verdict ?? null],
    ['Status', one.status === null ? null : String(one.status)],
    ['Outcome', one.outcome],
  ];
  const after = new Map(facts(b));
  return facts(a)
    .map(([name, before]) => ({ name, before, after: after.get(name) ?? null }))
    .filter((fact) => fact.before !== fact.after);
}
