/** HMAC with a shared secret: the commonest mistake, tried here and nowhere shown. */
import { createHmac } from 'node:crypto';
import type { SignatureReading } from './signature-readings.ts';

/** A secret of the profile by what it is called; its value never leaves the core. */
export type NamedSecret = { readonly name: string; readonly value: string };

const ALGORITHMS = ['sha256', 'sha1', 'sha512'] as const;

/**
 * The secret and algorithm whose HMAC over one of the bodies is what the header holds, or null.
 *
 * @param bodies what may have been signed, the raw body first
 */
export function sharedSecretOf(
  readings: readonly SignatureReading[],
  bodies: readonly Uint8Array[],
  secrets: readonly NamedSecret[],
): { readonly secret: string; readonly algorithm: string; readonly reading: SignatureReading } | null {
  for (const { name, value } of secrets) {
    for (const algorithm of ALGORITHMS) {
      for (const body of bodies) {
        const digest = createHmac(algorithm, value).update(body).digest();
        const reading = readings.find(({ bytes }) => digest.equals(bytes));
        if (reading !== undefined)
          return { secret: name, algorithm: `HMAC-${algorithm.toUpperCase()}`, reading };
      }
    }
  }
  return null;
}

/** Whether the value has the length of an HMAC and not of a signature. */
export function looksLikeHmac(readings: readonly SignatureReading[]): boolean {
  return readings.some(({ bytes }) => bytes.length === 32 || bytes.length === 20);
}
