import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { bodyLimit } from './http-hop.ts';

const decoders: Readonly<Record<string, (bytes: Uint8Array) => Promise<Uint8Array>>> = {
  gzip: (bytes) => promisify(gunzip)(bytes, { maxOutputLength: bodyLimit }),
  'x-gzip': (bytes) => promisify(gunzip)(bytes, { maxOutputLength: bodyLimit }),
  deflate: (bytes) => promisify(inflate)(bytes, { maxOutputLength: bodyLimit }),
  br: (bytes) => promisify(brotliDecompress)(bytes, { maxOutputLength: bodyLimit }),
  zstd: (bytes) => promisify(zstdDecompress)(bytes, { maxOutputLength: bodyLimit }),
};

/**
 * Undoes the `Content-Encoding` of an answer.
 *
 * @returns the decoded bytes (the given ones when there is no encoding); null when the encoding is unknown or the bytes
 * do not fit it.
 */
export async function decodeContent(bytes: Uint8Array, encoding: string | null): Promise<Uint8Array | null> {
  const names = (encoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  let decoded = bytes;
  for (const name of names.toReversed()) {
    const decode = decoders[name];
    if (decode === undefined) return null;
    try {
      decoded = await decode(decoded);
    } catch {
      // The caller keeps the bytes as they came: damage on the wire is a result, not a fault of ours.
      return null;
    }
  }
  return decoded;
}
