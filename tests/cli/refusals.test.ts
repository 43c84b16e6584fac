import { once } from 'node:events';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDesk, type Desk } from './support.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await createDesk();
});
afterEach(() => desk.dispose());

async function busyPort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: String((server.address() as AddressInfo).port), free: () => server.close() };
}

describe('wrong usage', () => {
  it.each([
    [['nonsense'], "Unknown command 'nonsense'"],
    [['serve', '--port', 'abc'], 'It must be a whole number from 0 to 65535.'],
    [['serve', '--ingress-port', '70000'], '70000'],
    [['exchanges', '--purpose', 'gossip'], 'gossip'],
    [['exchanges', '--limit', '0'], 'from 1'],
    [['exchanges', 'surplus'], 'Too many arguments'],
    [['profiles', 'add'], 'Give one of --link, --client-id and --simulator.'],
    [['profiles', 'add', '--client-id', 'x', '--simulator', 'http://localhost:1'], 'Give one of'],
    [['profiles', 'add', '--client-id', ''], 'The client id is empty.'],
    [['profiles', 'rm'], "Missing required argument 'name'"],
    [['simulator', '--redirect', 'nowhere'], 'http or https URL'],
    [['simulator', '--port', '0', '--fault', 'everything'], 'everything'],
    [['status', '--loud'], "Unknown option '--loud'"],
  ])('%j exits 2 with one sentence', async (args, sentence) => {
    const { code, lines, stderr } = await desk.run([...args, '--json']);
    expect(code).toBe(2);
    expect(lines).toEqual([{ error: { code: 'bad_input', message: expect.stringContaining(sentence) } }]);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('is said on standard error alone without --json', async () => {
    const { code, stdout, stderr } = await desk.run(['nonsense']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe("Unknown command 'nonsense'. Run it with --help to see what it takes.\n");
  });

  it.each([
    [],
    ['serve'],
    ['simulator'],
    ['profiles'],
    ['profiles', 'add'],
    ['profiles', 'rm'],
    ['exchanges'],
    ['status'],
  ])('hlc %s %s --help says what it takes, with an example', async (...command) => {
    const { code, stdout, stderr } = await desk.run([...command, '--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain(`Usage: hlc ${command.join(' ')}`.trim());
    expect(stdout).toMatch(/Examples?:\n {2}hlc /);
  });

  it.each([[], ['serve']])('hlc help %s says the same', async (...command) => {
    const { code, stdout, stderr } = await desk.run(['help', ...command]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe((await desk.run([...command, '--help'])).stdout);
  });
});

describe('a port that is busy', () => {
  it('and was asked for ends hlc serve with the sentence, and leaves the data folder free', async () => {
    const busy = await busyPort();
    for (const option of ['--port', '--ingress-port']) {
      const other = option === '--port' ? '--ingress-port' : '--port';
      const result = await desk.run(['serve', option, busy.port, other, '0', '--no-open', '--json']);
      expect(result.code).toBe(1);
      expect(result.lines).toEqual([
        { error: { code: 'port_busy', message: `Port ${busy.port} is in use by another program.` } },
      ]);
      expect(result.stderr).toContain(`with ${option}`);
    }
    busy.free();
    const serving = await desk.serve();
    expect(await serving.stop()).toBe(0);
  });

  it('ends hlc simulator with the sentence', async () => {
    const busy = await busyPort();
    const result = await desk.run(['simulator', '--port', busy.port, '--json']);
    expect(result.code).toBe(1);
    expect(result.lines).toEqual([
      { error: { code: 'port_busy', message: expect.stringContaining(`Port ${busy.port}`) } },
    ]);
    busy.free();
  });

  it('and stands in the settings stops nothing: the window says so', async () => {
    const busy = await busyPort();
    await writeFile(join(desk.dataDir, 'settings.json'), JSON.stringify({ ingressPort: Number(busy.port) }));
    const serving = desk.start(['serve', '--port', '0', '--no-open', '--json']);
    expect(await serving.next()).toMatchObject({ ui: expect.any(String), ingress: null });
    const status = await desk.run(['status', '--json']);
    expect(status.lines).toMatchObject([
      { ingress: { listening: false, error: `Port ${busy.port} is in use by another program.` } },
    ]);
    busy.free();
    expect(await serving.stop()).toBe(0);
  });
});

describe('a data folder', () => {
  it('that another companion owns is refused, and the other is named', async () => {
    const first = await desk.serve();
    const second = await desk.run(['serve', '--port', '0', '--ingress-port', '0', '--no-open', '--json']);
    expect(second.code).toBe(1);
    expect(second.stderr).not.toContain('could not be written');
    expect(second.lines).toEqual([
      {
        error: {
          code: 'owner_exists',
          message: `Another companion (process ${first.pid}) has this data folder open.`,
        },
      },
    ]);
    expect(await first.stop()).toBe(0);
  });

  it('that was owned by a killed companion is taken over', async () => {
    const first = await desk.serve();
    await first.stop('SIGKILL');
    const left = await readFile(join(desk.dataDir, 'run', 'owner.json'), 'utf8');
    expect(JSON.parse(left)).toMatchObject({ pid: first.pid });
    const status = await desk.run(['status', '--json']);
    expect(status).toMatchObject({ code: 0, lines: [{ owner: null }] });
    const second = await desk.serve();
    expect(await second.stop()).toBe(0);
  });

  it('that cannot be one is refused in a sentence', async () => {
    const file = join(desk.dataDir, 'a-file');
    await writeFile(file, 'not a folder');
    for (const command of [
      ['serve', '--port', '0', '--ingress-port', '0', '--no-open'],
      ['status'],
      ['profiles'],
    ]) {
      const result = await desk.run([...command, '--data-dir', file, '--json']);
      expect(result.code).toBe(1);
      expect(result.lines).toEqual([
        {
          error: {
            code: 'data_folder_unusable',
            message: 'The data folder cannot be used: there is a file of that name.',
          },
        },
      ]);
    }
    expect(await readFile(file, 'utf8')).toBe('not a folder');
  });

  it('whose name is empty is refused, and nothing is written where one stands', async () => {
    const result = await desk.run(['status', '--data-dir', '', '--json']);
    expect(result).toMatchObject({ code: 2, lines: [{ error: { code: 'bad_input' } }] });
  });

  it('that may not be made or written is refused in a sentence', async () => {
    const readOnly = join(desk.dataDir, 'read-only');
    await mkdir(readOnly, { mode: 0o500 });
    // Root may write everywhere, but nobody can make a folder there.
    const folders = process.getuid?.() === 0 ? ['/proc/hlc/data'] : ['/proc/hlc/data', readOnly];
    for (const folder of folders) {
      const result = await desk.run(['status', '--data-dir', folder, '--json']);
      expect(result).toMatchObject({ code: 1, lines: [{ error: { code: 'data_folder_unusable' } }] });
    }
  });

  it('with damaged settings is refused, and the file is left as it is', async () => {
    const path = join(desk.dataDir, 'settings.json');
    await writeFile(path, '{"theme": "pink"');
    const result = await desk.run(['status', '--json']);
    expect(result).toMatchObject({ code: 1, lines: [{ error: { code: 'data_folder_unusable' } }] });
    expect(await readFile(path, 'utf8')).toBe('{"theme": "pink"');
  });

  it('keeps what is private to its owner', async () => {
    const serving = await desk.serve();
    for (const name of ['owner.json', 'owner.sock']) {
      expect((await stat(join(desk.dataDir, 'run', name))).mode & 0o777).toBe(0o600);
    }
    expect(await serving.stop()).toBe(0);
    await expect(stat(join(desk.dataDir, 'run', 'owner.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('may have a path too long for a socket', async () => {
    const folder = join(desk.dataDir, 'd'.repeat(120));
    const serving = await desk.serve('--data-dir', folder);
    const status = await desk.run(['status', '--data-dir', folder, '--json']);
    expect(status.lines).toMatchObject([{ owner: { pid: serving.pid } }]);
    expect(await serving.stop()).toBe(0);
  });
});

describe('a profile', () => {
  const clientId = '64f0c0ffee64f0c0ffee64f0-abcd1234';
  const secret = 'planted-secret-7d1f';

  it('is added with its secret from standard input, which nothing shows or keeps in plain', async () => {
    const added = await desk.run(
      ['profiles', 'add', '--client-id', clientId, '--secret-stdin', '--profile', 'Acme', '--json'],
      { input: `${secret}\n` },
    );
    expect(added).toMatchObject({ code: 0, lines: [{ id: 'acme', name: 'Acme', hasSecret: true }] });
    expect(added.stdout + added.stderr).not.toContain(secret);
    for (const file of ['settings.json', 'vault.json']) {
      expect(await readFile(join(desk.dataDir, file), 'utf8')).not.toContain(secret);
    }
    expect((await desk.run(['profiles', '--profile', 'Acme', '--json'])).lines).toHaveLength(1);
    const again = await desk.run(['profiles', 'add', '--client-id', clientId, '--json']);
    expect(again).toMatchObject({ code: 1, lines: [{ error: { code: 'conflict' } }] });
  });

  it.each([
    [['profiles', 'add', '--client-id', clientId, '--secret-stdin'], 'bad_input'],
    [['profiles', 'add', '--client-id', 'nonsense'], 'bad_input'],
    [['profiles', 'add', '--link', 'https://example.com/'], 'bad_input'],
    [['profiles', 'add', '--simulator', 'http://127.0.0.1:9'], 'simulator_failed'],
    [['profiles', 'rm', 'nobody'], 'not_found'],
    [['profiles', '--profile', 'nobody'], 'not_found'],
    [['exchanges', '--profile', 'nobody'], 'not_found'],
    [['status', '--profile', 'nobody'], 'not_found'],
  ])('that cannot be is refused in one sentence: %j', async (args, code) => {
    const result = await desk.run([...args, '--json']);
    expect(result.code).toBe(1);
    expect(result.lines).toEqual([{ error: { code, message: expect.stringMatching(/^[^\n]+\.$/) } }]);
  });
});

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s shuts hlc serve down cleanly', async (name) => {
    const serving = await desk.serve();
    await fetch(`${serving.ingress}/webhooks`, { method: 'POST', body: '{}' });
    expect(await serving.stop(name)).toBe(0);
    expect(serving.complaint()).toBe('');
  });

  it('ends the simulator too, and so does the death of hlc', async () => {
    const first = desk.start(['simulator', '--port', '0', '--json']);
    const { url } = await first.next();
    expect(await first.stop()).toBe(0);
    await expect(fetch(String(url))).rejects.toThrow('fetch failed');
    const second = desk.start(['simulator', '--port', '0', '--json']);
    const { url: other } = await second.next();
    await second.stop('SIGKILL');
    await expect
      .poll(() =>
        fetch(String(other)).then(
          () => 'up',
          () => 'gone',
        ),
      )
      .toBe('gone');
  });
});
