import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { selfSigned } from '../tunnel/edge/certificate.ts';
import { openCore, type TestCore } from './support.ts';

let opened: TestCore;
beforeEach(async () => {
  opened = await openCore({ ingressPort: null });
});
afterEach(() => opened.dispose());

test('automatic refresh is on, and the network is the environment’s, until they are changed', async () => {
  const { settings } = opened.core;
  expect(settings.get()).toMatchObject({ autoRefresh: true, network: { proxy: null, caFile: null } });
  const caFile = join(opened.dataDir, 'authorities.pem');
  await writeFile(caFile, selfSigned().cert);
  const network = { proxy: 'http://127.0.0.1:8080', caFile };
  await settings.set({ autoRefresh: false, network });
  expect(settings.get()).toMatchObject({ autoRefresh: false, network });
});

test.each([
  ['a proxy of another kind', { proxy: 'socks5://127.0.0.1:1080', caFile: null }],
  ['a proxy with a password', { proxy: 'http://ada:word@127.0.0.1:8080', caFile: null }],
  ['authorities that are not there', { proxy: null, caFile: '/nowhere/at/all.pem' }],
])('%s is refused, and nothing has changed', async (_what, network) => {
  const { settings } = opened.core;
  await expect(settings.set({ autoRefresh: false, network })).rejects.toMatchObject({ code: 'bad_input' });
  expect(settings.get()).toMatchObject({ autoRefresh: true, network: { proxy: null, caFile: null } });
});
