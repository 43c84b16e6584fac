/** The query language of the lists: `event:ContactCreate -is:duplicate answer:5xx last:1h "exact phrase" =word start*`. */
import type { SearchTerm } from '../model/exchange.ts';
import type { FieldKey } from './fields.ts';

/** One condition of a query. Those of one field hold when one of them does; all others must hold together. */
export type Condition =
  | { readonly kind: 'field'; readonly not: boolean; readonly key: FieldKey; readonly value: string }
  | ({ readonly kind: 'text'; readonly not: boolean } & SearchTerm);

/** A piece of a query as it was typed. */
export type Token = {
  /** Offset of its first character, and of what follows it. */
  readonly start: number;
  readonly end: number;
  readonly not: boolean;
  /** What stands before the colon; null for text. */
  readonly key: string | null;
  readonly value: string;
  /** The value or the text stands in quotes. */
  readonly quoted: boolean;
  /** `=` before a text. */
  readonly whole: boolean;
  /** `*` after a text. */
  readonly open: boolean;
};

/**
 * `-`, then a key with its colon or `=`, then quoted text or anything up to a blank or a quote, then `*`. A quote that is
 * not closed reaches to the end: one is still typing.
 */
const shape =
  /(?<not>-(?=[^\s-]))?(?:(?<key>[a-z][a-z-]*):(?=\S)|(?<whole>=(?=[^\s=])))?(?:"(?<quoted>[^"]*)(?:"|$)|(?<plain>[^\s"]+))(?<open>(?<=")\*)?/giu;

export function tokensOf(query: string): Token[] {
  return [...query.matchAll(shape)].map((match) => {
    const { not, key, whole, quoted, plain, open } = match.groups ?? {};
    const written = quoted ?? plain ?? '';
    // A star at the end of a plain text; alone it is a text itself.
    const star = key === undefined && plain !== undefined && plain.length > 1 && plain.endsWith('*');
    return {
      start: match.index,
      end: match.index + match[0].length,
      not: not !== undefined,
      key: key?.toLowerCase() ?? null,
      value: star ? written.slice(0, -1) : written,
      quoted: quoted !== undefined,
      whole: whole !== undefined,
      open: star || open !== undefined,
    };
  });
}
