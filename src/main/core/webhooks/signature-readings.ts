/** What a signature header's text may stand for, in every writing that senders use by mistake. */
import type { SignatureScheme } from '../../../shared/model/exchange.ts';

export type SignatureReading = {
  readonly header: SignatureScheme;
  readonly writing: 'base64' | 'base64url' | 'hex' | 'base64 of hex' | 'base64 in quotes or behind a prefix';
  readonly bytes: Uint8Array;
};

const PREFIX = /^(sha256|sha1|sha512|ed25519|rsa|v1|signature)[=:]/i;

/**
 * Every way to read the value, plain base64 first.
 *
 * @param header under whose header it came
 */
export function readSignature(header: SignatureScheme, value: string): SignatureReading[] {
  const readings: SignatureReading[] = [];
  const add = (writing: SignatureReading['writing'], text: string, encoding: BufferEncoding): void => {
    const bytes = Buffer.from(text, encoding);
    if (bytes.length > 0) readings.push({ header, writing, bytes });
  };
  const bare = value
    .replace(/^["']|["']$/g, '')
    .replace(PREFIX, '')
    .replaceAll(/\s/g, '');
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(value)) add('base64', value, 'base64');
  if (/^[0-9a-f]+$/i.test(bare) && bare.length % 2 === 0) add('hex', bare, 'hex');
  if (/^[\w-]+={0,2}$/.test(bare) && /[-_]/.test(bare)) add('base64url', bare, 'base64url');
  if (bare !== value && /^[A-Za-z0-9+/]+={0,2}$/.test(bare)) {
    add('base64 in quotes or behind a prefix', bare, 'base64');
  }
  const inner = Buffer.from(bare, 'base64').toString('latin1');
  if (/^[0-9a-f]{64,}$/i.test(inner)) add('base64 of hex', inner, 'hex');
  return readings;
}
