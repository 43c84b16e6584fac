/** Reads the text of a signature header, and says what is wrong with one that cannot be a signature. */
import type { SignatureScheme } from '../../../shared/model/exchange.ts';

export type DecodedSignature =
  | { readonly bytes: Uint8Array; readonly fault: null }
  /** Ends the sentence "The … header". */
  | { readonly bytes: null; readonly fault: string };

const ED25519_BYTES = 64;
const HMAC_SHA256_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** HighLevel writes both signatures in base64 (HighLevel docs: Webhook Integration Guide). */
export function decodeSignature(value: string, scheme: SignatureScheme): DecodedSignature {
  if (/^(sha256=)?[0-9a-f]{64}$/i.test(value)) return fault(HMAC);
  if (/^[0-9a-f]+$/i.test(value) && value.length >= 2 * ED25519_BYTES) {
    return fault('is written in hexadecimal; HighLevel writes base64.');
  }
  if (!BASE64.test(value)) return fault('is not base64.');
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === HMAC_SHA256_BYTES) return fault(HMAC);
  if (scheme === 'ed25519' && bytes.length !== ED25519_BYTES) {
    return fault(`holds ${bytes.length} bytes; an Ed25519 signature has ${ED25519_BYTES}.`);
  }
  return { bytes, fault: null };
}

const HMAC =
  'holds 32 bytes, which looks like an HMAC-SHA256; HighLevel signs with a key pair and has no shared secret.';

function fault(text: string): DecodedSignature {
  return { bytes: null, fault: text };
}
