/** What the user types into the search field, as a query for the trigram index. */

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

/**
 * The FTS5 query for these terms, or null when there is nothing to look for. A term of three or more characters is a
 * phrase of trigrams, which finds any substring. A shorter one is looked up as the beginning of the trigrams in
 * `vocabulary` (given the folded term, it returns those trigrams).
 */
export function matchQuery(
  terms: readonly string[],
  vocabulary: (prefix: string, most: number) => string[],
): string | null {
  if (terms.length === 0) return null;
  return terms
    .map((term) => {
      if (codePoints(term) >= TRIGRAM) return quoted(term);
      const trigrams = vocabulary(term.toLowerCase(), MOST_TRIGRAMS);
      // No trigram begins like this, so nothing matches: a phrase that cannot occur says so to FTS5.
      if (trigrams.length === 0) return quoted('\u0001\u0001\u0001');
      return `(${trigrams.map(quoted).join(' OR ')})`;
    })
    .join(' AND ');
}

/** What the tokenizer counts: code points, not what a reader takes for characters. */
function codePoints(text: string): number {
  return Array.from(text).length;
}

function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
