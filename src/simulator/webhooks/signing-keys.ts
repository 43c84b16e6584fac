import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createRandom } from '../world/random.ts';
import { createSeededRsaKey } from './seeded-rsa.ts';

/** The two key pairs webhooks are signed with; the RSA pair signs tokens as well. */
export interface SigningKeys {
  /** PEM. */
  readonly ed25519PublicKey: string;
  /** PEM. */
  readonly rsaPublicKey: string;
  readonly rsaPrivateKey: KeyObject;
  /** The signature headers of a webhook with exactly these bytes, both in base64. */
  signatureHeaders(body: Buffer): { 'x-ghl-signature': string; 'x-wh-signature': string };
}

/** What stands before the 32 key bytes of an Ed25519 private key in PKCS #8 DER. */
const ED25519_PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const known = new Map<string | number, SigningKeys>();

/** The same seed gives the same keys. Takes some tens of milliseconds the first time in a process. */
export function signingKeysFor(seed: string | number): SigningKeys {
  const existing = known.get(seed);
  if (existing !== undefined) return existing;
  const keys = createSigningKeys(seed);
  known.set(seed, keys);
  return keys;
}

function createSigningKeys(seed: string | number): SigningKeys {
  const random = createRandom(seed, 'signing keys');
  const ed25519 = createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8_PREFIX, random.bytes(32)]),
    format: 'der',
    type: 'pkcs8',
  });
  const rsa = createSeededRsaKey(random);
  return {
    ed25519PublicKey: publicPem(ed25519),
    rsaPublicKey: publicPem(rsa),
    rsaPrivateKey: rsa,
    signatureHeaders: (body) => ({
      'x-ghl-signature': sign(null, body, ed25519).toString('base64'),
      'x-wh-signature': sign('RSA-SHA256', body, rsa).toString('base64'),
    }),
  };
}

function publicPem(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}
