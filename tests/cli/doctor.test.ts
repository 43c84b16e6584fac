/** `hlc doctor`: each check with its verdict and remedy, beside a running companion and without one. */
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { healthCheck, type HealthCheck } from '../../src/shared/model/health.ts';
import { createDesk, type Desk } from './support.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await createDesk();
});
afterEach(() => desk.dispose());

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

async function examine(...args: string[]): Promise<Map<HealthCheck['id'], HealthCheck>> {
  const { code, lines, stderr } = await desk.run(['doctor', '--json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return new Map(lines.map((line) => healthCheck.parse(line)).map((check) => [check.id, check]));
}

it('finds a new folder in order, and says that there is no app yet', async () => {
  const { server: taken, port } = await listening();
  await writeFile(join(desk.dataDir, 'settings.json'), JSON.stringify({ ingressPort: port }));
  const busy = await examine();
  expect(busy.get('ingress')).toMatchObject({
    verdict: 'fail',
    sentence: `Port ${port} is in use by another program.`,
    remedy: expect.stringContaining('choose another port'),
  });
  await new Promise((resolve) => taken.close(resolve));

  const checks = await examine();
  expect(checks.get('ingress')).toMatchObject({ verdict: 'ok' });
  expect(checks.get('log')).toMatchObject({ verdict: 'ok', sentence: expect.stringMatching(/^0 exchanges/) });
  for (const id of ['runtime', 'data-folder', 'disk', 'vault', 'network', 'simulator'] as const)
    expect(checks.get(id)).toMatchObject({ id, verdict: 'ok', remedy: null });
  expect(checks.get('app')).toMatchObject({ verdict: 'warn', sentence: 'There is no app yet.' });
  expect(checks.has('tokens')).toBe(false);
});

it('names what is wrong with an app, its network and its secret', async () => {
  const { server, port } = await listening();
  await new Promise((resolve) => server.close(resolve));
  const link = `https://marketplace.gohighlevel.com/v2/oauth/chooselocation?response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A4400%2Foauth%2Fcallback&client_id=665c6bb13d4e5364bdec0e2f-mawqjyjd&scope=contacts.readonly%2Bcontacts.write`;
  expect((await desk.run(['profiles', 'add', '--link', link, '--profile', 'Mine', '--json'])).code).toBe(0);
  const settings = join(desk.dataDir, 'settings.json');
  const stored = JSON.parse(await readFile(settings, 'utf8')) as {
    profiles: { hosts: { api: string } }[];
    network?: unknown;
  };
  const [profile] = stored.profiles;
  if (profile === undefined) throw new Error('no profile was stored');
  profile.hosts.api = `http://127.0.0.1:${port}`;
  stored.network = { proxy: null, caFile: '/nowhere/authorities.pem' };
  await writeFile(settings, JSON.stringify(stored));

  const checks = await examine('--profile', 'Mine');
  expect(checks.get('app')).toMatchObject({
    verdict: 'fail',
    sentence: expect.stringContaining('no client secret'),
  });
  expect(checks.get('install-link')).toMatchObject({ verdict: 'fail' });
  expect(checks.get('tokens')).toMatchObject({ verdict: 'warn', remedy: 'Install the app.' });
  expect(checks.get('network')).toMatchObject({
    verdict: 'fail',
    sentence: 'The file of certificate authorities cannot be read.',
  });
  expect(checks.get('api')).toMatchObject({ verdict: 'fail', remedy: expect.stringContaining('network') });
});

it('looks at the companion that runs, and at the simulator behind its app', async () => {
  const serving = await desk.serve();
  const simulator = desk.start([
    'simulator',
    '--json',
    '--port=0',
    `--redirect=${serving.ingress}/oauth/callback`,
  ]);
  const { url } = await simulator.next();
  expect((await desk.run(['profiles', 'add', '--simulator', String(url)])).code).toBe(0);

  const checks = await examine();
  expect(checks.get('ingress')).toEqual({
    id: 'ingress',
    verdict: 'ok',
    sentence: `The ingress listens at ${serving.ingress}.`,
    remedy: null,
  });
  expect(checks.get('app')).toMatchObject({ verdict: 'ok' });
  expect(checks.get('api')).toMatchObject({ verdict: 'ok' });
  expect(checks.get('public-address')).toMatchObject({ verdict: 'ok' });

  await simulator.stop();
  expect((await examine()).get('api')).toMatchObject({ verdict: 'fail', remedy: 'Start the simulator.' });

  const readable = await desk.run(['doctor']);
  expect(readable.stdout).toMatch(/^FAIL {2}api /m);
});
