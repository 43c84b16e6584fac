/** Explains a signature by trying what goes wrong in practice. */
import { createHash } from 'node:crypto';
import { headerValue } from '../../../shared/highlevel/headers.ts';
import {
  isAbsentSignature,
  signatureHeaders,
  signatureOf,
} from '../../../shared/highlevel/webhook-headers.ts';
import type { SignatureFacts, SignatureScheme } from '../../../shared/model/exchange.ts';
import type { SignatureAttempt, SignatureExplanation } from '../../../shared/model/webhook.ts';
import type { VerificationKey } from '../exchanges/types.ts';
import { bodyVariants } from './body-variants.ts';
import type { BodyVariant } from './body-variants.ts';
import { firstDifference } from './byte-difference.ts';
import { sdkCheck } from './sdk-check.ts';
import { looksLikeHmac, sharedSecretOf } from './shared-secret.ts';
import type { NamedSecret } from './shared-secret.ts';
import { readSignature } from './signature-readings.ts';
import type { SignatureReading } from './signature-readings.ts';
import { fingerprint, keyOf, matches } from './verification-key.ts';
import { counts, NAMES, OWNERS, verifySignature } from './verify.ts';
import type { Receiver, SignedMessage } from './verify.ts';

export type ExplainInput = {
  readonly message: SignedMessage;
  readonly receiver: Receiver;
  /** Every key known here, whoever's. */
  readonly keys: readonly VerificationKey[];
  readonly secrets: readonly NamedSecret[];
};

/** Beyond this, bodies are checked as they came and not written in thirty other ways. */
export const MOST_BYTES_TRIED = 131_072;

type Hit = { readonly reading: SignatureReading; readonly key: VerificationKey };
type Attempt = Pick<SignatureAttempt, 'outcome' | 'sentence'> & Partial<SignatureAttempt>;

/**
 * The verdict, each attempt with its outcome, and one sentence that concludes. Pure but for time: about 3 ms for a body
 * of 2 KB, and at most some 0.3 s for the largest that are taken. Secrets are compared and never part of the answer.
 */
export function explainSignature(input: ExplainInput): Omit<SignatureExplanation, 'age' | 'repetition'> {
  const { message, receiver, keys } = input;
  const facts = verifySignature(message, receiver, keys);
  const chosen = signatureOf(message.headers)?.scheme ?? null;
  const headers = headersOf(message, chosen);
  const readings = headers.flatMap(({ scheme, value, state }) =>
    value === null || state === 'absent' ? [] : readSignature(scheme, value.trim()),
  );
  const usable = keys.filter(({ pem }) => keyOf(pem) !== null);
  const trial = message.complete
    ? tryAll(input, facts, chosen, readings, usable)
    : { attempts: [], found: null };
  return {
    facts,
    headers,
    keys: usable
      .filter((key) => counts(key, receiver))
      .map(({ owner, scheme, pem }) => ({ owner, scheme, fingerprint: fingerprint(pem) })),
    bytes: message.body.length,
    sha256: createHash('sha256').update(message.body).digest('hex'),
    attempts: trial.attempts,
    conclusion: concludes(facts, trial.found, message, headers),
    sdk: sdkCheck({
      body: message.body,
      signature: headerValue(message.headers, signatureHeaders.ed25519),
      holds: (bytes) =>
        hitsOf(bytes, readings, usable).some(
          ({ key, reading }) =>
            counts(key, receiver) &&
            key.scheme === 'ed25519' &&
            reading.header === 'ed25519' &&
            // Node's base64, with which the SDK reads the header, takes both alphabets and nothing else.
            (reading.writing === 'base64' || reading.writing === 'base64url'),
        ),
    }),
  };
}

function headersOf(
  { headers }: SignedMessage,
  chosen: SignatureScheme | null,
): SignatureExplanation['headers'] {
  return (['ed25519', 'rsa'] as const).map((scheme) => {
    const value = headerValue(headers, signatureHeaders[scheme]);
    const state = isAbsentSignature(value) ? 'absent' : scheme === chosen ? 'checked' : 'not-looked-at';
    return { name: signatureHeaders[scheme], scheme, value, state };
  });
}

