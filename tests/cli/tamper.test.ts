import { afterEach, beforeEach, expect, it } from 'vitest';
import { careless, startEndpoint } from '../tamper/endpoints.ts';
import { createDesk, type Desk } from './support.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await createDesk();
});
afterEach(() => desk.dispose());

it('hlc tamper prints each case with its verdict, and ends with 1 where one is wrong', async () => {
  await desk.serve();
  await desk.run(['profiles', 'add', '--client-id', '65f0c0ffee65f0c0ffee65f0-lx1a2b3c', '--json']);
  const result = await desk.run(['tamper', '--to', await startEndpoint(careless), '--json']);
  expect(result.code).toBe(1);
  expect(result.stderr).toContain('WEBHOOK_SIGNATURE_PUBLIC_KEY="-----BEGIN PUBLIC KEY-----');
  expect(result.lines).toHaveLength(16);
  expect(result.lines[0]).toMatchObject({
    id: 'valid',
    verdict: 'as-it-should',
    deliveries: [{ status: 200 }],
  });
  expect(result.lines[1]).toMatchObject({ id: 'unsigned', expected: 'reject', verdict: 'too-lax' });
  expect(result.lines[15]).toMatchObject({
    error: { code: 'request_failed', message: expect.stringContaining('Nothing is verified') },
  });
}, 60_000);
