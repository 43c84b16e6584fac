import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/main/core/vault/redaction/create-redactor.ts';
import { createKnownSecrets } from '../../src/main/core/vault/redaction/known-secrets.ts';

const clientSecret = 'b9e3c1d2-7f60-4c1b-9a52-0d8e5f6a7b1c';
const awkward = 'a/b "quoted" \\ 100% ünï 🔑';
const code = '7676cjcbdc6d5c4d9a0b1e2f3a4b5c6d7e8f9a0b';
const pit = 'pit-0a1b2c3d-1111-4222-8333-444455556666';

function redactor() {
  const known = createKnownSecrets();
  known.add('profile/acme/client-secret', [clientSecret]);
  known.add('token/location:acme:one', [awkward]);
  return createRedactor(known);
}

const json = 'application/json; charset=utf-8';
const form = 'application/x-www-form-urlencoded';

function cut(body: string | Uint8Array, contentType: string | null) {
  const { bytes, marks } = redactor().body(Buffer.from(body), contentType);
  return { text: Buffer.from(bytes).toString('utf8'), marks: marks ?? [] };
}

describe('JSON bodies', () => {
  const cases: [string, string, string][] = [
    [
      'by name',
      '{"access_token":"abc","expires_in":86399}',
      '{"access_token":"********","expires_in":86399}',
    ],
    ['in camel case', '{"refreshToken":"abc"}', '{"refreshToken":"********"}'],
    [
      'with its blanks kept',
      '{ "client_secret" :\t"abc" ,\n"a":1 }',
      '{ "client_secret" :\t"********" ,\n"a":1 }',
    ],
    ['at any depth', '[{"a":{"b":[{"authtoken":"x"}]}}]', '[{"a":{"b":[{"authtoken":"********"}]}}]'],
    [
      'in an array under the name',
      '{"api_key":["x","y"],"z":"w"}',
      '{"api_key":["********","********"],"z":"w"}',
    ],
    [
      'not in an object under the name',
      '{"authorization":{"type":"oauth"}}',
      '{"authorization":{"type":"oauth"}}',
    ],
    ['under a name spelt with escapes', '{"access\\u005ftoken":"x"}', '{"access\\u005ftoken":"********"}'],
    ['whole, whatever it escapes', '{"password":"a\\"b\\\\","c":1}', '{"password":"********","c":1}'],
    ['in a text that was cut off', '{"a":1,"refresh_token":"abc', '{"a":1,"refresh_token":"********'],
    ['in a text that is wrong', '{,,"access_token":"x"]}]["a', '{,,"access_token":"********"]}]["a'],
    ['after a backslash at the end', '{"access_token":"x\\', '{"access_token":"********'],
    ['two texts in one body', '{"jwt":1}\n{"id_token":"x"}', '{"jwt":1}\n{"id_token":"********"}'],
    [
      'in JSON that stands in a string',
      '{"raw":"{\\"access_token\\":\\"x\\"}"}',
      '{"raw":"{\\"access_token\\":\\"********\\"}"}',
    ],
    ['in a URL', `{"to":"http://h/cb?code=${code}&a=b"}`, '{"to":"http://h/cb?code=********&a=b"}'],
    ['an authorization code', `{"code":"${code}"}`, '{"code":"********"}'],
    [
      'no error code',
      '{"error":{"code":"invalid_scope","n":404}}',
      '{"error":{"code":"invalid_scope","n":404}}',
    ],
    [
      'any code in a grant',
      '{"grant_type":"authorization_code","code":"x"}',
      '{"grant_type":"authorization_code","code":"********"}',
    ],
    ['no empty value', '{"access_token":""}', '{"access_token":""}'],
    ['nothing twice', '{"access_token":"********"}', '{"access_token":"********"}'],
    ['no number or null', '{"token":12,"password":null}', '{"token":12,"password":null}'],
    ['no page token', '{"nextPageToken":"abcdef0123456789"}', '{"nextPageToken":"abcdef0123456789"}'],
    ['a known value anywhere', `{"note":"is ${clientSecret}!"}`, '{"note":"is ********!"}'],
    ['a known value as a name', `{"${clientSecret}":1}`, '{"********":1}'],
    ['a private integration token', `{"x":"${pit}"}`, '{"x":"********"}'],
    ['nothing that only begins like one', '{"x":"pit-stop at 12"}', '{"x":"pit-stop at 12"}'],
  ];

  it.each(cases)('%s', (_, body, expected) => {
    expect(cut(body, json).text).toBe(expected);
  });

  it('finds a known value however JSON spells it', () => {
    const spellings = [
      JSON.stringify(awkward),
      JSON.stringify(awkward).replaceAll('/', '\\/'),
      `"${escaped(awkward)}"`,
      JSON.stringify(JSON.stringify({ inner: awkward })).replaceAll(/[ü🔑]/gu, escaped),
    ];
    for (const spelling of spellings) {
      const { text, marks } = cut(`{"note":${spelling}}`, json);
      expect(text).toMatch(/^\{"note":".*\*{8}.*"\}$/);
      expect(JSON.stringify(JSON.parse(text))).not.toContain('quoted');
      expect(marks).toEqual([expect.objectContaining({ reference: 'token/location:acme:one' })]);
    }
  });

  it('marks each cut by offset, length, kind and where the vault keeps it', () => {
    const { text, marks } = cut(`{"é":1,"client_secret":"${clientSecret}","refresh_token":"other"}`, json);
    expect(text).toBe('{"é":1,"client_secret":"********","refresh_token":"********"}');
    expect(marks).toEqual([
      { offset: 25, length: 36, kind: 'client_secret', reference: 'profile/acme/client-secret' },
      { offset: 52, length: 5, kind: 'refresh_token', reference: null },
    ]);
  });
});

