import { hash } from 'node:crypto';
import type { ExchangeId } from '../../../../shared/model/ids.ts';

/**
 * An id for an entry that has none: always the same one for the same text, so that a file read twice is found out. In
 * the form of UUID version 7 (RFC 9562), whose first 48 bits are the time.
 *
 * @param at ms since the epoch
 * @param text the entry's, or a digest of it
 * @param occurrence tells entries of the same text in one file apart
 */
export function entryId(at: number, text: string, occurrence: number): ExchangeId {
  const digest = hash('sha256', `${occurrence} ${text}`);
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0').slice(-12);
  // RFC 9562: the two top bits of the clock field are 10.
  const clock = ((Number.parseInt(digest.slice(3, 5), 16) & 0x3f) | 0x80).toString(16);
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7${digest.slice(0, 3)}-${clock}${digest.slice(5, 7)}-${digest.slice(7, 19)}`;
  // Built to the shape of a UUID one line above, which is all the brand says.
  return id as ExchangeId;
}
