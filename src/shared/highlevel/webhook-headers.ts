import { headerValues } from './headers.ts';
import type { HeaderSource } from './headers.ts';
import type { SignatureScheme } from './signature-keys.ts';

/**
 * Headers that carry a webhook's signature in base64: Ed25519 over the raw body, and the older RSA PKCS#1 v1.5
 * with SHA-256 (HighLevel docs: Webhook Integration Guide). Receivers try them in this order.
 */
export const signatureHeaders: Readonly<Record<SignatureScheme, string>> = {
  ed25519: 'X-GHL-Signature',
  rsa: 'X-WH-Signature',
};

/** Whether a header value stands for "no signature": nothing, blanks, or `N/A`, as HighLevel's own sample treats it. */
export function isAbsentSignature(value: string | null | undefined): boolean {
  const text = value?.trim() ?? '';
  return text === '' || text.toUpperCase() === 'N/A';
}

/** The signature to check: Ed25519 when its header is present, else RSA, else null. Values come trimmed. */
export function signatureOf(headers: HeaderSource): { scheme: SignatureScheme; value: string } | null {
  for (const scheme of ['ed25519', 'rsa'] as const) {
    const value = headerValues(headers, signatureHeaders[scheme]).find((each) => !isAbsentSignature(each));
    if (value !== undefined) return { scheme, value: value.trim() };
  }
  return null;
}
