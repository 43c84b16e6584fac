/** A stored body as a file: its name, and its bytes with their `Content-Encoding` undone. */
import { undoCodings } from '../../lib/content-coding.ts';
import { readBody, type BodyRef } from './read-body.ts';

const extensions: readonly (readonly [type: RegExp, extension: string])[] = [
  [/[/+]json\b/i, 'json'],
  [/[/+]xml\b/i, 'xml'],
  [/^text\/html\b/i, 'html'],
  [/^text\/csv\b/i, 'csv'],
  [/^text\//i, 'txt'],
  [/^application\/pdf\b/i, 'pdf'],
  [/^application\/zip\b/i, 'zip'],
  [/^image\/svg\b/i, 'svg'],
  [/^image\/jpe?g\b/i, 'jpg'],
  [/^image\/(?:png|gif|webp|avif|bmp)\b/i, ''],
];

/** From the type; `bin` where it says nothing. */
function extensionOf(contentType: string | null): string {
  const known = extensions.find(([type]) => type.test(contentType ?? ''));
  if (known === undefined) return 'bin';
  return known[1] === '' ? (/^image\/(\w+)/i.exec(contentType ?? '')?.[1] ?? 'bin') : known[1];
}

/** What the sender called it, else the last part of the address; without its extension. */
export function baseNameOf(url: string, disposition: string | null): string {
  const given = /\bfilename="?([^";]+)/i.exec(disposition ?? '')?.[1]?.trim();
  const last = url
    .split(/[?#]/)[0]
    ?.split('/')
    .findLast((part) => part !== '');
  const name = (given ?? last ?? 'body').replace(/[^\w.-]+/g, '-').replace(/\.\w{1,5}$/, '');
  return name === '' ? 'body' : name.slice(0, 80);
}

export const fileNameOf = (baseName: string, contentType: string | null): string =>
  `${baseName}.${extensionOf(contentType)}`;

/** Gathered in pieces that the browser may keep on disk. Bytes that do not fit their codings are left as they were sent. */
export async function bodyBlob(
  body: BodyRef,
  codings: readonly string[],
  type: string,
  signal: AbortSignal,
): Promise<Blob> {
  let blob = new Blob([], { type });
  const keep = (piece: Uint8Array<ArrayBuffer>): void => {
    blob = new Blob([blob, piece], { type });
  };
  if (codings.length === 0) {
    for await (const piece of readBody(body, signal)) keep(piece);
    return blob;
  }
  let failed = false;
  const undoing = undoCodings(
    codings,
    async (piece) => keep(new Uint8Array(piece)),
    () => {
      failed = true;
    },
  );
  let read = 0;
  for await (const piece of readBody(body, signal)) {
    read += piece.length;
    await undoing.push(piece, read >= body.bytes);
  }
  return failed ? bodyBlob(body, [], type, signal) : blob;
}
