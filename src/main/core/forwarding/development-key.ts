/** The key that signs what the developer has edited. Its private half never leaves the vault. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { signatureHeaders } from '../../../shared/highlevel/webhook-headers.ts';
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { DevelopmentKey } from '../../../shared/model/forwarding.ts';
import type { SettingsStore } from '../ports.ts';
import type { Vault } from '../vault/types.ts';

const VAULT_NAME = 'development/ed25519';

export type DevelopmentKeys = {
  /** Made at the first call. Rejects with `vault_locked` or `vault_unavailable`. */
  get(): Promise<DevelopmentKey>;
  /** The headers with the body's signature in `X-GHL-Signature`; the older RSA signature, which would no longer hold, is left out. */
  signed(headers: HeaderPairs, body: Uint8Array): Promise<HeaderPairs>;
  /** The public half, if there has ever been one; needs no unlocking. */
  knownPem(): string | null;
};

export type DevelopmentKeyDeps = {
  readonly vault: Pick<Vault, 'get' | 'set'>;
  readonly settings: SettingsStore;
  /** The public half is new. */
  readonly onNew: () => void;
};

export function createDevelopmentKey({ vault, settings, onNew }: DevelopmentKeyDeps): DevelopmentKeys {
  let loading: Promise<KeyObject> | null = null;

  const load = async (): Promise<KeyObject> => {
    let pem = await vault.get(VAULT_NAME);
    if (pem === null) {
      pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      await vault.set(VAULT_NAME, pem);
    }
    const key = createPrivateKey(pem);
    const publicPem = publicPemOf(key);
    if (settings.get('developmentKey') !== publicPem) {
      settings.set('developmentKey', publicPem);
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
      return { pem, fingerprint, environmentLine: `WEBHOOK_SIGNATURE_PUBLIC_KEY="${oneLine}"` };
    },
    async signed(headers, body) {
      const signature = sign(null, body, await privateKey()).toString('base64');
      return withSignature(headers, signature);
    },
    knownPem: () => settings.get('developmentKey'),
  };
}

function publicPemOf(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

/** In the place of the old signature where there was one, at the end otherwise. */
function withSignature(headers: HeaderPairs, signature: string): HeaderPairs {
  const current = signatureHeaders.ed25519.toLowerCase();
  const older = signatureHeaders.rsa.toLowerCase();
  const signed: HeaderPairs = [];
  let isDone = false;
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (lower === older || (lower === current && isDone)) continue;
    if (lower === current) isDone = true;
    signed.push([name, lower === current ? signature : value]);
  }
  if (!isDone) signed.push([signatureHeaders.ed25519, signature]);
  return signed;
}
