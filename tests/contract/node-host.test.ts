import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { defaultDataDir, resolveDataDir } from '../../src/main/hosts/node/data-dir.ts';
import { createFileLog } from '../../src/main/hosts/node/file-log.ts';
import { attachToOwner } from '../../src/main/hosts/node/owner-client.ts';
import { startOwnerServer } from '../../src/main/hosts/node/owner-server.ts';
import { createRouter } from '../../src/main/router/create-router.ts';
import { openCore } from './support.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hlc-node-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the data folder', () => {
  it('is the one named, else the one of the environment, else highlevel-companion among the user’s', () => {
    expect(resolveDataDir('here', { HLC_DATA_DIR: '/there' })).toBe(resolve('here'));
    expect(resolveDataDir('~/here', {})).toBe(join(homedir(), 'here'));
    expect(resolveDataDir(undefined, { HLC_DATA_DIR: '/there' })).toBe(resolve('/there'));
    expect(resolveDataDir(undefined, { HLC_DATA_DIR: '' })).toBe(defaultDataDir());
    expect(defaultDataDir()).toMatch(/[\\/]highlevel-companion$/);
  });
});

describe('the log file', () => {
  const lines = async (name: string): Promise<Record<string, unknown>[]> =>
    (await readFile(join(folder, 'logs', name), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('holds JSON lines, errors with their causes, and no field that is named like a secret', async () => {
    const log = createFileLog({ dataDir: folder, now: () => 0 });
    const cause = Object.assign(new Error('deep'), { code: 'EIO' });
    log('warn', 'it broke', {
      error: new Error('broken', { cause }),
      accessToken: 'planted',
      clientSecret: 'planted',
      nested: { authorization: 'planted', passphrase: 'planted', code: 'planted-4711' },
      tokens: 3,
    });
    const [line] = await lines('companion.log');
    expect(line).toMatchObject({
      at: '1970-01-01T00:00:00.000Z',
      level: 'warn',
      message: 'it broke',
      error: { message: 'broken', cause: { message: 'deep', code: 'EIO' } },
      tokens: 3,
    });
    expect(JSON.stringify(line)).not.toContain('planted');
    expect((await stat(join(folder, 'logs', 'companion.log'))).mode & 0o777).toBe(0o600);
  });

  it('begins a new file at its size and keeps one old one', async () => {
    const log = createFileLog({ dataDir: folder, maxBytes: 1000 });
    for (let n = 0; n < 100; n += 1) log('info', `line ${n}`);
    expect((await readdir(join(folder, 'logs'))).toSorted()).toEqual(['companion.1.log', 'companion.log']);
    expect((await lines('companion.log')).at(-1)).toMatchObject({ message: 'line 99' });
    for (const name of ['companion.log', 'companion.1.log']) {
      expect((await stat(join(folder, 'logs', name))).size).toBeLessThanOrEqual(1000);
    }
  });

  it('that cannot be written stops nothing, and is said once', async () => {
    await writeFile(join(folder, 'logs'), 'in the way');
    const said: string[] = [];
    const log = createFileLog({ dataDir: folder, mirror: (_level, line) => void said.push(line) });
    log('info', 'first');
    log('info', 'second');
    expect(said).toEqual(['first', expect.stringContaining('cannot be written'), 'second']);
  });
});

describe('the owner’s socket', () => {
  it('answers the contract to whoever holds the token of this run, and to nobody else', async () => {
    const test = await openCore({ ingressPort: null });
    const router = createRouter(test.core, { log: test.core.log });
    const owner = await startOwnerServer({ dataDir: test.dataDir, router, host: 'web', version: '1.2.3' });
    const { socket, token } = owner.info;

    const attached = await attachToOwner(test.dataDir);
    expect(attached?.info).toEqual(owner.info);
    expect(await attached?.client.system.status()).toMatchObject({ dataDir: test.dataDir });

    const knock = (headers: Record<string, string>): Promise<string> =>
      new Promise((answer) => {
        const client = new WebSocket('ws://localhost/', { createConnection: () => connect(socket), headers });
        client.once('open', () => {
          client.terminate();
          answer('open');
        });
        client.once('error', (error) => answer(error.message));
      });
    expect(await knock({})).toContain('401');
    expect(await knock({ authorization: `Bearer ${token}x` })).toContain('401');
    expect(await knock({ authorization: token })).toContain('401');
    // A page that a browser shows is no hlc, whatever it knows.
    expect(await knock({ authorization: `Bearer ${token}`, origin: 'http://localhost' })).toContain('401');
    expect(await knock({ authorization: `Bearer ${token}` })).toBe('open');

    await owner.close();
    await attached?.closed;
    expect(await attachToOwner(test.dataDir)).toBeNull();
    await test.dispose();
  });

  it.each([
    ['nothing', null],
    ['half a file', '{"pid": 1'],
    ['another shape', '{"pid":1}'],
    [
      'an owner that was killed',
      JSON.stringify({
        pid: 1,
        socket: '/nowhere/owner.sock',
        token: 'x',
        host: 'web',
        version: '1',
        startedAt: 1,
      }),
    ],
  ])('is not looked for where owner.json holds %s', async (_what, content) => {
    if (content !== null) {
      await mkdir(join(folder, 'run'));
      await writeFile(join(folder, 'run', 'owner.json'), content);
    }
    expect(await attachToOwner(folder)).toBeNull();
  });
});
