/** The key that a passphrase makes, by scrypt, and what is written down to make it again. */
import { randomBytes, scrypt } from 'node:crypto';
import * as z from 'zod';
import { keyBytes } from './secret-envelope.ts';

/** What a key is derived with; none of it secret. */
export const derivation = z.object({
  kdf: z.literal('scrypt'),
  /** log2 of N. */
  cost: z.int().min(10).max(20),
  blockSize: z.int().min(1).max(32),
  parallelization: z.int().min(1).max(16),
  salt: z.base64(),
});
export type Derivation = z.infer<typeof derivation>;

/** log2 of scrypt's N: 128 MiB and about half a second, as OWASP's Password Storage Cheat Sheet asks. */
export const usualCost = 17;

export function newDerivation(cost: number): Derivation {
  return { kdf: 'scrypt', cost, blockSize: 8, parallelization: 1, salt: randomBytes(32).toString('base64') };
}

/** 32 bytes, which the caller overwrites with zeros when it is done with them. */
export function deriveKey(text: string, given: Derivation): Promise<Buffer> {
  const N = 2 ** given.cost;
  const r = given.blockSize;
  const options = { N, r, p: given.parallelization, maxmem: 129 * N * r + 1024 * 1024 };
  // The same passphrase typed on another keyboard or system is the same bytes.
  const bytes = Buffer.from(text.normalize('NFKC'));
  return new Promise((resolve, reject) => {
    scrypt(bytes, Buffer.from(given.salt, 'base64'), keyBytes, options, (error, derived) => {
      bytes.fill(0);
      if (error === null) resolve(derived);
      else reject(error);
    });
  });
}
