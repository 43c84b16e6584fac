import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { highlevelKeys } from '../../src/shared/highlevel/signature-keys.ts';
import type { HeaderPairs } from '../../src/shared/model/exchange.ts';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import type { VerificationKey } from '../../src/main/core/exchanges/types.ts';
import { verifySignature } from '../../src/main/core/webhooks/verify.ts';
import type { Receiver } from '../../src/main/core/webhooks/verify.ts';

const live: Receiver = { id: 'acme' as ProfileId, environment: 'live' };
const simulated: Receiver = { id: 'sim' as ProfileId, environment: 'simulator' };

const newEd25519 = () => generateKeyPairSync('ed25519');
const rsaPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pemOf = ({ publicKey }: { publicKey: ReturnType<typeof newEd25519>['publicKey'] }): string =>
  publicKey.export({ type: 'spki', format: 'pem' }).toString();

const highlevel = newEd25519();
const simulator = newEd25519();
const own = newEd25519();
const development = newEd25519();

const keys: VerificationKey[] = [
  { scheme: 'ed25519', pem: pemOf(highlevel), owner: 'highlevel', profileId: null },
  { scheme: 'rsa', pem: pemOf(rsaPair), owner: 'highlevel', profileId: null },
  { scheme: 'ed25519', pem: pemOf(simulator), owner: 'simulator', profileId: 'sim' as ProfileId },
  { scheme: 'ed25519', pem: pemOf(own), owner: 'profile', profileId: 'acme' as ProfileId },
  { scheme: 'ed25519', pem: pemOf(development), owner: 'development', profileId: null },
];

const body = Buffer.from('{"a":1, "é":"\\u00e9", "big":12345678901234567890}');
const ghl = (pair: ReturnType<typeof newEd25519>, bytes = body): string =>
  sign(null, bytes, pair.privateKey).toString('base64');
const wh = (bytes = body): string => sign('RSA-SHA256', bytes, rsaPair.privateKey).toString('base64');

const check = (headers: HeaderPairs, receiver: Receiver = live, known = keys, bytes: Uint8Array = body) =>
  verifySignature({ headers, body: bytes, complete: true }, receiver, known);

test('Ed25519 over the raw bytes is valid, and the key is named', () => {
  const der = highlevel.publicKey.export({ type: 'spki', format: 'der' });
  expect(check([['X-GHL-Signature', ghl(highlevel)]])).toEqual({
    verdict: 'valid',
    scheme: 'ed25519',
    keyOwner: 'highlevel',
    keyFingerprint: createHash('sha256').update(der).digest('hex'),
    header: 'X-GHL-Signature',
    reason: "The Ed25519 signature matches the body and HighLevel's published key.",
  });
  expect(check([['x-ghl-signature', ` ${ghl(highlevel)} `]]).verdict).toBe('valid');
});

test('a body that was parsed and written again does not match', () => {
  const rewritten = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
  expect(check([['X-GHL-Signature', ghl(highlevel, rewritten)]])).toMatchObject({
    verdict: 'invalid',
    scheme: 'ed25519',
    keyOwner: null,
    reason: expect.stringContaining('changed on the way'),
  });
});

test('RSA counts where the Ed25519 header is absent, empty or N/A, and not otherwise', () => {
  for (const absent of [
    [],
    [['X-GHL-Signature', 'N/A']],
    [['X-GHL-Signature', '']],
    [['X-GHL-Signature', ' n/a ']],
  ]) {
    const headers = [...(absent as HeaderPairs), ['X-WH-Signature', wh()] as [string, string]];
    expect(check(headers)).toMatchObject({
      verdict: 'valid',
      scheme: 'rsa',
      keyOwner: 'highlevel',
      header: 'X-WH-Signature',
    });
  }
  expect(
    check([
      ['X-WH-Signature', wh()],
      ['X-GHL-Signature', ghl(newEd25519())],
    ]),
  ).toMatchObject({ verdict: 'invalid', scheme: 'ed25519' });
  expect(check([['X-WH-Signature', wh(Buffer.from('other'))]])).toMatchObject({
    verdict: 'invalid',
    scheme: 'rsa',
  });
});

test('without a signature a message is unsigned, whatever else it carries', () => {
  const unsigned = { verdict: 'unsigned', scheme: null, keyOwner: null, header: null };
  expect(check([])).toMatchObject({ ...unsigned, reason: expect.stringContaining('X-GHL-Signature') });
  expect(
    check([
      ['X-GHL-Signature', 'N/A'],
      ['X-WH-Signature', 'N/A'],
    ]),
  ).toMatchObject(unsigned);
  expect(check([['X-Hub-Signature', 'sha256=00']])).toMatchObject(unsigned);
});

