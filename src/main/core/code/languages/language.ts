import type { HTTPSnippet } from '@readme/httpsnippet';
import type { CodeBody } from '../types.ts';

/** The place of the body in what the library writes. */
export const bodyMark = '<body>';

/** The place of the token. */
export const tokenMark = '<token>';

/** What one language needs beside what the library writes of it. */
export type Language = {
  /** The library's names of the language and its HTTP client. */
  readonly target: Parameters<HTTPSnippet['convert']>[0];
  readonly client: string;
  /** A text as the language writes it. */
  readonly text: (text: string) => string;
  /** A text with the token behind it, read from the environment. */
  readonly withToken: (before: string) => string;
  /** Puts the body where `bodyMark` stands; `type` is its Content-Type as a header says it. */
  readonly body: (code: string, body: Exclude<CodeBody, { kind: 'none' }>, type: string) => string;
  /** The library fails at a body without a Content-Type; it is given this one, which `body` takes out again. */
  readonly standInType?: string;
  /** Last touches, such as an import. */
  readonly finish?: (code: string, facts: { readonly hasToken: boolean }) => string;
};

/**
 * Puts `text` in the place of what `pattern` finds.
 *
 * @throws Error where it finds nothing: the library writes otherwise than it did
 */
export function put(code: string, pattern: RegExp, text: string): string {
  if (!pattern.test(code)) throw new Error(`The code for this language has no place for ${String(pattern)}.`);
  return code.replace(pattern, () => text);
}
