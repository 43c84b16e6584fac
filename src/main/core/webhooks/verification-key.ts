/** Public keys at work: parsed once, checked against bytes, named by their fingerprint. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { VerificationKey } from '../exchanges/types.ts';

type PublicKey = Pick<VerificationKey, 'scheme' | 'pem'>;

/** Whether this key has signed exactly these bytes. */
export function matches(key: PublicKey, body: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = keyOf(key.pem);
  if (publicKey === null) return false;
  // Ed25519 names its own digest. RSA is PKCS#1 v1.5 with SHA-256.
  return verify(key.scheme === 'ed25519' ? null : 'RSA-SHA256', body, publicKey, signature);
}

/** Parsing a PEM costs more than checking an Ed25519 signature, and the same few keys come again and again. */
const parsed = new Map<string, KeyObject | null>();
const fingerprints = new Map<string, string>();
const MOST_PARSED = 100;

/** Null for a key that cannot be read; it then counts for nothing. */
export function keyOf(pem: string): KeyObject | null {
  const known = parsed.get(pem);
  if (known !== undefined) return known;
  if (parsed.size >= MOST_PARSED) parsed.clear();
  let key: KeyObject | null = null;
  try {
    key = createPublicKey(pem);
  } catch {
    // A key the developer pasted wrongly; the verdict then says that there is no key.
  }
  parsed.set(pem, key);
  return key;
}

/** SHA-256 of the SPKI in DER, hex. */
export function fingerprint(pem: string): string | null {
  const known = fingerprints.get(pem);
  if (known !== undefined) return known;
  const key = keyOf(pem);
  if (key === null) return null;
  if (fingerprints.size >= MOST_PARSED) fingerprints.clear();
  const digest = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
  fingerprints.set(pem, digest);
  return digest;
}
