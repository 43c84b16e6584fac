import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { sdkCheck } from '../../src/main/core/webhooks/sdk-check.ts';
import { jsonTokens, pathAt } from '../../src/main/core/webhooks/json-tokens.ts';
import { HighLevel } from '@gohighlevel/api-client';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const appId = '0123456789abcdef01234567';

/** What the SDK itself says of a request whose body was parsed. */
async function askSdk(body: Buffer, signature: string | null): Promise<Record<string, unknown>> {
  const client = new HighLevel({
    clientId: `${appId}-x`,
    clientSecret: 'unused',
    webhookPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
  const headers = signature === null ? {} : { 'x-ghl-signature': signature };
  const request: Parameters<ReturnType<typeof client.webhooks.subscribe>>[0] = {
    headers,
    body: JSON.parse(body.toString()),
    method: 'POST',
    url: '/',
  };
  await new Promise<void>((resolve) => {
    void client.webhooks.subscribe()(request, {}, () => resolve());
  });
  return { ...request };
}

function check(body: Buffer, signed = true) {
  const signature = sign(null, body, privateKey);
  return sdkCheck({
    body,
    signature: signed ? signature.toString('base64') : null,
    holds: (bytes) => verify(null, bytes, publicKey, signature),
  });
}

const bodies: [json: string, reason: string | null, path: string][] = [
  [`{"appId":"${appId}","a":1}`, null, '$'],
  [`{"appId":"${appId}", "a":1}`, 'whitespace', '$'],
  [`{"appId":"${appId}","a":"\\u00e9"}`, 'escape', '$.a'],
  [`{"appId":"${appId}","a":[1.0]}`, 'number', '$.a[0]'],
  [`{"appId":"${appId}","a":{"id":12345678901234567890}}`, 'big-integer', '$.a.id'],
  [`{"appId":"${appId}","a":{"b":1,"2":1}}`, 'key-order', '$.a'],
  [`{"appId":"${appId}","a":"https:\\/\\/x"}`, 'slash', '$.a'],
  [`{"appId":"${appId}","a":1,"a":2}`, 'duplicate-key', '$'],
];
for (const [json, reason, path] of bodies) {
  test(`${reason ?? 'JSON as JavaScript writes it'}: the same answer as the SDK itself`, async () => {
    const body = Buffer.from(json);
    const result = check(body);
    const asked = await askSdk(body, sign(null, body, privateKey).toString('base64'));
    expect(asked['isSignatureValid']).toBe(reason === null);
    expect(result.verdict).toBe(reason === null ? 'accepts' : 'rejects');
    expect(result.changes.map((one) => one.reason)).toEqual(reason === null ? [] : [reason]);
    expect(result.changes[0]?.path).toBe(reason === null ? undefined : path);
    expect(result.difference === null).toBe(reason === null);
    const offset = result.difference?.offset ?? body.length;
    const written = Buffer.from(JSON.stringify(JSON.parse(json)));
    expect(written.subarray(0, offset).equals(body.subarray(0, offset))).toBe(true);
    expect(written[offset] === body[offset]).toBe(reason === null);
  });
}

test('without a header the SDK verifies nothing and passes the request on', async () => {
  const body = Buffer.from(`{"appId":"${appId}"}`);
  expect(check(body, false).verdict).toBe('skipped');
  expect((await askSdk(body, null))['skippedSignatureVerification']).toBe(true);
  expect(sdkCheck({ body, signature: '', holds: () => false }).verdict).toBe('skipped');
  expect((await askSdk(body, ''))['skippedSignatureVerification']).toBe(true);
});

test('what is no JSON never reaches the SDK', () => {
  expect(check(Buffer.from('a=1&b=2')).verdict).toBe('unreadable');
});

test('paths are those of the value, through lists, odd names and escapes', () => {
  const text = '{ "a": [ {"b c": "x\\"]}" , "d": -1.5e3 } ], "e": null }';
  const tokens = jsonTokens(text);
  expect(tokens.map(({ raw }) => raw).join('')).toBe(text);
  expect(pathAt(tokens, text.indexOf('x\\"'))).toBe('$.a[0]["b c"]');
  expect(pathAt(tokens, text.indexOf('-1.5'))).toBe('$.a[0].d');
  expect(pathAt(tokens, text.indexOf('null'))).toBe('$.e');
});
