/** The pieces of a JSON text as written, each with its place: what parsing and writing again loses. */

export type JsonToken = {
  readonly kind: 'space' | 'punctuation' | 'key' | 'string' | 'number' | 'literal';
  /** As written. */
  readonly raw: string;
  /** Place in the text, in UTF-16 units. */
  readonly start: number;
  /** The value it belongs to: `$.customFields[0].id`; of a bracket, the object or array itself. */
  readonly path: string;
};

type Frame = { readonly path: string; readonly list: boolean; key: string | null; index: number };

const PIECE = /[ \t\n\r]+|"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/gs;
const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

/** Splits a text that `JSON.parse` accepts. A byte order mark must be cut off before. */
export function jsonTokens(text: string): JsonToken[] {
  return [...eachJsonToken(text)];
}

/** The same, one after the other, for texts so long that the reader must pause in between. */
export function* eachJsonToken(text: string): Generator<JsonToken, void> {
  const frames: Frame[] = [];
  for (const { 0: raw, index: start } of text.matchAll(PIECE)) {
    const frame = frames.at(-1);
    const first = raw[0] ?? '';
    if (' \t\n\r'.includes(first)) {
      yield { kind: 'space', raw, start, path: placeIn(frame) };
    } else if (first === '{' || first === '[') {
      const path = placeIn(frame);
      frames.push({ path, list: first === '[', key: null, index: 0 });
      yield { kind: 'punctuation', raw, start, path };
    } else if (first === '}' || first === ']') {
      frames.pop();
      yield { kind: 'punctuation', raw, start, path: frame?.path ?? '$' };
    } else if (first === ',' || first === ':') {
      yield { kind: 'punctuation', raw, start, path: placeIn(frame) };
      if (first === ',' && frame !== undefined) {
        frame.index += 1;
        frame.key = null;
      }
    } else if (first === '"' && frame !== undefined && !frame.list && frame.key === null) {
      frame.key = textOf(raw);
      yield { kind: 'key', raw, start, path: placeIn(frame) };
    } else {
      yield { kind: kindOf(first), raw, start, path: placeIn(frame) };
    }
  }
}

/** The text a string token stands for. */
export function textOf(raw: string): string {
  const value: unknown = JSON.parse(raw);
  return typeof value === 'string' ? value : raw;
}

/** The path of what stands at a place of the text. */
export function pathAt(tokens: readonly JsonToken[], at: number): string {
  return tokens.findLast((token) => token.start <= at)?.path ?? '$';
}

function kindOf(first: string): JsonToken['kind'] {
  if (first === '"') return 'string';
  return first === 't' || first === 'f' || first === 'n' ? 'literal' : 'number';
}

function placeIn(frame: Frame | undefined): string {
  if (frame === undefined) return '$';
  if (frame.list) return `${frame.path}[${frame.index}]`;
  if (frame.key === null) return frame.path;
  return childPath(frame.path, frame.key);
}

/** The path of a member: `$.name`, or `$["first name"]` where the key is no plain name. */
export function childPath(path: string, key: string): string {
  return PLAIN_NAME.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
