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

/** What the two indexes are asked for; null where there is nothing to ask. */
export type TextMatch = { readonly parts: string | null; readonly words: string | null };

type Vocabulary = (prefix: string, most: number) => string[];

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
      words.map(({ text, match }) => (match === 'start' ? `${quoted(text)} *` : quoted(text))),
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
  const trigrams = vocabulary(term.toLowerCase(), MOST_TRIGRAMS);
  // No trigram begins like this, so nothing matches: a phrase that cannot occur says so to FTS5.
  if (trigrams.length === 0) return quoted('\u0001\u0001\u0001');
  return `(${trigrams.map(quoted).join(' OR ')})`;
}

/** What the tokenizer counts: code points, not what a reader takes for characters. */
function codePoints(text: string): number {
  return Array.from(text).length;
}

function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
