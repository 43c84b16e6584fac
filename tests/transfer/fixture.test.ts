import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { fixtureTest } from '../../src/main/core/transfer/formats/fixture-test.ts';
import { profileId } from '../../src/shared/model/ids.ts';
import { testRunner } from '../../src/shared/model/transfer.ts';
import { apiCall, webhook } from '../exchanges/support.ts';
import { temporaryFolder } from '../vault/support.ts';
import { exported, openDesk } from './support.ts';

const acme = profileId.parse('acme');
const keys = generateKeyPairSync('ed25519');
const pem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const context = {
  profiles: [{ id: acme, appId: 'app', environment: 'live' as const }],
  keys: [{ scheme: 'ed25519' as const, pem, owner: 'profile' as const, profileId: acme }],
};

const signed = (
  body: string,
  signature = sign(null, Buffer.from(body), keys.privateKey).toString('base64'),
) =>
  webhook(Buffer.from(body), {
    profileId: acme,
    requestHeaders: [
      ['Content-Type', 'application/json'],
      ['X-GHL-Signature', signature],
    ],
  });

const environment = { PATH: process.env['PATH'], NODE_OPTIONS: '' };

it('a fixture file passes the test that goes with it, and a changed one does not', async () => {
  const desk = await openDesk({ context });
  const exact = '{ "type":"ContactCreate","n":1.0,"big":9007199254740993123,"ü":"\\u00e9" }';
  await desk.store.append(signed(exact));
  await desk.store.append(signed('{"type":"ContactUpdate"}', Buffer.alloc(64, 7).toString('base64')));
  await desk.store.append(webhook({ type: 'ContactDelete' }));
  await desk.store.append(apiCall());
  const { text, last } = await exported(desk, { format: 'fixture' });
  expect(last).toMatchObject({ done: 4, skipped: 1 });
  const { events } = JSON.parse(text) as {
    events: { body: unknown; expected: { verdict: string; verifies: boolean } }[];
  };
  expect(events.map(({ expected }) => [expected.verdict, expected.verifies])).toEqual([
    ['valid', true],
    ['invalid', false],
    ['unsigned', false],
  ]);
  expect(events[0]?.body).toEqual({ text: exact });

  const folder = await temporaryFolder();
  const { fileName, code } = fixtureTest('node', 'my webhooks.fixture.json');
  expect(fileName).toBe('my webhooks.test.mjs');
  const run = async () =>
    promisify(execFile)(process.execPath, ['--test', fileName], { cwd: folder, env: environment });
  await writeFile(join(folder, fileName), code);
  await writeFile(join(folder, 'my webhooks.fixture.json'), text);
  expect((await run()).stdout).toMatch(/pass 3\b/);
  await writeFile(join(folder, 'my webhooks.fixture.json'), text.replace('\\"n\\":1.0', '\\"n\\":1'));
  await expect(run()).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/fail 1\b/) });
});

it.each(testRunner.options)('a test for %s imports its runner and names the file beside it', (runner) => {
  const { fileName, code } = fixtureTest(runner, 'webhooks.fixture.json');
  expect(fileName).toMatch(/^webhooks\.test\.(ts|mjs)$/);
  expect(code.split('\n')[0]).toContain(
    { node: 'node:test', vitest: 'vitest', jest: '@jest/globals' }[runner],
  );
  expect(code).toContain('"./webhooks.fixture.json"');
});
