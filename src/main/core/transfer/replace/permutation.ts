/** A keyed permutation: what differs before differs after, and the same goes in and comes out everywhere. */
import { createHmac } from 'node:crypto';

/** Values at places, each below the radix of its place. */
export type Permutation = (digits: readonly number[], radices: readonly number[], tweak: string) => number[];

const ROUNDS = 6;

/**
 * A Feistel network over places of mixed radix, with HMAC-SHA256 as its round function, after the manner of NIST SP
 * 800-38G. It keeps differences and hides values from a reader; it is no encryption to rely on for short values.
 */
export function createPermutation(key: Uint8Array): Permutation {
  return (digits, radices, tweak) => {
    const half = Math.floor(digits.length / 2);
    const result = [...digits];
    for (let round = 0; round < ROUNDS; round += 1) {
      const [from, to] = round % 2 === 0 ? [half, digits.length] : [0, half];
      const other = round % 2 === 0 ? result.slice(0, half) : result.slice(half);
      let stream = Buffer.alloc(0);
      for (let at = from; at < to; at += 1) {
        const offset = ((at - from) * 4) % 32;
        if (offset === 0) {
          stream = createHmac('sha256', key)
            .update(`${tweak}|${round}|${at}|${digits.length}|${other.join(',')}`)
            .digest();
        }
        const radix = radices[at] ?? 1;
        result[at] = ((result[at] ?? 0) + stream.readUInt32BE(offset)) % radix;
      }
    }
    return result;
  };
}