/** Signatures and keys that fit these bytes; the length tells which key a value can belong to at all. */
function hitsOf(
  body: Uint8Array,
  readings: readonly SignatureReading[],
  keys: readonly VerificationKey[],
): Hit[] {
  return readings.flatMap((reading) =>
    keys
      .filter(({ scheme }) =>
        scheme === 'ed25519' ? reading.bytes.length === 64 : reading.bytes.length >= 128,
      )
      .filter((key) => matches(key, body, reading.bytes))
      .map((key) => ({ reading, key })),
  );
}

function tryAll(
  { message, receiver, secrets }: ExplainInput,
  facts: SignatureFacts,
  chosen: SignatureScheme | null,
  readings: readonly SignatureReading[],
  keys: readonly VerificationKey[],
): { attempts: SignatureAttempt[]; found: string | null } {
  if (chosen === null || readings.length === 0) return { attempts: [], found: null };
  const { body } = message;
  const asCame = hitsOf(body, readings, keys);
  const tooLarge = body.length > MOST_BYTES_TRIED;
  const variants = facts.verdict === 'valid' || tooLarge ? [] : bodyVariants(body);
  const own = readings.filter(({ header }) => header === chosen);
  const attempts: SignatureAttempt[] = [];
  const add = (id: SignatureAttempt['id'], attempt: Attempt): void => {
    attempts.push({ id, difference: null, ...attempt });
  };

  add('as-received', {
    outcome: facts.verdict === 'valid' ? 'matches' : 'no-match',
    sentence: facts.reason,
  });
  if (facts.verdict === 'valid') return { attempts, found: null };

  const stranger = asCame.find(({ key }) => !counts(key, receiver));
  add('other-key', otherKey(stranger, keys.length));
  const other = asCame.find(({ reading, key }) => reading.header !== chosen && key.scheme === reading.header);
  add('other-header', otherHeader(other, readings, chosen));
  const swapped = asCame.find(({ reading, key }) => key.scheme !== reading.header);
  add('other-scheme', otherScheme(swapped, chosen));
  const miswritten = asCame.find(({ reading }) => reading.writing !== 'base64');
  add('signature-text', signatureText(miswritten, own));
  const shared = sharedSecretOf(readings, [body, ...variants.map(({ bytes }) => bytes)], secrets);
  add('shared-secret', sharedSecret(shared, own, secrets));
  for (const kind of ['json', 'newline', 'text-encoding'] as const) {
    add(kind, rewritten(kind, { variants, readings, keys, body, tooLarge }));
  }
  const found = attempts.filter(({ outcome }) => outcome === 'matches').map(({ sentence }) => sentence);
  return { attempts, found: found.length === 0 ? null : found.join(' ') };
}

const nothing = (sentence: string): Attempt => ({ outcome: 'no-match', sentence });

function otherKey(hit: Hit | undefined, known: number): Attempt {
  if (hit === undefined) {
    return nothing(`None of the ${known} keys known here, of whatever owner, has signed this body.`);
  }
  return {
    outcome: 'matches',
    sentence: `${OWNERS[hit.key.owner].replace(/^./, (first) => first.toUpperCase())} has signed exactly these bytes, and it does not count here.`,
  };
}

function otherHeader(
  hit: Hit | undefined,
  readings: readonly SignatureReading[],
  chosen: SignatureScheme,
): Attempt {
  const other = chosen === 'ed25519' ? 'rsa' : 'ed25519';
  if (hit !== undefined) {
    return {
      outcome: 'matches',
      sentence: `The signature in ${signatureHeaders[hit.reading.header]} holds, but ${signatureHeaders[chosen]} is there too and is the one that is checked.`,
    };
  }
  return readings.some(({ header }) => header === other)
    ? nothing(`The signature in ${signatureHeaders[other]} does not hold either.`)
    : { outcome: 'skipped', sentence: `There is no signature in ${signatureHeaders[other]}.` };
}