describe('other bodies', () => {
  it.each([
    [
      'a form',
      `client_id=a-b&client_secret=${clientSecret}&grant_type=authorization_code&code=x&redirect_uri=http%3A%2F%2Fh`,
      form,
      'client_id=a-b&client_secret=********&grant_type=authorization_code&code=********&redirect_uri=http%3A%2F%2Fh',
    ],
    ['a form without a content type', 'refresh_token=x&a=b', null, 'refresh_token=********&a=b'],
    ['a form whose names are encoded', 'refresh%5Ftoken=x', form, 'refresh%5Ftoken=********'],
    ['a form with a known value', `note=${encodeURIComponent(awkward)}+x`, form, 'note=********+x'],
    [
      'a form in lower-case escapes',
      'note=a%2fb%20%22quoted%22%20%5c%20100%25%20%c3%bcn%c3%af%20%f0%9f%94%91',
      form,
      'note=********',
    ],
    [
      'a form with JSON in it',
      'data=%7B%22accessToken%22%3A%22x%22%7D',
      form,
      'data=%7B%22accessToken%22%3A%22********%22%7D',
    ],
    ['a form with a bad escape', 'a=%ZZ%&password=%', form, 'a=%ZZ%&password=********'],
    [
      'HTML',
      `<p title="${clientSecret}">access_token=abc</p>`,
      'text/html',
      '<p title="********">access_token=abc</p>',
    ],
    ['JSON under another name', '{"access_token":"x"}', 'text/plain', '{"access_token":"********"}'],
    [
      'JSON after a byte order mark',
      '\uFEFF {"access_token":"x"}',
      null,
      '\uFEFF {"access_token":"********"}',
    ],
    ['a vendor type', '{"access_token":"x"}', 'application/vnd.api+json', '{"access_token":"********"}'],
  ])('%s', (_, body, contentType, expected) => {
    expect(cut(body, contentType).text).toBe(expected);
  });

  it('keeps binary bytes and finds a known value between them', () => {
    const before = Uint8Array.of(0, 255, 254, 0x22, 0x80, 0xc3);
    const body = Buffer.concat([before, Buffer.from(clientSecret), before]);
    const { bytes, marks } = redactor().body(body, 'application/octet-stream');
    expect(Buffer.from(bytes)).toEqual(Buffer.concat([before, Buffer.from('********'), before]));
    expect(marks).toHaveLength(1);
  });

  it('gives a body without secrets back as it is', () => {
    const body = Buffer.from('{"id": 12345678901234567890, "a":"\\u00e9"}');
    expect(redactor().body(body, json)).toEqual({ bytes: body, marks: [] });
    expect(redactor().body(new Uint8Array(), json)).toEqual({ bytes: new Uint8Array(), marks: [] });
  });
});

it('changes no byte outside its marks, and leaves no secret inside, whatever the body', () => {
  const random = generator(20_260_101);
  const pieces = [
    '{', '}', '[', ']', ',', ':', '"', '\\', '\\"', '\\u00e9', '\\ud83d\\udd11', 'é', '🔑', '&', '=', '%', '+', '?', ' ', '\n',
    '"access_token":"', '"code":"', 'client_secret=', 'state=', 'http://h/callback?code=', 'pit-', clientSecret,
    pit, JSON.stringify(awkward), encodeURIComponent(awkward), 'x', '12', '********',
  ]; // prettier-ignore
  const types = [json, form, 'text/html', null];
  let marked = 0;
  for (let round = 0; round < 4000; round += 1) {
    const body = Buffer.from(
      Array.from({ length: 1 + random(24) }, () => pieces[random(pieces.length)]).join(''),
    );
    const { bytes, marks = [] } = redactor().body(body, types[random(types.length)] ?? null);
    marked += marks.length;
    const restored: Uint8Array[] = [];
    let from = 0;
    let original = 0;
    for (const { offset, length } of marks) {
      expect(Buffer.from(bytes.subarray(offset, offset + 8)).toString()).toBe('********');
      restored.push(bytes.subarray(from, offset));
      original += offset - from;
      restored.push(body.subarray(original, original + length));
      original += length;
      from = offset + 8;
    }
    restored.push(bytes.subarray(from));
    expect(Buffer.concat(restored)).toEqual(body);
    for (const secret of [clientSecret, pit]) expect(Buffer.from(bytes).includes(secret)).toBe(false);
  }
  expect(marked).toBeGreaterThan(1000);
});

