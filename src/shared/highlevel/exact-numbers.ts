/** JSON whose long numbers keep their digits, which a double cannot hold: `JSON.stringify` writes them as they came. */

/** Stands for a number with more digits than a double holds. */
export type ExactNumber = { readonly rawJSON: string };

type Revive = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** The compiler's own types do not know these yet. */
const native: {
  parse(text: string, revive: Revive): unknown;
  rawJSON(text: string): ExactNumber;
  isRawJSON(value: unknown): boolean;
} = Object.assign(JSON);

/** So many digits in a row, or around a point, may be more than a double holds. */
const longNumber = /\d[\d.]{14,}\d/;

/** @throws SyntaxError for what is no JSON */
export function parseExact(text: string): unknown {
  // Looking at each number takes several times as long.
  if (!longNumber.test(text)) return JSON.parse(text) as unknown;
  return native.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && longNumber.test(source) && String(value) !== source
      ? native.rawJSON(source)
      : value,
  );
}

export function isExactNumber(value: unknown): value is ExactNumber {
  return native.isRawJSON(value);
}

/** A text as it is, anything else as JSON. */
export const plainText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
