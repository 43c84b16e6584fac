/** Single changes to a JSON text that leave the rest of it as it was written. */
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import type { JsonPath } from './schema-at.ts';

const formattingOptions = { insertSpaces: true, tabSize: 2 };

/** The value of a text; undefined for one that is no JSON. An empty text is an empty object. */
export function readJson(text: string): unknown {
  if (text.trim() === '') return {};
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true });
  return errors.length > 0 ? undefined : value;
}

/** Sets one place; `undefined` removes it. */
export function withValue(text: string, path: JsonPath, value: unknown): string {
  const before = text.trim() === '' ? (typeof path[0] === 'number' ? '[]' : '{}') : text;
  return applyEdits(before, modify(before, [...path], value, { formattingOptions }));
}
