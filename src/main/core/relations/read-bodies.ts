/** Stored bodies for comparison: whole where they are small enough, and where two of them part where they are not. */
import { headerValue } from '../../../shared/highlevel/headers.ts';
import type { BodyPart, ExchangeDetail, HeaderPairs } from '../../../shared/model/exchange.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type { ByteDifference } from '../../../shared/model/webhook.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { decodeContent } from '../requests/decode-content.ts';
import { firstDifference } from '../webhooks/byte-difference.ts';

type Store = Pick<ExchangeStore, 'body'>;

export type Side = { readonly exchange: ExchangeDetail; readonly part: BodyPart };

const SLICE = 1_048_576;
/** Shown around the first differing byte. */
const AROUND = 64;

export const bodyInfoOf = ({ exchange, part }: Side) =>
  part === 'request' ? exchange.requestBody : exchange.responseBody;

export const headersOf = ({ exchange, part }: Side): HeaderPairs | null =>
  part === 'request' ? exchange.requestHeaders : exchange.responseHeaders;

/** The whole body. */
export async function readWhole(store: Store, id: ExchangeId, part: BodyPart): Promise<Uint8Array> {
  const slices: Uint8Array[] = [];
  for (let offset = 0; ;) {
    const { bytes, totalBytes } = await store.body(id, part, offset, SLICE);
    slices.push(bytes);
    offset += bytes.length;
    if (offset >= totalBytes || bytes.length === 0) return Buffer.concat(slices);
  }
}

/**
 * A body with its `Content-Encoding` undone.
 *
 * @returns null where it cannot be, or comes to more than `most` bytes
 */
export async function readDecoded(store: Store, side: Side, most: number): Promise<Uint8Array | null> {
  const bytes = await readWhole(store, side.exchange.id, side.part);
  const decoded = await decodeContent(bytes, headerValue(headersOf(side) ?? [], 'content-encoding'));
  return decoded === null || decoded.length > most ? null : decoded;
}

/** Where two stored bodies part, read slice by slice; null where they are the same. */
export async function firstStoredDifference(store: Store, a: Side, b: Side): Promise<ByteDifference | null> {
  const read = async ({ exchange, part }: Side, offset: number, length: number) =>
    (await store.body(exchange.id, part, offset, length)).bytes;
  for (let offset = 0; ; offset += SLICE) {
    const [left, right] = await Promise.all([read(a, offset, SLICE), read(b, offset, SLICE)]);
    if (Buffer.compare(left, right) !== 0) {
      const at = offset + (firstDifference(left, right)?.offset ?? 0);
      const from = Math.max(0, at - AROUND);
      const [near, other] = await Promise.all([read(a, from, 2 * AROUND), read(b, from, 2 * AROUND)]);
      const found = firstDifference(near, other);
      return found === null ? null : { ...found, offset: at, path: null };
    }
    if (left.length < SLICE) return null;
  }
}
