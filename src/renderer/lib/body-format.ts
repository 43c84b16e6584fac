/** A stored body as text, piece by piece: indented, or as it came. */
import { createFormLines } from './form-lines.ts';
import { createReindenter, looksLikeJson } from './json-reindent.ts';
import { createXmlReindenter } from './xml-reindent.ts';

export const bodyModes = ['Pretty', 'Raw', 'Tree', 'Table', 'Image', 'Hex'] as const;
export type BodyMode = (typeof bodyModes)[number];

export type BodyFormat = {
  push(chunk: Uint8Array, last: boolean): string;
};

export type FormatOptions = {
  readonly pretty: boolean;
  /** A label that TextDecoder knows. */
  readonly encoding: string;
  readonly contentType: string | null;
};

type Writer = (text: string, last: boolean) => string;

const looksLikeXml = (start: string): boolean => /^\uFEFF?\s*</.test(start);

/** How a text is made pretty, told from its first characters and from its type; left alone where nothing fits. */
function prettyWriter(start: string, contentType: string | null): Writer {
  if (looksLikeJson(start)) {
    const format = createReindenter();
    return (text) => format.push(text);
  }
  const type = contentType ?? '';
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    const format = createFormLines();
    return (text, last) => format.push(text, last);
  }
  if (/[/+]xml\b/i.test(type) && looksLikeXml(start)) {
    const format = createXmlReindenter();
    return (text, last) => format.push(text, last);
  }
  return (text) => text;
}

export function createBodyFormat({ pretty, encoding, contentType }: FormatOptions): BodyFormat {
  // The mark at the beginning of UTF-16 says how to read it; that of UTF-8 is shown, since signatures cover it.
  const decoder = new TextDecoder(encoding, { ignoreBOM: encoding === 'utf-8' });
  let write: Writer | null = pretty ? null : (text) => text;
  return {
    push(chunk, last) {
      const text = decoder.decode(chunk, { stream: !last });
      write ??= prettyWriter(text, contentType);
      return write(text, last);
    },
  };
}
