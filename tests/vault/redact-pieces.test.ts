import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/main/core/vault/redaction/create-redactor.ts';
import { createKnownSecrets } from '../../src/main/core/vault/redaction/known-secrets.ts';

const known = createKnownSecrets();
known.add('token/one', [
  'known-secret-value/with-a-slash+and-more-than-sixty-four-characters-of-it-1234567890',
]);
known.add('profile/one/client-secret', ['known"quoted']);
const redactor = createRedactor(known);

const filler = JSON.stringify({ id: 'c1', name: 'Ada "the first" Lovelace', list: [1, [2, { a: null }]] });
const rows = (count: number): string => Array.from({ length: count }, () => filler).join(',');
const inner = JSON.stringify({ refresh_token: 'inner-refresh-token-0001', plain: 'x'.repeat(3000) });

const bodies: Readonly<Record<string, readonly [contentType: string | null, body: string]>> = {
  'JSON with secrets by name, by value and in a text within a text': [
    'application/json',
    `{"rows":[${rows(4000)}],"access_token":"secret-by-name-00000001","tokens":["s1","s2"],"more":[${rows(3000)}],
      "kept":${JSON.stringify(inner)},"known":"known-secret-value\\/with-a-slash+and-more-than-sixty-four-characters-of-it-1234567890",
      "q":"known\\"quoted","url":"https://x.test/?code=abcdefghij0123456789&state=s&client_id=1",
      "pit":"pit-01234567-89ab-cdef-0123-456789abcdef","rest":[${rows(2000)}],"refresh_token":"last-one-000001"}`,
  ],
  'JSON that breaks off within a secret': [
    'application/json',
    `{"rows":[${rows(6000)}],"access_token":"secret-that-is-cut-o`,
  ],
  'JSON of one long string': [
    'application/json',
    `{"long":"${'text '.repeat(200_000)}known\\"quoted${'x'.repeat(1000)}"}`,
  ],
  'text with known values': [
    'text/plain',
    `${'words '.repeat(60_000)}pit-01234567-89ab-cdef-0123-456789abcdef${'words '.repeat(60_000)}known"quoted`,
  ],
  'a form': [
    'application/x-www-form-urlencoded',
    `a=${'b'.repeat(400_000)}&client_secret=form-secret-00000001&grant_type=x&code=form-code-000001`,
  ],
  'a short body': ['application/json', '{"access_token":"short-secret-0000001"}'],
  'an empty body': [null, ''],
};

/** As it would come over a wire, in pieces of many lengths. */
function inPieces(contentType: string | null, body: Uint8Array, lengths: readonly number[]) {
  const pieces = redactor.pieces(contentType);
  const given: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < body.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    // What is given is good until the next call.
    given.push(...pieces.push(body.subarray(at, at + length)).map((piece) => Buffer.from(piece)));
    at += length;
  }
  given.push(...pieces.end());
  return { text: Buffer.concat(given).toString('utf8'), marks: pieces.marks };
}

describe('a body that comes in pieces is redacted as the whole is', () => {
  it.each(Object.entries(bodies))('%s', (_name, [contentType, text]) => {
    const body = Buffer.from(text);
    const whole = redactor.body(body, contentType);
    const expected = { text: Buffer.from(whole.bytes).toString('utf8'), marks: whole.marks ?? [] };
    expect(expected.text).not.toMatch(
      /secret-by-name|inner-refresh|short-secret|form-secret|known\\?"quoted/,
    );
    for (const lengths of [[65_536], [1021, 70_001], [262_144], [300_000, 1], [body.length || 1]])
      expect(inPieces(contentType, body, lengths)).toEqual(expected);
  });
});
