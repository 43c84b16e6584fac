/** A JSON text as a tree of its written pieces: no digit is read, no key is dropped, nothing is reordered. */
import { setImmediate } from 'node:timers/promises';
import { eachJsonToken, textOf } from '../webhooks/json-tokens.ts';

export type JsonMember = { readonly key: string; readonly value: JsonNode };

export type JsonNode = {
  readonly kind: 'object' | 'list' | 'scalar';
  /** As written, from its first character to its last. */
  readonly raw: string;
  /** Of an object: every member, those with the same key included. */
  readonly members: readonly JsonMember[];
  /** Of a list. */
  readonly items: readonly JsonNode[];
};

type Open = {
  readonly list: boolean;
  readonly start: number;
  readonly members: JsonMember[];
  readonly items: JsonNode[];
  key: string;
};

/** What is nested deeper is taken as one piece: nobody reads differences that far down. */
const DEEPEST = 100;

/** Pieces read in one turn of the event loop; some 15 ms. */
const PIECES_A_TURN = 20_000;

/** @returns null where the text is not JSON. A byte order mark at its beginning is no part of it. */
export async function jsonTree(text: string): Promise<JsonNode | null> {
  const json = text.replace(/^\uFEFF/, '');
  try {
    JSON.parse(json);
  } catch {
    // Not JSON: the caller compares it in another way.
    return null;
  }
  const open: Open[] = [];
  let root: JsonNode | null = null;
  /** Brackets open below the deepest level. */
  let skipped = 0;
  const place = (node: JsonNode): void => {
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else if (parent.list) parent.items.push(node);
    else parent.members.push({ key: parent.key, value: node });
  };
  let deepStart = 0;
  let pieces = 0;
  for (const { kind, raw, start } of eachJsonToken(json)) {
    pieces += 1;
    if (pieces % PIECES_A_TURN === 0) await setImmediate();
    const end = start + raw.length;
    if (kind === 'space' || raw === ',' || raw === ':') continue;
    if (kind === 'punctuation' && (raw === '{' || raw === '[')) {
      if (skipped > 0 || open.length >= DEEPEST) {
        if (skipped === 0) deepStart = start;
        skipped += 1;
      } else open.push({ list: raw === '[', start, members: [], items: [], key: '' });
    } else if (kind === 'punctuation') {
      if (skipped > 0) {
        skipped -= 1;
        if (skipped === 0) place(scalar(json.slice(deepStart, end)));
        continue;
      }
      const frame = open.pop();
      if (frame === undefined) continue;
      const { members, items, list } = frame;
      place({ kind: list ? 'list' : 'object', raw: json.slice(frame.start, end), members, items });
    } else if (skipped > 0) continue;
    else if (kind === 'key') {
      const parent = open.at(-1);
      if (parent !== undefined) parent.key = textOf(raw);
    } else place(scalar(raw));
  }
  return root;
}

function scalar(raw: string): JsonNode {
  return { kind: 'scalar', raw, members: [], items: [] };
}

/** The values of a member, in the order they are written; several where its key stands more than once. */
export function valuesOf(node: JsonNode, key: string): JsonNode[] {
  return node.members.filter((member) => member.key === key).map(({ value }) => value);
}

/** The text of a string, or null for anything else. */
export function stringOf(node: JsonNode | undefined): string | null {
  return node !== undefined && node.kind === 'scalar' && node.raw.startsWith('"') ? textOf(node.raw) : null;
}

/** The same for every spelling of a value: key order, escapes, `1.0` for `1`. Integers keep all their digits. */
export function canonical(node: JsonNode): string {
  if (node.kind === 'list') return `[${node.items.map(canonical).join(',')}]`;
  if (node.kind === 'object') {
    const members = node.members.map(({ key, value }) => `${JSON.stringify(key)}:${canonical(value)}`);
    return `{${members.toSorted().join(',')}}`;
  }
  if (node.raw.startsWith('"')) return JSON.stringify(textOf(node.raw));
  return canonicalNumber(node.raw) ?? node.raw;
}

/** `12.50e1` as `125e0`, exactly; null for what is no number. */
function canonicalNumber(raw: string): string | null {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(raw);
  if (parts === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  const kept = digits.replace(/0+$/, '');
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - kept.length);
  return `${sign}${kept}e${power}`;
}
