import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSimulator } from '../../src/simulator/create-simulator.ts';
import { toRecord } from './receiver.ts';
import type { TestWorld } from './world.ts';
import { createTestWorld, firstLocation, installed, REDIRECT, toList } from './world.ts';

const DAY_MS = 86_400_000;

let folder: string;
let world: TestWorld;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-state-'));
  world = await createTestWorld();
});
afterEach(async () => {
  await world.dispose();
  await rm(folder, { recursive: true });
});

const contactsOf = (token: string) =>
  world.call(token, 'GET', `/contacts/?locationId=${firstLocation(world)}&limit=1`);
const totalOf = async (token: string) => toRecord((await contactsOf(token)).body['meta'])['total'];
const addContact = (token: string, firstName: string) =>
  world.call(token, 'POST', '/contacts/', { locationId: firstLocation(world), firstName });

describe('the clock', () => {
  it('moves past the end of a token, and a refresh brings the next', async () => {
    const { body } = await world.exchange(await world.codeFor(firstLocation(world)));
    const before = toRecord((await world.control('GET', 'state')).body)['now'];
    const { body: moved } = await world.control('POST', 'clock', { advanceMs: DAY_MS });
    expect(Date.parse(String(moved['now'])) - Date.parse(String(before))).toBeGreaterThanOrEqual(DAY_MS);
    expect((await contactsOf(String(body['access_token']))).status).toBe(401);
    const next = await world.token({
      grant_type: 'refresh_token',
      refresh_token: String(body['refresh_token']),
    });
    expect((await contactsOf(String(next.body['access_token']))).status).toBe(200);
  });
});

describe('seeds', () => {
  it('fill the sub-accounts with as many contacts as are asked for, and keep installs', async () => {
    const token = await installed(world);
    const { body } = await world.control('POST', 'seed', { contacts: 500 });
    expect(body).toMatchObject({ contacts: 500, installations: 1 });
    expect(await totalOf(token)).toBe(100);
    expect((await world.control('POST', 'seed', {})).body).toMatchObject({ contacts: 120 });
    expect((await world.control('POST', 'seed', { contacts: 0 })).status).toBe(422);
  });

  it('make 100,000 contacts that are listed and searched like any', async () => {
    const token = await installed(world);
    expect((await world.control('POST', 'seed', { size: 'large' })).body).toMatchObject({
      contacts: 100_000,
    });
    expect(await totalOf(token)).toBe(20_000);
  });

  it('make data, ids and codes the same each time for the same number', async () => {
    const look = async () => {
      await world.control('POST', 'seed', { seed: 42 });
      const code = await world.codeFor(firstLocation(world));
      const { body } = await world.exchange(code);
      const [contact] = toList((await contactsOf(String(body['access_token']))).body['contacts']);
      return [code, contact?.['id']];
    };
    const first = await look();
    expect(await look()).toEqual(first);
    expect(first).not.toContain(undefined);
  });
});

