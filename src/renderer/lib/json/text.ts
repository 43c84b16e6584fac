/** Pieces of a JSON text as people read them. */
import { endOfPlain, endOfString, finish, isContainer, kindAt, scanContents, type Entry } from './scan.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes of a value that are looked at for one line. */
const lineBytes = 600;

/** What a string says, from its quotes to its text; as written where its escapes are not JSON's. */
export function stringAt(bytes: Uint8Array, start: number, end = endOfString(bytes, start)): string {
  const raw = decoder.decode(bytes.subarray(start, end));
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'string' ? value : raw;
  } catch {
    // Cut off, or no JSON: as it stands is the best there is.
    return raw.replace(/^"|"$/g, '');
  }
}

export const nameOf = (bytes: Uint8Array, { key, number }: Pick<Entry, 'key' | 'number'>): string | number =>
  key === null ? number : stringAt(bytes, key.start, key.end);

/** A value as it was written. */
export function rawAt(bytes: Uint8Array, start: number): string {
  const kind = kindAt(bytes, start);
  const end =
    kind === 'string'
      ? endOfString(bytes, start)
      : isContainer(kind)
        ? finish(scanContents(bytes, start)).end
        : endOfPlain(bytes, start);
  return decoder.decode(bytes.subarray(start, end));
}

/** A value for the clipboard or a cell: a string without its quotes, everything else as it was written. */
export const plainAt = (bytes: Uint8Array, start: number): string =>
  kindAt(bytes, start) === 'string' ? stringAt(bytes, start) : rawAt(bytes, start);

/** The beginning of a value on one line, cut where it is long. */
export function lineAt(bytes: Uint8Array, start: number): string {
  const piece = bytes.subarray(start, start + lineBytes);
  const kind = kindAt(piece, 0);
  // Of a container only the beginning is looked for, so that one of 50 MB costs no more than a small one.
  const end = isContainer(kind)
    ? finish(scanContents(piece, 0)).end
    : kind === 'string'
      ? endOfString(piece, 0)
      : endOfPlain(piece, 0);
  const text = decoder.decode(piece.subarray(0, end), { stream: true });
  decoder.decode();
  const line = isContainer(kind) ? text.replace(/\s+/g, ' ') : text;
  return end === piece.length && start + end < bytes.length ? `${line}…` : line;
}
