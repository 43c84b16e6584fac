import { describe, expect, it } from 'vitest';
import { parseCurl } from '../../src/shared/curl/parse-curl.ts';
import { shellWords } from '../../src/shared/curl/shell-words.ts';

describe('a cURL command', () => {
  it('becomes the request it sends, without its token', () => {
    const request = parseCurl(`curl --request POST \\
      --url 'https://services.leadconnectorhq.com/contacts/?a=1&b=x%20y' \\
      --header 'Authorization: Bearer secret-value' \\
      -H "Version: 2021-07-28" -H 'Content-Type: application/json' \\
      --data '{"firstName":"D'\\''Arcy"}'`);
    expect(request).toEqual({
      method: 'POST',
      url: 'https://services.leadconnectorhq.com/contacts/',
      query: [
        { name: 'a', value: '1' },
        { name: 'b', value: 'x y' },
      ],
      headers: [{ name: 'Version', value: '2021-07-28' }],
      bodyKind: 'json',
      body: `{"firstName":"D'Arcy"}`,
      parts: [],
      leftOut: ['Its token was left out: the companion chooses one of its own.'],
    });
    expect(JSON.stringify(request)).not.toContain('secret-value');
  });

  it.each([
    ['curl https://x/y', { method: 'GET', bodyKind: 'none' }],
    ['curl -XDELETE https://x/y', { method: 'DELETE', url: 'https://x/y' }],
    [
      'curl https://x/y -d a=1 -d b=2',
      {
        method: 'POST',
        bodyKind: 'form',
        parts: [
          { name: 'a', value: '1' },
          { name: 'b', value: '2' },
        ],
      },
    ],
    [
      'curl -G https://x/y?z=0 -d a=1',
      {
        method: 'GET',
        query: [
          { name: 'z', value: '0' },
          { name: 'a', value: '1' },
        ],
        bodyKind: 'none',
      },
    ],
    [`curl --json '{"a":1}' https://x/y`, { method: 'POST', bodyKind: 'json', body: '{"a":1}' }],
    [
      "curl -F name=logo -F file=@logo.png 'https://x/y'",
      {
        bodyKind: 'multipart',
        parts: [
          { name: 'name', value: 'logo' },
          { name: 'file', value: '' },
        ],
        leftOut: ['Its files are to be chosen again.'],
      },
    ],
    [`curl 'https://x/y' -d $'{"a":"it\\'s\\u0021"}'`, { body: `{"a":"it's!"}`, bodyKind: 'json' }],
    ['curl --compressed -sS --request=PUT https://x/y', { method: 'PUT', url: 'https://x/y' }],
  ])('%s', (command, expected) => {
    expect(parseCurl(command)).toMatchObject(expected);
  });

  it.each([
    ['wget https://x', 'must begin with "curl"'],
    ['', 'must begin with "curl"'],
    ["curl 'https://x", 'never closed'],
    ['curl -X POST', 'no address'],
  ])('%s is refused in one sentence', (command, sentence) => {
    expect(() => parseCurl(command)).toThrow(sentence);
  });

  it('is taken apart as a shell would', () => {
    expect(shellWords(`a "b \\"c\\" $d" 'e\\f' g\\ h`)).toEqual(['a', 'b "c" $d', 'e\\f', 'g h']);
  });
});
