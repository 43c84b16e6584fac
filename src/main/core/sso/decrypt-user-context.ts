import { createDecipheriv, createHash } from 'node:crypto';
import type { UserContextReading } from '../../../shared/model/user-context.ts';
import { cleanPayload } from './clean-payload.ts';
import { explainFields } from './user-context-fields.ts';

type Failure = Extract<UserContextReading, { ok: false }>;

const prefix = 'Salted__';
const saltBytes = 8;
const blockBytes = 16;

/**
 * Decrypts the user context that a custom page gets from HighLevel: base64 of `Salted__`, an 8-byte salt and
 * AES-256-CBC, key and IV made from the shared secret by one round of MD5, as CryptoJS does it (HighLevel docs: User
 * Context in Marketplace Apps). The format has no integrity check, so a wrong secret and an altered payload look alike.
 *
 * @param pasted the payload, or the message around it
 * @param secret the shared secret of the app; neither of the two is in the answer
 */
export function decryptUserContext(pasted: string, secret: string): UserContextReading {
  const { base64, notes } = cleanPayload(pasted);
  const bytes = readBytes(base64);
  if (!Buffer.isBuffer(bytes)) return bytes;
  const plain = decrypt(bytes, secret);
  if (plain === null) return wrongSecret;
  const text = decodeUtf8(plain);
  plain.fill(0);
  if (text === null) return wrongSecret;
  const context = parseObject(text);
  if (context === null) {
    return fail(
      'not-json',
      'The payload was decrypted, but what came out is not a JSON object.',
      'Paste the payload of REQUEST_USER_DATA_RESPONSE or of exposeSessionDetails; other data may be encrypted with the same secret.',
    );
  }
  const active = context['activeLocation'];
  const inSubAccount = typeof active === 'string' && active !== '';
  const odd =
    inSubAccount && context['type'] === 'agency'
      ? ['"type" says agency although the page was opened in a sub-account: use activeLocation to tell.']
      : [];
  return {
    ok: true,
    json: JSON.stringify(context, null, 2),
    context: inSubAccount ? 'sub-account' : 'agency',
    fields: explainFields(context),
    notes: [...notes, ...odd],
  };
}

/** The bytes of a payload that has the right form, or why it has not. */
function readBytes(base64: string): Buffer | Failure {
  if (base64 === '') {
    return fail('empty', 'There is no payload to read.', 'Paste what the custom page received as "payload".');
  }
  if (/^[[{]/.test(base64)) {
    return fail(
      'not-encrypted',
      'This is readable JSON, not an encrypted payload.',
      'Paste the value of "payload" from REQUEST_USER_DATA_RESPONSE, which begins with U2FsdGVkX1.',
    );
  }
  const stray = /[^A-Za-z\d+/=]/.exec(base64);
  if (stray !== null) {
    const what = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(base64)
      ? 'This is a JSON Web Token, not a payload of a custom page.'
      : `The payload is not base64: it has "${stray[0]}" at place ${stray.index + 1}.`;
    return fail('not-base64', what, 'Copy the payload again, as it came and without anything around it.');
  }
  const unpadded = base64.replace(/=+$/, '');
  if (unpadded.includes('=') || unpadded.length % 4 === 1) {
    return fail(
      'not-base64',
      unpadded.includes('=')
        ? 'The payload is not base64: it has "=" before its end.'
        : `The payload is not base64: ${unpadded.length} characters cannot be whole bytes, so some are missing.`,
      'Copy the payload again; it was probably cut off.',
    );
  }
  const bytes = Buffer.from(unpadded, 'base64');
  if (bytes.subarray(0, prefix.length).toString('latin1') !== prefix) {
    return fail(
      'not-salted',
      'The payload is base64, but does not begin with "Salted__", as everything CryptoJS encrypts with a passphrase does.',
      'A payload of HighLevel begins with U2FsdGVkX1; copy it again from its beginning.',
    );
  }
  const encrypted = bytes.length - prefix.length - saltBytes;
  if (encrypted <= 0 || encrypted % blockBytes !== 0) {
    return fail(
      'wrong-length',
      encrypted <= 0
        ? 'The payload ends before any encrypted data.'
        : `The encrypted part is ${encrypted} bytes long, which is no multiple of ${blockBytes}: the payload was cut off.`,
      'Copy the whole payload; logs and consoles often shorten long texts.',
    );
  }
  return bytes;
}

/** Null when the padding is wrong: another secret, or altered bytes. */
function decrypt(bytes: Buffer, secret: string): Buffer | null {
  const salt = bytes.subarray(prefix.length, prefix.length + saltBytes);
  const keyAndIv = deriveKey(secret, salt);
  try {
    const decipher = createDecipheriv('aes-256-cbc', keyAndIv.subarray(0, 32), keyAndIv.subarray(32, 48));
    return Buffer.concat([decipher.update(bytes.subarray(prefix.length + saltBytes)), decipher.final()]);
  } catch {
    // OpenSSL's "bad decrypt" is the only failure left here, and the caller says it in words.
    return null;
  } finally {
    keyAndIv.fill(0);
  }
}

/** OpenSSL's EVP_BytesToKey: MD5, one round, 32 bytes of key and 16 of IV. */
function deriveKey(secret: string, salt: Buffer): Buffer {
  const keyAndIv = Buffer.alloc(48);
  let digest = Buffer.alloc(0);
  for (let at = 0; at < keyAndIv.length; at += digest.length) {
    digest = createHash('md5').update(digest).update(secret, 'utf8').update(salt).digest();
    digest.copy(keyAndIv, at);
  }
  digest.fill(0);
  return keyAndIv;
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A wrong secret passes the padding once in 256 times; what comes out is noise.
    return null;
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : null;
  } catch {
    // Said in words by the caller.
    return null;
  }
}

const fail = (reason: Failure['reason'], sentence: string, remedy: string): Failure => ({
  ok: false,
  reason,
  sentence,
  remedy,
});

const wrongSecret = fail(
  'bad-decrypt',
  'The payload has the right form, but this shared secret does not open it: the secret is another one, or the payload was altered.',
  'Generate a new shared secret in the portal (Advanced Settings, Auth), save it here, and reload the custom page: a payload made with the earlier one stays closed.',
);
