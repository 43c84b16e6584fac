/** AES-256-GCM as our own boxes and backups use it: version byte, 96-bit random nonce, 128-bit tag, ciphertext. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
export const keyBytes = 32;

/** What a sealed value is for; it is authenticated with it, so that one cannot stand in for the other. */
export type Purpose = 'key-file' | 'passphrase' | 'passphrase-verifier' | 'backup';

const authenticated = (purpose: Purpose) => Buffer.from(`highlevel-companion/secret/v${version}/${purpose}`);

export function sealWith(key: Uint8Array, plain: Uint8Array, purpose: Purpose): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(authenticated(purpose));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), body]);
}

/** @returns null when the key is another one, or the bytes are not as they were sealed. */
export function openWith(key: Uint8Array, sealed: Uint8Array, purpose: Purpose): Uint8Array | null {
  const body = 1 + nonceBytes + tagBytes;
  if (sealed[0] !== version || sealed.length < body) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(authenticated(purpose));
  decipher.setAuthTag(sealed.subarray(1 + nonceBytes, body));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(body)), decipher.final()]);
  } catch {
    // The tag does not match; that is all there is to know.
    return null;
  }
}
