import { sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A JWT signed with RS256. */
export function signJwt(claims: Readonly<Record<string, unknown>>, key: KeyObject): string {
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
