/** Checks a webhook's signature over its raw bytes, and says in words what it found. */
import { signatureHeaders, signatureOf } from '../../../shared/highlevel/webhook-headers.ts';
import type {
  HeaderPairs,
  KeyOwner,
  SignatureFacts,
  SignatureScheme,
} from '../../../shared/model/exchange.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { Environment } from '../../../shared/model/profile.ts';
import type { VerificationKey } from '../exchanges/types.ts';
import { decodeSignature } from './signature-encoding.ts';
import { fingerprint, keyOf, matches } from './verification-key.ts';

export type SignedMessage = {
  readonly headers: HeaderPairs;
  /** Exactly as received: parsing and writing again changes key order, escapes and numbers. */
  readonly body: Uint8Array;
  /** False when less than everything was kept; then no signature can be checked. */
  readonly complete: boolean;
};

/** Whose exchange it is; null where nobody's. */
export type Receiver = { readonly id: ProfileId; readonly environment: Environment } | null;

/** How sentences name the two schemes. */
export const NAMES: Readonly<Record<SignatureScheme, string>> = { ed25519: 'Ed25519', rsa: 'RSA' };

/** How sentences name a key's owner. */
export const OWNERS: Readonly<Record<KeyOwner, string>> = {
  highlevel: "HighLevel's published key",
  profile: 'a key set on a profile',
  simulator: "the simulator's key",
  development: 'a development key',
};

/**
 * The verdict on a message.
 *
 * Ed25519 (`X-GHL-Signature`) is looked at first and RSA (`X-WH-Signature`) only where that header is absent, empty or
 * `N/A` (HighLevel docs: Webhook Integration Guide). Keys count by environment: on a live profile, and on an exchange
 * that is nobody's, HighLevel's keys; on a simulator profile, that simulator's and the development ones; everywhere the
 * profile's own. A message
 * that some other known key has signed is `invalid`, and the reason names that key's owner.
 */
export function verifySignature(
  message: SignedMessage,
  receiver: Receiver,
  keys: readonly VerificationKey[],
): SignatureFacts {
  const signature = signatureOf(message.headers);
  if (signature === null) {
    return {
      ...unchecked('unsigned', null),
      reason: `There is no ${signatureHeaders.ed25519} and no ${signatureHeaders.rsa} header with a signature.`,
    };
  }
  const { scheme, value } = signature;
  const header = signatureHeaders[scheme];
  if (!message.complete) {
    return {
      ...unchecked('unverifiable', scheme),
      reason: 'Only part of the body was kept, and a signature covers all of it.',
    };
  }
  const decoded = decodeSignature(value, scheme);
  if (decoded.bytes === null) {
    return { ...unchecked('invalid', scheme), reason: `The ${header} header ${decoded.fault}` };
  }
  const bytes = decoded.bytes;
  const usable = keys.filter((key) => key.scheme === scheme && keyOf(key.pem) !== null);
  const signer = (candidates: readonly VerificationKey[]): VerificationKey | undefined =>
    candidates.find((key) => matches(key, message.body, bytes));

  const counting = usable.filter((key) => counts(key, receiver));
  const valid = signer(counting);
  if (valid !== undefined) {
    return {
      ...signedBy('valid', valid),
      reason: `The ${NAMES[scheme]} signature matches the body and ${OWNERS[valid.owner]}.`,
    };
  }
  const other = signer(usable.filter((key) => !counting.includes(key)));
  if (other !== undefined) {
    return {
      ...signedBy('invalid', other),
      reason: `Signed with ${OWNERS[other.owner]}, ${refusal(other, receiver)}`,
    };
  }
  if (counting.length === 0) {
    return {
      ...unchecked('unverifiable', scheme),
      reason: `There is a ${NAMES[scheme]} signature, but no ${NAMES[scheme]} key to check it with.`,
    };
  }
  return {
    ...unchecked('invalid', scheme),
    reason: `The ${NAMES[scheme]} signature matches the body under none of the ${counting.length === 1 ? 'keys (1)' : `keys (${counting.length})`} that count here: the body was changed on the way, or somebody else signed it.`,
  };
}

/** Whether a key may make a message of this receiver valid. */
export function counts(key: VerificationKey, receiver: Receiver): boolean {
  if (key.owner === 'development') return receiver?.environment === 'simulator';
  if (key.owner === 'profile') return receiver !== null && key.profileId === receiver.id;
  if (key.owner === 'highlevel') {
    if (receiver !== null && receiver.environment !== 'live') return false;
    return key.profileId === null || key.profileId === receiver?.id;
  }
  return receiver?.environment === 'simulator' && (key.profileId === null || key.profileId === receiver.id);
}

function refusal(key: VerificationKey, receiver: Receiver): string {
  if (receiver === null) return "but no profile claims this message, so only HighLevel's keys count.";
  if (receiver.environment === 'live' && key.owner !== 'profile')
    return 'which does not count on a live profile.';
  if (key.owner === 'highlevel') return 'which does not count on a simulator profile.';
  return 'which belongs to another profile.';
}

function unchecked(
  verdict: SignatureFacts['verdict'],
  scheme: SignatureScheme | null,
): Omit<SignatureFacts, 'reason'> {
  return {
    verdict,
    scheme,
    keyOwner: null,
    keyFingerprint: null,
    header: scheme === null ? null : signatureHeaders[scheme],
  };
}

function signedBy(verdict: SignatureFacts['verdict'], key: VerificationKey): Omit<SignatureFacts, 'reason'> {
  return {
    verdict,
    scheme: key.scheme,
    keyOwner: key.owner,
    keyFingerprint: fingerprint(key.pem),
    header: signatureHeaders[key.scheme],
  };
}
