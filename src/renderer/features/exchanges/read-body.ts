/** A stored body from its beginning to its end. */
import type { BodyPart } from '../../../shared/model/exchange.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { rpc } from '../../platform/connection.ts';

/** Bytes asked for at a time; small enough that the window stays quick while they are decoded. */
const slice = 524_288;

export type BodyRef = { readonly id: string; readonly part: BodyPart; readonly bytes: number };

/** In slices; ends early where the stored body does. */
export async function* readBody(
  { id, part, bytes: total }: BodyRef,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  for (let offset = 0; offset < total;) {
    const answer = await rpc.exchanges.body({ id, part, offset, length: slice }, { signal });
    const bytes = fromBase64(answer.base64);
    if (bytes.length === 0) return;
    offset += bytes.length;
    yield bytes;
  }
}
