/** What is searched for, as queries for the two full-text indexes: trigrams for any part, words for whole ones. */
import type { SearchTerm } from '../../../shared/model/exchange.ts';

/** The shortest term the trigram index can look up by itself. */
const TRIGRAM = 3;

/** Trigrams looked up for a term of one or two characters; the commonest first. */
const MOST_TRIGRAMS = 400;

/**
 * Splits at blanks; what stands between double quotes is one term. All terms must occur, anywhere and in any order,
 * upper and lower case alike.
 */
export function searchTerms(search: string): string[] {
  return [...search.matchAll(/"([^"]+)"|[^\s"]+/g)].map((match) => match[1] ?? match[0]);
}

/** Beginnings of so many characters have an index of their own: `prefix` of the table `words`. */
const INDEXED_BEGINNINGS = new Set([2, 3]);

/** Up to here, words that begin alike are looked up one by one: each word costs every row a comparison. */
const MOST_WORDS = 40;

/** What the two indexes are asked for; null where there is nothing to ask. */
export type TextMatch = { readonly parts: string | null; readonly words: string | null };

/** What the indexes hold; both are given the folded beginning. */
export type Vocabulary = {
  /** The commonest trigrams that begin like this. */
  trigrams(prefix: string, most: number): string[];
  /** All words that begin like this; null when there are more than `most`. */
  words(prefix: string, most: number): string[] | null;
};

const hasWord = (text: string): boolean => /[\p{L}\p{N}\p{Co}]/u.test(text);

/**
 * All of these terms, or with `OR` any of them, in each index. Of words, which the trigrams find as well, that index
 * is told too when it is asked at all: it then answers with less. So it is of texts of which `oneOf` must occur.
 */
export function textMatch(
  terms: readonly SearchTerm[],
  vocabulary: Vocabulary,
  join: 'AND' | 'OR' = 'AND',
  oneOf: readonly string[] = [],
): TextMatch {
  // What holds no letter and no digit has no word to look up.
  const words = terms.filter(({ text, match }) => match !== 'part' && hasWord(text));
  const parts = terms.filter((term) => !words.includes(term));
  const known =
    join === 'AND' && parts.length > 0 ? words.filter(({ text }) => codePoints(text) >= TRIGRAM) : [];
  const partQueries = [...parts, ...known].map(({ text }) => partQuery(text, vocabulary));
  if (oneOf.length > 0)
    partQueries.push(`(${oneOf.map((text) => partQuery(text, vocabulary)).join(' OR ')})`);
  return {
    parts: joined(partQueries, join),
    words: joined(
      words.map(({ text, match }) => (match === 'start' ? startQuery(text, vocabulary) : quoted(text))),
      join,
    ),
  };
}

const joined = (queries: readonly string[], join: string): string | null =>
  queries.length === 0 ? null : queries.join(` ${join} `);

/**
 * A term of three or more characters is a phrase of trigrams, which finds any substring. A shorter one is looked up as
 * the beginning of the trigrams in `vocabulary` (given the folded term, it returns those trigrams).
 */
function partQuery(term: string, vocabulary: Vocabulary): string {
  if (codePoints(term) >= TRIGRAM) return quoted(term);
  const trigrams = vocabulary.trigrams(term.toLowerCase(), MOST_TRIGRAMS);
  // No trigram begins like this, so nothing matches: a phrase that cannot occur says so to FTS5.
  if (trigrams.length === 0) return quoted('\u0001\u0001\u0001');
  return `(${trigrams.map(quoted).join(' OR ')})`;
}

/**
 * For a beginning that has no index, FTS5 gathers all rows of all words first. Asked for each of the words, it stops when
 * the page is full. Only where folding is beyond doubt: the tokenizer has its own for other scripts.
 */
function startQuery(term: string, vocabulary: Vocabulary): string {
  if (INDEXED_BEGINNINGS.has(codePoints(term))) return `${quoted(term)} *`;
  const words = /^[a-z0-9]+$/i.test(term) ? vocabulary.words(term.toLowerCase(), MOST_WORDS) : null;
  return words === null || words.length === 0 ? `${quoted(term)} *` : `(${words.map(quoted).join(' OR ')})`;
}

/** What the tokenizer counts: code points, not what a reader takes for characters. */
function codePoints(text: string): number {
  return Array.from(text).length;
}

function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
