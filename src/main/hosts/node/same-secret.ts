import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in a time that does not depend on where, or in what length, they differ. */
export function isSameSecret(given: string, held: string): boolean {
  return timingSafeEqual(digest(given), digest(held));
}