describe('URLs', () => {
  it.each([
    ['/oauth/callback?code=abc&state=xyz&x=%20y', '/oauth/callback?code=********&state=********&x=%20y'],
    ['/auth/return?state=xyz&error=denied', '/auth/return?state=********&error=denied'],
    [
      'https://h/v2/oauth/chooselocation?client_id=a&state=s#f',
      'https://h/v2/oauth/chooselocation?client_id=a&state=********#f',
    ],
    ['/contacts/?state=CA&query=a+b', '/contacts/?state=CA&query=a+b'],
    ['https://h/#access_token=abc&token_type=Bearer', 'https://h/#access_token=********&token_type=Bearer'],
    ['https://me:pw@h:1/p?a', 'https://me:********@h:1/p?a'],
    [
      '/x?next=http%3A%2F%2Fh%2Fcb%3Fcode%3Dabc%26z%3D1&b',
      '/x?next=http%3A%2F%2Fh%2Fcb%3Fcode%3D********%26z%3D1&b',
    ],
    [
      `/secrets/${clientSecret}/edit?api_key=&access_token=%`,
      '/secrets/********/edit?api_key=&access_token=********',
    ],
    [`/x?q=${encodeURIComponent(awkward)}`, '/x?q=********'],
    ['/callback?code=********', '/callback?code=********'],
    ['not a url', 'not a url'],
  ])('%s', (url, expected) => {
    expect(redactor().url(url)).toBe(expected);
  });
});

it('masks headers by name and by value, in their order and spelling', () => {
  expect(
    redactor().headers([
      ['AUTHORIZATION', 'Bearer abc.def'],
      ['authorization', 'abc'],
      ['Proxy-Authorization', 'Basic dTpw'],
      ['Cookie', 'sid=abc; theme=dark;bare'],
      ['Set-Cookie', 'sid=abc=d; Path=/; HttpOnly'],
      ['X-Api-Key', 'abc'],
      ['x-ghl-client-secret', 'abc'],
      ['Location', 'http://h/callback?code=abc&a=b'],
      ['X-Note', `has ${clientSecret} in it`],
      ['X-GHL-Signature', 'c2ln+bmF0dXJl/ZQ=='],
      ['Version', '2021-07-28'],
      ['authorization', ''],
    ]),
  ).toEqual([
    ['AUTHORIZATION', 'Bearer ********'],
    ['authorization', '********'],
    ['Proxy-Authorization', 'Basic ********'],
    ['Cookie', 'sid=********; theme=********;********'],
    ['Set-Cookie', 'sid=********; Path=/; HttpOnly'],
    ['X-Api-Key', '********'],
    ['x-ghl-client-secret', '********'],
    ['Location', 'http://h/callback?code=********&a=b'],
    ['X-Note', 'has ******** in it'],
    ['X-GHL-Signature', 'c2ln+bmF0dXJl/ZQ=='],
    ['Version', '2021-07-28'],
    ['authorization', ''],
  ]);
});

it.each([
  [`sent ${clientSecret} to the edge`, 'sent ******** to the edge'],
  ['Authorization: Bearer abcdefghij failed', 'Authorization: Bearer ******** failed'],
  ['client_secret=foo&x=1', 'client_secret=********&x=1'],
  ['{"accessToken":"foo","code":"E12"}', '{"accessToken":"********","code":"E12"}'],
  ['{\\"refresh_token\\":\\"foo\\"}', '{\\"refresh_token\\":\\"********\\"}'],
  ['token eyJhbGciOi.eyJzdWIiOi.sig-nature expired', 'token ******** expired'],
  [`with ${pit}.`, 'with ********.'],
  ['the port 4400 is busy: code EADDRINUSE', 'the port 4400 is busy: code EADDRINUSE'],
])('log text %s', (text, expected) => {
  expect(redactor().text(text)).toBe(expected);
});

it('log text of one long word, as a file in base64 is', () => {
  const word = 'A'.repeat(2_000_000);
  expect(redactor().text(`${word} client_secret=foo`)).toBe(`${word} client_secret=********`);
});

const escaped = (character: string) =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');

/** Numbers below a bound, the same ones in every run (mulberry32). */
function generator(seed: number) {
  let state = seed;
  return (bound: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
