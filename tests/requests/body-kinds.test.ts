import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RequestDraft } from '../../src/shared/model/request.ts';
import { createBench, simulated, type Bench } from '../oauth/bench.ts';

let bench: Bench;
let locationId: string;

beforeAll(async () => {
  bench = await createBench();
  locationId = (await simulated(bench.simulator)).locations[0]?.id ?? '';
  await bench.allow({ location: locationId });
});
afterAll(() => bench.dispose());

const draft = (fields: Partial<RequestDraft>): RequestDraft => ({
  profileId: bench.profile.id,
  method: 'POST',
  path: '/contacts/',
  ...fields,
});
const sent = async (fields: Partial<RequestDraft>): Promise<{ type: string; body: string }> => {
  const { exchangeId } = await bench.requests.send(draft(fields));
  const { requestHeaders } = await bench.store.get(exchangeId);
  const type = requestHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return { type, body: await bench.text(exchangeId, 'request') };
};

test('a form is encoded, its variables filled in, and names the sub-account', async () => {
  const fields: Partial<RequestDraft> = {
    bodyKind: 'form',
    parts: [
      { name: 'locationId', value: locationId },
      { name: 'note', value: 'a & b {{locationId}}' },
    ],
  };
  expect(await sent(fields)).toEqual({
    type: 'application/x-www-form-urlencoded',
    body: `locationId=${locationId}&note=a+%26+b+${locationId}`,
  });
  expect((await bench.requests.preview(draft(fields))).tokenReason).toContain('the request names it');
});

test('a multipart body carries files with their names and types', async () => {
  const { type, body } = await sent({
    path: '/medias/upload-file',
    bodyKind: 'multipart',
    parts: [
      { name: 'name', value: 'logo' },
      { name: 'file', value: '', file: { name: 'a.txt', type: 'text/plain', base64: btoa('hello') } },
    ],
  });
  expect(type).toMatch(/^multipart\/form-data; boundary=/);
  expect(body).toContain('name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello');
  expect(body).toContain('name="name"\r\n\r\nlogo');
});

test('a file is sent as it is, and "none" sends nothing of what is typed', async () => {
  const file = { name: 'a.bin', type: '', base64: btoa('\u0001\u0002') };
  expect(await sent({ bodyKind: 'binary', file })).toEqual({
    type: 'application/octet-stream',
    body: '\u0001\u0002',
  });
  expect(await sent({ bodyKind: 'none', body: '{"a":1}' })).toEqual({ type: '', body: '' });
});

test('a file that is not chosen and a typed boundary are refused', async () => {
  await expect(bench.requests.preview(draft({ bodyKind: 'binary' }))).rejects.toThrow(
    'The body is to be a file, and none is chosen.',
  );
  const headers = [{ name: 'content-type', value: 'multipart/form-data' }];
  await expect(bench.requests.preview(draft({ bodyKind: 'multipart', headers }))).rejects.toThrow(
    'The header "Content-Type" of a multipart body is set by the companion.',
  );
});

test('a Version that does not go with the path and a missing field are said before sending', async () => {
  const preview = async (path: string, version: string): Promise<string> =>
    (
      await bench.requests.preview(
        draft({ path, locationId, headers: [{ name: 'Version', value: version }] }),
      )
    ).warnings.join(' ');
  expect(await preview('/contacts/', 'v3')).toContain('before v3');
  expect(await preview('/contacts/', '1999-01-01')).toContain('no published Version');
  const v3 = await bench.requests.preview(
    draft({
      method: 'GET',
      path: '/calendars/services/catalog',
      locationId,
      headers: [{ name: 'Version', value: '2021-04-15' }],
    }),
  );
  expect(v3.warnings.join(' ')).toContain('under "Version: v3" alone');
  const lacking = await bench.requests.preview(draft({ locationId, bodyKind: 'json', body: '{}' }));
  expect(lacking.warnings).toContain('The operation requires the field "locationId" in the body.');
});
