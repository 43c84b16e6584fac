/** Which field, parameter and header names hold a secret, whatever their spelling (`access_token`, `accessToken`, …). */

/** How sure a name makes us: `always` a secret, or only where the value looks made by a machine (`token`, `code`). */
export type SecretField = { readonly kind: string; readonly always: boolean };

const alwaysSecret = [
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'auth_token',
  'authtoken',
  'bearer_token',
  'session_token',
  'api_key',
  'api_token',
  'x_api_key',
  'x_auth_token',
  'x_ghl_client_secret',
  'password',
  'passwd',
  'passphrase',
  'code_verifier',
  'client_assertion',
  'private_key',
  'shared_secret',
  'webhook_secret',
  'sso_key',
  'authorization',
  'proxy_authorization',
  'cookie',
  'set_cookie',
];
const secretByLooks = ['code', 'token', 'secret', 'jwt', 'pit'];

const squeeze = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const fields = new Map<string, SecretField>([
  ...alwaysSecret.map((kind) => [squeeze(kind), { kind, always: true }] as const),
  ...secretByLooks.map((kind) => [squeeze(kind), { kind, always: false }] as const),
]);
const longest = Math.max(...alwaysSecret.map((name) => name.length)) + 8;

/** Letters and digits of a name, without its case: how many, the first and the last, in one number. */
function outline(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  let first = 0;
  let last = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    const folded = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    if ((folded < 0x61 || folded > 0x7a) && (folded < 0x30 || folded > 0x39)) continue;
    count += 1;
    if (first === 0) first = folded;
    last = folded;
  }
  return (count << 16) | (first << 8) | last;
}

const outlines = new Set([...fields.keys()].map((name) => outline(Buffer.from(name), 0, name.length)));

/** False for nearly all names that `secretField` would find ordinary; spares a large body a string for each of its names. */
export function mayBeSecretField(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= longest && outlines.has(outline(bytes, start, end));
}

/** What a name says about its value; null for an ordinary one. */
export function secretField(name: string): SecretField | null {
  return name.length > longest ? null : (fields.get(squeeze(name)) ?? null);
}

/**
 * True for values no human wrote: 16 characters or more, of letters, digits and `-._~+/=`, both digits and letters.
 * It tells an authorization code (40 hex digits) from an error code or a country code under the same name `code`.
 */
export function looksGenerated(value: string): boolean {
  return value.length >= 16 && /^[\w\-.~+/=]+$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}