test('what cannot be a signature is invalid, and the reason says why', () => {
  const reason = (value: string): string => {
    const facts = check([['X-GHL-Signature', value]]);
    expect(facts).toMatchObject({ verdict: 'invalid', scheme: 'ed25519', header: 'X-GHL-Signature' });
    return facts.reason;
  };
  const hmac = createHmac('sha256', 'a secret made up').update(body);
  expect(reason('not base64!')).toContain('is not base64');
  expect(reason(Buffer.from(ghl(highlevel), 'base64').toString('hex'))).toContain('hexadecimal');
  expect(reason(`sha256=${'ab'.repeat(32)}`)).toContain('HMAC');
  expect(reason(hmac.digest('base64'))).toContain('HMAC');
  expect(reason(Buffer.alloc(63).toString('base64'))).toContain('63 bytes');
  expect(reason(ghl(highlevel).slice(0, -8))).toContain('bytes');
});

test('on a live profile only HighLevel’s keys and the profile’s own count; others are named', () => {
  expect(check([['X-GHL-Signature', ghl(own)]])).toMatchObject({ verdict: 'valid', keyOwner: 'profile' });
  expect(check([['X-GHL-Signature', ghl(simulator)]])).toMatchObject({
    verdict: 'invalid',
    keyOwner: 'simulator',
    reason: "Signed with the simulator's key, which does not count on a live profile.",
  });
  expect(check([['X-GHL-Signature', ghl(development)]])).toMatchObject({
    verdict: 'invalid',
    keyOwner: 'development',
    reason: expect.stringContaining('live profile'),
  });
  const other: Receiver = { id: 'other' as ProfileId, environment: 'live' };
  expect(check([['X-GHL-Signature', ghl(own)]], other)).toMatchObject({
    verdict: 'invalid',
    keyOwner: 'profile',
    reason: expect.stringContaining('another profile'),
  });
});

test('on a simulator profile that simulator’s key counts, and HighLevel’s does not', () => {
  expect(check([['X-GHL-Signature', ghl(simulator)]], simulated)).toMatchObject({
    verdict: 'valid',
    keyOwner: 'simulator',
  });
  expect(check([['X-GHL-Signature', ghl(highlevel)]], simulated)).toMatchObject({
    verdict: 'invalid',
    keyOwner: 'highlevel',
    reason: expect.stringContaining('simulator profile'),
  });
  const another: Receiver = { id: 'sim-2' as ProfileId, environment: 'simulator' };
  expect(check([['X-GHL-Signature', ghl(simulator)]], another)).toMatchObject({
    verdict: 'invalid',
    keyOwner: 'simulator',
  });
});

test('what is nobody’s is checked with HighLevel’s keys only', () => {
  expect(check([['X-GHL-Signature', ghl(highlevel)]], null)).toMatchObject({
    verdict: 'valid',
    keyOwner: 'highlevel',
  });
  expect(check([['X-GHL-Signature', ghl(simulator)]], null)).toMatchObject({
    verdict: 'invalid',
    keyOwner: 'simulator',
    reason: expect.stringContaining('no profile claims'),
  });
});

test('without a key, or with part of a body, nothing can be verified', () => {
  const header: HeaderPairs = [['X-GHL-Signature', ghl(highlevel)]];
  expect(check(header, live, [])).toMatchObject({
    verdict: 'unverifiable',
    scheme: 'ed25519',
    keyOwner: null,
  });
  const unreadable: VerificationKey = {
    scheme: 'ed25519',
    pem: 'not a key',
    owner: 'profile',
    profileId: live?.id ?? null,
  };
  expect(check(header, live, [unreadable])).toMatchObject({ verdict: 'unverifiable' });
  expect(verifySignature({ headers: header, body, complete: false }, live, keys)).toMatchObject({
    verdict: 'unverifiable',
    reason: expect.stringContaining('part of the body'),
  });
});

test('an empty body, and one that is no text, have signatures like any other', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from([0xff, 0xfe, 0x00])]) {
    expect(check([['X-GHL-Signature', ghl(highlevel, bytes)]], live, keys, bytes).verdict).toBe('valid');
  }
});

test('HighLevel’s published keys can be read by this Node, and have the fingerprints that are published with them', () => {
  const known = highlevelKeys.map((key): VerificationKey => ({ ...key, profileId: null }));
  for (const [header, value] of [
    ['X-GHL-Signature', Buffer.alloc(64).toString('base64')],
    ['X-WH-Signature', Buffer.alloc(512).toString('base64')],
  ] as const) {
    // An unreadable key would count as none, and the verdict would be `unverifiable`.
    expect(check([[header, value]], live, known).verdict).toBe('invalid');
  }
});
