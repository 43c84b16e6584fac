import { createHash, createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import type { HeaderPairs } from '../../src/shared/model/exchange.ts';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import type { SignatureAttempt } from '../../src/shared/model/webhook.ts';
import type { VerificationKey } from '../../src/main/core/exchanges/types.ts';
import { explainSignature, MOST_BYTES_TRIED } from '../../src/main/core/webhooks/explain-signature.ts';

const simulator = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const simulatorRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const payload = { type: 'ContactCreate', name: 'Zoë', site: 'https://example.com/a', tags: ['x', {}], n: 1 };
const body = Buffer.from(JSON.stringify(payload));
/** Keys whose signature of the body reads otherwise in base64url: about one in fifteen does not. */
function tellingKeys(): { publicKey: KeyObject; privateKey: KeyObject } {
  for (;;) {
    const pair = generateKeyPairSync('ed25519');
    if (/[-_]/.test(sign(null, body, pair.privateKey).toString('base64url'))) return pair;
  }
}
const ed = tellingKeys();
/** Keys that nobody here knows. */
const strangers = {
  ed25519: generateKeyPairSync('ed25519'),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const profileId = 'acme' as ProfileId;
const pem = (pair: Pick<typeof ed, 'publicKey'>): string =>
  pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const keys: VerificationKey[] = [
  { scheme: 'ed25519', pem: pem(ed), owner: 'highlevel', profileId: null },
  { scheme: 'rsa', pem: pem(rsa), owner: 'highlevel', profileId: null },
  { scheme: 'ed25519', pem: pem(simulator), owner: 'simulator', profileId: 'sim' as ProfileId },
  { scheme: 'rsa', pem: pem(simulatorRsa), owner: 'simulator', profileId: 'sim' as ProfileId },
];
const secrets = [
  { name: 'client secret', value: 'the-client-secret-value' },
  { name: 'shared secret of its custom pages', value: 'the-sso-secret-value' },
];

/** How each scheme signs, and under which header. */
const schemes = {
  ed25519: {
    header: 'X-GHL-Signature',
    other: 'X-WH-Signature',
    sign: (bytes: Uint8Array) => sign(null, bytes, ed.privateKey),
    bySimulator: (bytes: Uint8Array) => sign(null, bytes, simulator.privateKey),
    byStranger: (bytes: Uint8Array) => sign(null, bytes, strangers.ed25519.privateKey),
  },
  rsa: {
    header: 'X-WH-Signature',
    other: 'X-GHL-Signature',
    sign: (bytes: Uint8Array) => sign('RSA-SHA256', bytes, rsa.privateKey),
    bySimulator: (bytes: Uint8Array) => sign('RSA-SHA256', bytes, simulatorRsa.privateKey),
    byStranger: (bytes: Uint8Array) => sign('RSA-SHA256', bytes, strangers.rsa.privateKey),
  },
} as const;

const explain = (headers: HeaderPairs, bytes: Uint8Array = body, complete = true) =>
  explainSignature({
    message: { headers, body: bytes, complete },
    receiver: { id: profileId, environment: 'live' },
    keys,
    secrets,
  });
const matched = (attempts: readonly SignatureAttempt[]): string[] =>
  attempts.filter(({ outcome }) => outcome === 'matches').map(({ id }) => id);
const withNewline = Buffer.concat([body, Buffer.from('\n')]);
const php = Buffer.from(JSON.stringify(payload).replaceAll('/', '\\/').replaceAll('ë', '\\u00eb'));

for (const [scheme, { header, other, sign: signed, bySimulator, byStranger }] of Object.entries(schemes)) {
  const b64 = (bytes: Uint8Array): string => signed(bytes).toString('base64');

  test(`${scheme}: a signature over the bytes that came holds, and the key and the bytes are named`, () => {
    const { attempts, conclusion, ...rest } = explain([[header, b64(body)]]);
    expect(rest).toMatchObject({
      facts: { verdict: 'valid', scheme, keyOwner: 'highlevel', header },
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    });
    expect(matched(attempts)).toEqual(['as-received']);
    expect(conclusion).toContain(`Exactly these ${body.length} bytes`);
    expect(rest.keys.map(({ owner }) => owner)).toEqual(['highlevel', 'highlevel']);
  });

  const rewritings: [what: string, signedBody: Buffer, came: Buffer, id: string, words: string][] = [
    [
      'compact JSON that came indented',
      body,
      Buffer.from(JSON.stringify(payload, null, 2)),
      'json',
      'JSON.stringify',
    ],
    [
      'indented JSON that came compact',
      Buffer.from(JSON.stringify(payload, null, 2)),
      body,
      'json',
      'two blanks',
    ],
    ['PHP escapes that came unescaped', php, body, 'json', 'PHP'],
    ['plain JSON that came with escapes', body, php, 'json', 'JSON.stringify'],
    ['a newline that was lost', withNewline, body, 'newline', 'with a newline at its end'],
    ['a newline that was added', body, withNewline, 'newline', 'without the newline'],
    [
      'a byte order mark that was added',
      body,
      Buffer.from(`\uFEFF${body.toString()}`),
      'text-encoding',
      'byte order mark',
    ],
    ['Latin-1 that came as UTF-8', Buffer.from(body.toString(), 'latin1'), body, 'text-encoding', 'Latin-1'],
    ['UTF-8 that came as Latin-1', body, Buffer.from(body.toString(), 'latin1'), 'text-encoding', 'Latin-1'],
  ];
  for (const [what, signedBody, came, id, words] of rewritings) {
    test(`${scheme}: ${what} is found, with the first differing byte`, () => {
      const { facts, attempts, conclusion } = explain([[header, b64(signedBody)]], came);
      expect(facts.verdict).toBe('invalid');
      expect(matched(attempts)).toContain(id);
      expect(conclusion).toContain(words);
      const attempt = attempts.find((one) => one.id === id);
      const offset = attempt?.difference?.offset ?? -1;
      expect(Buffer.compare(came.subarray(0, offset), signedBody.subarray(0, offset))).toBe(0);
      expect(came[offset]).not.toBe(signedBody[offset]);
    });
  }

  test(`${scheme}: under the other header it is named as swapped`, () => {
    const { facts, attempts, conclusion } = explain([[other, b64(body)]]);
    expect(facts.verdict).toBe('invalid');
    expect(matched(attempts)).toEqual(['other-scheme']);
    expect(conclusion).toContain(`goes into ${header}`);
  });

  for (const [writing, text] of [
    ['hex', signed(body).toString('hex')],
    ['base64url', signed(body).toString('base64url')],
    ['behind a prefix', `sha256=${b64(body)}`],
  ] as const) {
    test(`${scheme}: written in or ${writing} it is recognised`, () => {
      const { facts, attempts, conclusion } = explain([[header, text]]);
      expect(facts.verdict).toBe('invalid');
      expect(matched(attempts)).toEqual(['signature-text']);
      expect(conclusion).toContain(writing);
    });
  }

  test(`${scheme}: a body altered in content is said to be that, after everything was tried`, () => {
    const altered = Buffer.from(body.toString().replace('"n":1', '"n":2'));
    const { attempts, conclusion } = explain([[header, b64(body)]], altered);
    expect(matched(attempts)).toEqual([]);
    expect(attempts.map(({ id }) => id)).toEqual([
      'as-received',
      'other-key',
      'other-header',
      'other-scheme',
      'signature-text',
      'shared-secret',
      'json',
      'newline',
      'text-encoding',
    ]);
    expect(conclusion).toContain('the content itself was altered');
  });

  test(`${scheme}: an HMAC is recognised with every secret and writing, and no secret is told`, () => {
    for (const { name, value } of secrets) {
      for (const [algorithm, encoding] of [
        ['sha256', 'hex'],
        ['sha256', 'base64'],
        ['sha1', 'hex'],
      ] as const) {
        const digest = createHmac(algorithm, value).update(body).digest(encoding);
        const explanation = explain([[header, `${encoding === 'hex' ? `${algorithm}=` : ''}${digest}`]]);
        expect(matched(explanation.attempts)).toEqual(['shared-secret']);
        expect(explanation.conclusion).toContain(`HMAC-${algorithm.toUpperCase()} with the ${name}`);
        for (const secret of secrets) expect(JSON.stringify(explanation)).not.toContain(secret.value);
      }
    }
  });

  test(`${scheme}: a known key that does not count here is named`, () => {
    const { facts, attempts, conclusion } = explain([[header, bySimulator(body).toString('base64')]]);
    expect(facts).toMatchObject({ verdict: 'invalid', scheme, keyOwner: 'simulator' });
    expect(matched(attempts)).toEqual(['other-key']);
    expect(conclusion).toContain("The simulator's key has signed exactly these bytes");
  });

  test(`${scheme}: a key nobody knows matches nothing, and all of them were tried`, () => {
    const { facts, attempts, conclusion } = explain([[header, byStranger(body).toString('base64')]]);
    expect(facts).toMatchObject({ verdict: 'invalid', scheme, keyOwner: null });
    expect(matched(attempts)).toEqual([]);
    expect(attempts.find(({ id }) => id === 'other-key')).toMatchObject({ outcome: 'no-match' });
    expect(conclusion).toContain('somebody else');
  });

  test(`${scheme}: N/A stands for no signature`, () => {
    const { facts, attempts, conclusion, headers } = explain([[header, 'N/A']]);
    expect(facts.verdict).toBe('unsigned');
    expect(attempts).toEqual([]);
    expect(conclusion).toContain(`${header} says "N/A"`);
    expect(headers.find(({ name }) => name === header)).toMatchObject({ value: 'N/A', state: 'absent' });
  });
}

test('a good RSA signature beside a bad Ed25519 one is told', () => {
  const { conclusion, attempts } = explain([
    ['X-GHL-Signature', Buffer.alloc(64, 7).toString('base64')],
    ['X-WH-Signature', schemes.rsa.sign(body).toString('base64')],
  ]);
  expect(matched(attempts)).toEqual(['other-header']);
  expect(conclusion).toContain('X-WH-Signature holds');
});

test('an incomplete body and a very large one are not guessed at', () => {
  const signature: HeaderPairs = [['X-GHL-Signature', schemes.ed25519.sign(body).toString('base64')]];
  expect(explain(signature, body.subarray(0, 9), false)).toMatchObject({
    facts: { verdict: 'unverifiable' },
    attempts: [],
  });
  const large = Buffer.from(`{"a":"${'x'.repeat(MOST_BYTES_TRIED)}"}`);
  const { attempts } = explain(signature, large);
  expect(attempts.find(({ id }) => id === 'json')).toMatchObject({ outcome: 'skipped' });
});

test('the SDK reads base64 and no other writing', () => {
  const signature = schemes.ed25519.sign(body);
  const verdict = (text: string) => explain([['X-GHL-Signature', text]]).sdk.verdict;
  expect(verdict(signature.toString('base64'))).toBe('accepts');
  expect(verdict(signature.toString('base64url'))).toBe('accepts');
  expect(verdict(signature.toString('hex'))).toBe('rejects');
  expect(verdict('N/A')).toBe('rejects');
  expect(verdict('')).toBe('skipped');
});
