import { createOperationFinder } from '../../../shared/highlevel/operations/find-operation.ts';
import type { Operation } from '../../../shared/highlevel/operations/index.ts';
import type { Entry } from './entry.ts';

/** Finds operations by free text, best first. */
export type SearchIndex = {
  /** Operations that match every word of the text; all of them, in order of service and path, for a blank text. */
  search(text: string): readonly Entry[];
};

/** Points for a word of the query, by where and how it is found. Only their order matters. */
const points = {
  wholePath: 10_000,
  concretePath: 5_000,
  scope: 120,
  method: 110,
  word: 100,
  pathStart: 80,
  prefix: 60,
  substring: 10,
} as const;

/** Words of the summary say most about an operation; those of its path and service follow. */
const weights = { summary: 3, path: 2, service: 2, rest: 1 } as const;

type Indexed = {
  entry: Entry;
  method: string;
  path: string;
  scopes: readonly string[];
  words: ReadonlyMap<string, number>;
  text: string;
};

/** Builds the index once; a search over all operations takes a few milliseconds. */
export function createSearchIndex(entries: readonly Entry[]): SearchIndex {
  const indexed = entries.map(knownIndex);
  const find = createOperationFinder(entries.map(({ operation }) => operation));

  return {
    search(text) {
      const query = text.trim().toLowerCase();
      if (query === '') return entries;
      const asked = requestLine(text.trim());
      const concrete =
        asked === null ? [] : asked.methods.flatMap((method) => find(method, asked.path) ?? []);
      const terms = query.split(/\s+/);
      const hits: { entry: Entry; score: number }[] = [];
      for (const one of indexed) {
        const whole = asked === null ? 0 : wholeScore(one, asked, concrete);
        const score = whole + (scoreOf(one, terms) ?? (whole > 0 ? 0 : -Infinity));
        const { entry } = one;
        if (score > 0) hits.push({ entry, score: score - (entry.operation.deprecated ? 1 : 0) });
      }
      return hits.sort((a, b) => b.score - a.score).map(({ entry }) => entry);
    },
  };
}

type RequestLine = { methods: readonly string[]; path: string };

const allMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Reads `GET /contacts/abc`, a bare path or a URL; null for other text. */
function requestLine(text: string): RequestLine | null {
  const [, method, path] = /^(?:([a-z]+)\s+)?((?:https?:\/\/|\/)\S*)$/i.exec(text) ?? [];
  if (path === undefined) return null;
  return { methods: method === undefined ? allMethods : [method.toUpperCase()], path };
}

function wholeScore(one: Indexed, asked: RequestLine, concrete: readonly Operation[]): number {
  const { operation } = one.entry;
  if (!asked.methods.includes(operation.method)) return 0;
  if (bare(one.path) === bare(asked.path.toLowerCase())) return points.wholePath;
  return concrete.includes(operation) ? points.concretePath : 0;
}

/** The sum over all words, or null when one of them is nowhere to be found. */
function scoreOf(entry: Indexed, terms: readonly string[]): number | null {
  let sum = 0;
  for (const term of terms) {
    const score = termScore(entry, term);
    if (score === 0) return null;
    sum += score;
  }
  return sum;
}

function termScore(entry: Indexed, term: string): number {
  let best = entry.text.includes(term) ? points.substring : 0;
  if (entry.method === term) best = Math.max(best, points.method);
  if (entry.scopes.includes(term)) best = Math.max(best, points.scope);
  if (term.startsWith('/') && entry.path.startsWith(term)) best = Math.max(best, points.pathStart);
  for (const [word, weight] of entry.words) {
    if (word === term) best = Math.max(best, points.word + weight);
    else if (word.startsWith(term)) best = Math.max(best, points.prefix + weight);
  }
  return best;
}

/** Most operations stay the same when a catalogue is imported or removed. */
const known = new WeakMap<Entry, Indexed>();

function knownIndex(entry: Entry): Indexed {
  const indexed = known.get(entry) ?? indexOf(entry);
  known.set(entry, indexed);
  return indexed;
}

function indexOf(entry: Entry): Indexed {
  const { id, method, path, scopes, service, summary } = entry.operation;
  const words = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const word of wordsOf(text)) words.set(word, Math.max(words.get(word) ?? 0, weight));
  };
  add(summary, weights.summary);
  add(path, weights.path);
  add(service, weights.service);
  add(`${id} ${scopes.join(' ')}`, weights.rest);
  const text = [method, path, summary, service, id, ...scopes].join(' ').toLowerCase();
  return {
    entry,
    method: method.toLowerCase(),
    path: path.toLowerCase(),
    scopes: scopes.map((scope) => scope.toLowerCase()),
    words,
    text,
  };
}

/** `customFields` gives `custom`, `fields` and `customfields`. */
function wordsOf(text: string): string[] {
  const parts = text.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
  return parts
    .flatMap((part) => [part, ...part.split(/(?<=[a-z0-9])(?=[A-Z])/)])
    .map((word) => word.toLowerCase());
}

function bare(path: string): string {
  return path.replace(/\/+$/, '');
}
