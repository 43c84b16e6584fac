import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOpenApi } from '../../src/main/core/catalogue/import/read-openapi.ts';
import { savedRequestsOf } from '../../src/main/core/catalogue/import/saved-requests.ts';

test('a document’s operations become requests with its examples, its optional parts off', () => {
  const file = join(import.meta.dirname, 'documents', 'bookings.json');
  const requests = savedRequestsOf(readOpenApi(readFileSync(file, 'utf8'), 'bookings.json'));
  const byName = new Map(requests.map((one) => [one.name, one]));
  expect(requests).toHaveLength(5);
  expect(byName.get('List bookings')).toMatchObject({
    folder: 'Bookings',
    request: {
      method: 'GET',
      path: '/contacts/{contactId}/bookings',
      pathParams: { contactId: '{{contactId}}' },
      query: [
        { name: 'limit', value: '20', on: true },
        { name: 'sort', value: 'createdAt', on: true },
        { name: 'status', value: '', on: false },
        { name: 'kind', value: '', on: false },
      ],
      headers: [
        { name: 'Version', value: '2021-07-28', on: true },
        { name: 'X-Trace', value: 'abc', on: false },
      ],
      bodyKind: 'none',
      body: null,
    },
  });
  const created = byName.get('Create booking')?.request;
  expect(JSON.parse(created?.body ?? '')).toMatchObject({ locationId: '{{locationId}}', room: 'blue' });
  expect(byName.get('Log in')?.request).toMatchObject({
    bodyKind: 'form',
    body: null,
    parts: [{ name: 'code', value: 'example', on: true }],
  });
  expect(byName.get('Add a file')?.request).toMatchObject({
    bodyKind: 'multipart',
    parts: [{ name: 'file', value: '', on: true }],
  });
});