function otherScheme(hit: Hit | undefined, chosen: SignatureScheme): Attempt {
  return hit === undefined
    ? nothing(`It is not a signature of the other scheme under the ${signatureHeaders[chosen]} header.`)
    : {
        outcome: 'matches',
        sentence: `An ${NAMES[hit.key.scheme]} signature stands in ${signatureHeaders[hit.reading.header]}, where ${NAMES[hit.reading.header]} belongs: ${NAMES[hit.key.scheme]} goes into ${signatureHeaders[hit.key.scheme]}.`,
      };
}

function signatureText(hit: Hit | undefined, own: readonly SignatureReading[]): Attempt {
  if (hit !== undefined) {
    return {
      outcome: 'matches',
      sentence: `The signature is right but written in ${hit.reading.writing}; HighLevel writes plain base64.`,
    };
  }
  const writings = own.map(({ writing }) => writing).join(', ');
  return nothing(`Read as ${writings}, it fits no key over this body.`);
}

function sharedSecret(
  hit: ReturnType<typeof sharedSecretOf>,
  own: readonly SignatureReading[],
  secrets: readonly NamedSecret[],
): Attempt {
  if (hit !== null) {
    return {
      outcome: 'matches',
      sentence: `It is an ${hit.algorithm} with the ${hit.secret}, in ${hit.reading.writing}. HighLevel signs with a key pair and has no shared secret for webhooks.`,
    };
  }
  const length = looksLikeHmac(own) ? 'It has the length of an HMAC. ' : '';
  if (secrets.length === 0) {
    return {
      outcome: 'skipped',
      sentence: `${length}No client secret or shared secret is saved to try an HMAC with.`,
    };
  }
  return nothing(
    `${length}It is no HMAC-SHA256, SHA1 or SHA512 with the ${secrets.map(({ name }) => name).join(' or the ')}.`,
  );
}

const TRIED: Readonly<Record<BodyVariant['kind'], string>> = {
  json: 'The same JSON in other layouts, escapes and key orders',
  newline: 'The body with other line ends, or one more or less at its end',
  'text-encoding': 'The text in other encodings, with and without a byte order mark',
};

function rewritten(
  kind: BodyVariant['kind'],
  {
    variants,
    readings,
    keys,
    body,
    tooLarge,
  }: {
    readonly variants: readonly BodyVariant[];
    readonly readings: readonly SignatureReading[];
    readonly keys: readonly VerificationKey[];
    readonly body: Uint8Array;
    readonly tooLarge: boolean;
  },
): Attempt {
  if (tooLarge)
    return { outcome: 'skipped', sentence: 'Bodies over 128 KiB are not tried in other writings.' };
  const mine = variants.filter((variant) => variant.kind === kind);
  if (mine.length === 0)
    return { outcome: 'skipped', sentence: `${TRIED[kind]}: there are none for this body.` };
  for (const { words, bytes } of mine) {
    const [hit] = hitsOf(bytes, readings, keys);
    if (hit === undefined) continue;
    const difference = firstDifference(body, bytes);
    const place = difference === null ? '' : ` The first byte that differs is byte ${difference.offset}.`;
    return {
      outcome: 'matches',
      sentence: `The signature is by ${OWNERS[hit.key.owner]} over ${words}; what arrived was changed after it was signed.${place}`,
      difference,
    };
  }
  return nothing(`${TRIED[kind]}: ${mine.length} tried, none was signed.`);
}

function concludes(
  facts: SignatureFacts,
  found: string | null,
  message: SignedMessage,
  headers: SignatureExplanation['headers'],
): string {
  if (facts.verdict === 'valid')
    return `${facts.reason} Exactly these ${message.body.length} bytes were signed.`;
  if (found !== null) return found;
  if (facts.verdict === 'unsigned') {
    const empty = headers.filter(({ value }) => value !== null);
    return empty.length === 0
      ? `${facts.reason} Workflow actions and your own tests send none; HighLevel signs every webhook of an app.`
      : `${empty.map(({ name, value }) => `${name} says ${JSON.stringify(value)}`).join(' and ')}, which stands for no signature.`;
  }
  if (facts.verdict === 'unverifiable') return facts.reason;
  return `${facts.reason} Nothing that was tried explains it, so the content itself was altered, or a key signed it that is not known here.`;
}
