import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decryptUserContext } from '../../src/main/core/sso/decrypt-user-context.ts';

const secret = '6f4d1f0e-2f55-4e0a-9a57-3a3b6d1f5c11';
const context = {
  userId: 'MKQJ7wOVVmNOMvrnKKKK',
  companyId: 'GNb7aIv4rQFVb9iwNl5K',
  role: 'admin',
  type: 'agency',
  activeLocation: 'yLKVZpNppIdYpah4RjNE',
  userName: 'Zoë “Zed” Doe',
  email: 'zoe@example.com',
  isAgencyOwner: false,
  versionId: '665c6bb13d4e5364bdec0e2f',
  appStatus: 'live',
  whitelabelDetails: { domain: 'app.example.com', logoUrl: 'https://example.com/logo.png' },
};

/** What `CryptoJS.AES.encrypt(text, secret).toString()` gives, with a salt of the test's own. */
function encrypt(text: string, salt = Buffer.from('saltsalt')): string {
  const blocks: Buffer[] = [];
  while (blocks.length < 3) {
    const before = blocks.at(-1) ?? Buffer.alloc(0);
    blocks.push(
      createHash('md5')
        .update(Buffer.concat([before, Buffer.from(secret), salt]))
        .digest(),
    );
  }
  const key = Buffer.concat(blocks);
  const cipher = createCipheriv('aes-256-cbc', key.subarray(0, 32), key.subarray(32));
  return Buffer.concat([Buffer.from('Salted__'), salt, cipher.update(text), cipher.final()]).toString(
    'base64',
  );
}
const payload = encrypt(JSON.stringify(context));

const opened = (pasted: string) => {
  const reading = decryptUserContext(pasted, secret);
  if (!reading.ok) throw new Error(reading.sentence);
  return reading;
};
const refused = (pasted: string, with_ = secret) => {
  const reading = decryptUserContext(pasted, with_);
  if (reading.ok) throw new Error('it was opened');
  expect(JSON.stringify(reading)).not.toContain(with_);
  return reading;
};

describe('a payload of a custom page', () => {
  it('made by OpenSSL itself is opened', () => {
    // printf '{"userId":…}' | openssl enc -aes-256-cbc -md md5 -S 0102030405060708 -k shared-secret, header put before it.
    const made =
      'U2FsdGVkX18BAgMEBQYHCBQ1dftV2X067ZqxeThp2BtdtjjLNEazWrw1y9I3kMjyV6dtrOL4cIjp5d1K1S+NIMrgfylyRkSmYeQiUYcAWJE=';
    expect(decryptUserContext(made, 'shared-secret')).toMatchObject({
      ok: true,
      context: 'agency',
      json: JSON.stringify({ userId: 'u1', companyId: 'c1', type: 'agency' }, null, 2),
    });
  });

  it('is decrypted, each field explained, and the sub-account told by activeLocation', () => {
    const reading = opened(payload);
    expect(JSON.parse(reading.json)).toEqual(context);
    expect(reading.context).toBe('sub-account');
    expect(reading.notes).toEqual([expect.stringContaining('use activeLocation')]);
    expect(reading.fields.find(({ name }) => name === 'whitelabelDetails.domain')).toMatchObject({
      value: '"app.example.com"',
      documented: true,
    });
    expect(reading.fields.every(({ explanation }) => explanation.endsWith('.'))).toBe(true);
  });

  it('of the agency view has no activeLocation, and unknown fields are shown all the same', () => {
    const { activeLocation: _activeLocation, ...agency } = context;
    const reading = opened(encrypt(JSON.stringify({ ...agency, planet: 'Mars' })));
    expect(reading.context).toBe('agency');
    expect(reading.notes).toEqual([]);
    expect(reading.fields.find(({ name }) => name === 'activeLocation')?.value).toBeNull();
    expect(reading.fields.at(-1)).toMatchObject({ name: 'planet', value: '"Mars"', documented: false });
  });

  it.each([
    ['as the whole message', JSON.stringify({ message: 'REQUEST_USER_DATA_RESPONSE', payload })],
    ['as a body with another name', JSON.stringify({ key: payload })],
    ['in quotes', `"${payload}"`],
    ['broken over lines', payload.replace(/(.{40})/g, '$1\n  ')],
    ['percent-encoded', encodeURIComponent(payload)],
    ['with a blank for each plus', payload.replaceAll('+', ' ')],
    ['without its padding', payload.replace(/=+$/, '')],
  ])('is read %s', (_, pasted) => {
    expect(JSON.parse(opened(pasted).json)).toEqual(context);
  });
});

describe('a payload that cannot be opened says exactly why', () => {
  const bytes = Buffer.from(payload, 'base64');
  it.each([
    ['empty', '   ', 'There is no payload'],
    ['not-encrypted', JSON.stringify(context), 'readable JSON'],
    ['not-base64', `${payload.slice(0, 20)}*${payload.slice(20)}`, 'has "*" at place 21'],
    ['not-base64', 'eyJhbGciOi.eyJzdWIi.c2ln-_', 'JSON Web Token'],
    ['not-base64', `${payload.slice(0, 8)}=${payload.slice(8)}`, '"=" before its end'],
    ['not-base64', bytes.toString('base64').replace(/=+$/, '').slice(0, 41), '41 characters'],
    ['not-salted', Buffer.from('hello, world, this is no salt').toString('base64'), 'Salted__'],
    ['wrong-length', bytes.subarray(0, 16).toString('base64'), 'before any encrypted data'],
    ['wrong-length', bytes.subarray(0, bytes.length - 5).toString('base64'), 'no multiple of 16'],
    ['not-json', encrypt('hello'), 'not a JSON object'],
    ['not-json', encrypt('[1]'), 'not a JSON object'],
  ])('%s', (reason, pasted, said) => {
    expect(refused(pasted)).toMatchObject({ reason, sentence: expect.stringContaining(said) });
  });

  it('bad-decrypt for another secret, whatever it is, and for an altered last block', () => {
    for (let number = 0; number < 600; number += 1) {
      expect(refused(payload, `not the secret ${number}`).reason).toBe('bad-decrypt');
    }
    const altered = Buffer.from(bytes);
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 0xff;
    expect(refused(altered.toString('base64')).reason).toBe('bad-decrypt');
  });

  it('bad-decrypt where the first block is altered: nothing checks the rest', () => {
    const altered = Buffer.from(bytes);
    altered[20] = (altered[20] ?? 0) ^ 0x01;
    expect(['bad-decrypt', 'not-json']).toContain(refused(altered.toString('base64')).reason);
  });
});
