/** The keys that sign what the developer has edited or triggered, one a scheme. Their private halves never leave the vault. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { signatureHeaders } from '../../../shared/highlevel/webhook-headers.ts';
import type { HeaderPairs, SignatureScheme } from '../../../shared/model/exchange.ts';
import type { DevelopmentKey } from '../../../shared/model/forwarding.ts';
import type { SettingsStore } from '../ports.ts';
import type { Vault } from '../vault/types.ts';

export type DevelopmentKeys = {
  /** Made at the first call. Rejects with `vault_locked` or `vault_unavailable`. */
  get(): Promise<DevelopmentKey>;
  /** The headers with the body's signature by this key; a signature of the other scheme, which would no longer hold, is left out. */
  signed(headers: HeaderPairs, body: Uint8Array): Promise<HeaderPairs>;
  /** The public half, if there has ever been one; needs no unlocking. */
  knownPem(): string | null;
};

export type DevelopmentKeyDeps = {
  readonly scheme: SignatureScheme;
  readonly vault: Pick<Vault, 'get' | 'set'>;
  readonly settings: SettingsStore;
  /** The public half is new. */
  readonly onNew: () => void;
};

/** Where the public half is kept, and the variable by which HighLevel's SDK takes it: the older one is of its 2.x. */
const places = {
  ed25519: { setting: 'developmentKey', variable: 'WEBHOOK_SIGNATURE_PUBLIC_KEY' },
  rsa: { setting: 'developmentRsaKey', variable: 'WEBHOOK_PUBLIC_KEY' },
} as const;

async function newPem(scheme: SignatureScheme): Promise<string> {
  const { privateKey } = await (scheme === 'ed25519'
    ? promisify(generateKeyPair)('ed25519')
    : promisify(generateKeyPair)('rsa', { modulusLength: 2048 }));
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function createDevelopmentKey({
  scheme,
  vault,
  settings,
  onNew,
}: DevelopmentKeyDeps): DevelopmentKeys {
  const { setting, variable } = places[scheme];
  const vaultName = `development/${scheme}`;
  let loading: Promise<KeyObject> | null = null;

  const load = async (): Promise<KeyObject> => {
    let pem = await vault.get(vaultName);
    if (pem === null) {
      pem = await newPem(scheme);
      await vault.set(vaultName, pem);
    }
    const key = createPrivateKey(pem);
    const publicPem = publicPemOf(key);
    if (settings.get(setting) !== publicPem) {
      settings.set(setting, publicPem);
      onNew();
    }
    return key;
  };

  const privateKey = async (): Promise<KeyObject> => {
    // Two first calls at once share one key; a failure is not kept.
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };

  return {
    async get() {
      const key = await privateKey();
      const pem = publicPemOf(key);
      const fingerprint = createHash('sha256')
        .update(createPublicKey(key).export({ type: 'spki', format: 'der' }))
        .digest('hex');
      const oneLine = pem.trim().replaceAll('\n', String.raw`\n`);
      return { pem, fingerprint, environmentLine: `${variable}="${oneLine}"` };
    },
    async signed(headers, body) {
      const digest = scheme === 'ed25519' ? null : 'RSA-SHA256';
      const signature = sign(digest, body, await privateKey()).toString('base64');
      return withSignature(headers, scheme, signature);
    },
    knownPem: () => settings.get(setting),
  };
}

function publicPemOf(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

/** In the place of the old signature where there was one, at the end otherwise. */
function withSignature(headers: HeaderPairs, scheme: SignatureScheme, signature: string): HeaderPairs {
  const current = signatureHeaders[scheme].toLowerCase();
  const others = Object.values(signatureHeaders).map((name) => name.toLowerCase());
  const signed: HeaderPairs = [];
  let isDone = false;
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (others.includes(lower) && (lower !== current || isDone)) continue;
    if (lower === current) isDone = true;
    signed.push([name, lower === current ? signature : value]);
  }
  if (!isDone) signed.push([signatureHeaders[scheme], signature]);
  return signed;
}