describe('snapshots', () => {
  it('bring back contacts, tokens, settings, faults and time', async () => {
    const token = await installed(world);
    await addContact(token, 'Before');
    await world.control('PUT', 'switches', { echoState: false });
    expect((await world.control('POST', 'snapshots', { name: 'base' })).status).toBe(201);
    await addContact(token, 'After');
    await world.control('PUT', 'switches', { echoState: true });
    await world.control('PUT', 'faults', { faults: ['/users:500'] });
    await world.control('POST', 'clock', { advanceMs: 3 * DAY_MS });
    await world.control('POST', 'uninstall', {});
    expect((await contactsOf(token)).status).toBe(401);
    expect((await world.control('POST', 'snapshots/base/restore')).status).toBe(200);
    expect(await totalOf(token)).toBe(25);
    expect((await world.control('GET', 'switches')).body).toMatchObject({ echoState: false });
    expect((await world.control('GET', 'faults')).body).toEqual({ faults: [] });
    const { snapshots } = (await world.control('GET', 'snapshots')).body;
    expect(snapshots).toMatchObject([{ name: 'base' }]);
    expect((await world.control('DELETE', 'snapshots/base')).status).toBe(204);
    expect((await world.control('POST', 'snapshots/base/restore')).status).toBe(404);
  });

  it('go out as a document and into another simulator of the same seed, and of no other', async () => {
    const token = await installed(world);
    await addContact(token, 'Moved');
    const { body: saved } = await world.control('GET', 'snapshot');
    const twin = await createTestWorld();
    const stranger = await createTestWorld({ seed: 8 });
    expect((await twin.control('PUT', 'snapshot', saved)).status).toBe(200);
    const list = await twin.call(token, 'GET', `/contacts/?locationId=${firstLocation(world)}&limit=1`);
    expect(toList(list.body['contacts'])).toMatchObject([{ firstName: 'Moved' }]);
    expect(await stranger.control('PUT', 'snapshot', saved)).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('another seed') },
    });
    await twin.dispose();
    await stranger.dispose();
  });

  it('change nothing where they are damaged or of something else', async () => {
    const token = await installed(world);
    const { body: saved } = await world.control('GET', 'snapshot');
    expect((await world.control('PUT', 'snapshot', { hello: 1 })).status).toBe(422);
    const damaged = await world.control('PUT', 'snapshot', { ...saved, grants: 7 });
    expect(damaged.body['message']).toBe('This state is damaged; nothing has changed.');
    expect((await contactsOf(token)).status).toBe(200);
  });

  it('go on with a webhook that waits for its next attempt', async () => {
    world.receiver.answerWith(500);
    await installed(world);
    await vi.waitFor(() => expect(world.simulator.deliveries()[0]?.state).toBe('retrying'));
    await world.control('POST', 'snapshots', { name: 'waiting' });
    await world.control('POST', 'reset');
    await world.control('POST', 'snapshots/waiting/restore');
    await world.control('POST', 'clock', { advanceMs: 60_000 });
    await vi.waitFor(() => expect(world.simulator.deliveries()[0]?.state).toBe('delivered'));
  });
});

describe('a state file', () => {
  it('is read at the start and follows, app, keys and tokens included', async () => {
    const stateFile = join(folder, 'state.json');
    const first = await createTestWorld({ stateFile, seed: 11 });
    const token = await installed(first);
    await first.call(token, 'POST', '/contacts/', { locationId: firstLocation(first), firstName: 'Kept' });
    await first.dispose();
    expect(await readdir(folder)).toEqual(['state.json']);
    const second = await createSimulator({ stateFile });
    expect(second.clientId).toBe(first.simulator.clientId);
    expect(second.ed25519PublicKey).toBe(first.simulator.ed25519PublicKey);
    expect(second.info().redirectUrls).toEqual([REDIRECT]);
    const list = await fetch(`${second.url}/contacts/?locationId=${firstLocation(first)}&limit=1`, {
      headers: { authorization: `Bearer ${token}`, version: '2021-07-28' },
    });
    expect(toList(toRecord(await list.json())['contacts'])).toMatchObject([{ firstName: 'Kept' }]);
    await second.dispose();
  });

  it('is whole on disk soon after a change, without a shutdown', async () => {
    const stateFile = join(folder, 'state.json');
    const running = await createTestWorld({ stateFile });
    await running.control('PUT', 'app', { scopes: ['contacts.readonly'] });
    await vi.waitFor(
      async () => {
        const saved = toRecord(JSON.parse(await readFile(stateFile, 'utf8')));
        expect(toRecord(saved['app'])['scopes']).toEqual(['contacts.readonly']);
      },
      { timeout: 20_000 },
    );
    await running.dispose();
  });

  it('that cannot be read is named and left as it is', async () => {
    const stateFile = join(folder, 'state.json');
    await writeFile(stateFile, 'not JSON');
    await expect(createSimulator({ stateFile })).rejects.toThrow(`The state file ${stateFile} is no JSON`);
    expect(await readFile(stateFile, 'utf8')).toBe('not JSON');
  });

  it('is given to the program as --state', async () => {
    const stateFile = join(folder, 'state.json');
    const entry = fileURLToPath(new URL('../../src/simulator/main.ts', import.meta.url));
    const child = spawn(process.execPath, [entry, '--port', '0', '--state', stateFile], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(createInterface({ input: child.stdout }), 'line');
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(toRecord(JSON.parse(await readFile(stateFile, 'utf8')))).toMatchObject({ format: 1 });
  });
});
