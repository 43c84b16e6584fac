import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consent, createDesk, type Desk } from './support.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await createDesk();
});
afterEach(() => desk.dispose());

/** A simulator whose app is a profile of the data folder. */
async function simulated(): Promise<string> {
  const simulator = desk.start(['simulator', '--json', '--port=0', '--seed=7']);
  const url = String((await simulator.next())['url']);
  expect((await desk.run(['profiles', 'add', '--simulator', url, '--json'])).code).toBe(0);
  return url;
}

async function installed(simulatorUrl: string): Promise<string> {
  const installing = desk.start(['install', '--json']);
  const first = await installing.next();
  expect(Object.keys(first)).toEqual(['installUrl']);
  expect(await consent(simulatorUrl, String(first['installUrl']))).toContain('installed');
  const second = await installing.next();
  expect(Object.keys(second)).toEqual(['token']);
  expect(second['token']).toMatchObject({ userType: 'Location', status: 'active', source: 'code' });
  expect(JSON.stringify(second)).not.toMatch(/eyJ/);
  expect(await installing.ended).toBe(0);
  return (second['token'] as { locationId: string }).locationId;
}

// Many processes: they take their time on a computer that has other work.
describe('hlc install, tokens, token and request', { timeout: 120_000 }, () => {
  it('take an app from its link to an answered call, through the owner', async () => {
    const serving = await desk.serve();
    const url = await simulated();
    const location = await installed(url);

    const query = ['--query=locationId={{locationId}}', '--query=limit=2'];
    const filled = ['--query=locationId={{locationId}}', '--query=limit={{most}}', '--var=most=2'];
    const data = JSON.stringify({ locationId: location, firstName: 'Ada' });
    const [tokens, token, plain, env, listed, made, missing, written] = await Promise.all([
      desk.run(['tokens', '--json']),
      desk.run(['token', '--location', location, '--json']),
      desk.run(['token', '--location', location]),
      desk.run(['token', '--location', location, '--env']),
      desk.run(['request', 'get', '/contacts/', ...filled, '--json']),
      desk.run(['request', 'POST', '/contacts/', `--data=${data}`]),
      desk.run(['request', 'GET', '/contacts/nobody', '--location', location, '--json']),
      desk.run(['request', 'get', '/contacts/', ...query, '--code=python']),
    ]);
    expect(tokens).toMatchObject({ code: 0, stderr: '' });
    expect(tokens.lines).toMatchObject([{ locationId: location, status: 'active', hasRefreshToken: true }]);
    expect(tokens.stdout).not.toMatch(/eyJ/);

    expect(token.lines).toMatchObject([
      { accessToken: expect.stringMatching(/^eyJ/), locationId: location, userType: 'Location' },
    ]);
    expect(plain.stdout).toBe(`${String(token.lines[0]?.['accessToken'])}\n`);
    expect(env.stdout).toBe(`HIGHLEVEL_ACCESS_TOKEN=${plain.stdout}`);

    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.lines).toMatchObject([
      { status: 200, headers: expect.any(Array), timings: { total: expect.any(Number) } },
    ]);
    expect(listed.lines[0]?.['body']).toMatchObject({ contacts: [{ locationId: location }, {}] });

    expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/^201 Created in \d+ ms/) });
    expect(JSON.parse(made.stdout)).toMatchObject({ contact: { firstName: 'Ada' } });

    expect(missing.code).toBe(0);
    expect(missing.lines[0]?.['status']).toBeGreaterThanOrEqual(400);
    expect(missing.stderr).not.toBe('');

    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toContain(`locationId=${location}&limit=2"`);
    expect(written.stdout).toContain('os.environ["HIGHLEVEL_TOKEN"]');
    await serving.stop();
  });

  it('refresh an expired token once for many processes', async () => {
    await desk.serve();
    const url = await simulated();
    const location = await installed(url);
    await fetch(`${url}/_simulator/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceMs: 2 * 86_400_000 }),
    });
    const query = `--query=locationId=${location}`;
    const results = await Promise.all(
      Array.from({ length: 4 }, () => desk.run(['request', 'GET', '/contacts/', query, '--json'])),
    );
    expect(results.map(({ lines }) => lines[0]?.['status'])).toEqual([200, 200, 200, 200]);
    const exchanges = await desk.run(['exchanges', '--purpose=token', '--json']);
    expect(exchanges.lines).toHaveLength(2);
  });

  it('work without an owner: the install listens itself, on the port of the settings', async () => {
    await writeFile(join(desk.dataDir, 'settings.json'), JSON.stringify({ ingressPort: 0 }));
    const url = await simulated();
    const location = await installed(url);
    const listed = await desk.run([
      'request',
      'GET',
      '/contacts/',
      `--query=locationId=${location}`,
      '--json',
    ]);
    expect(listed.lines[0]).toMatchObject({ status: 200 });
  });

  it('say in one sentence what is missing', async () => {
    const empty = await desk.run(['token', '--json']);
    expect(empty).toMatchObject({ code: 1, lines: [{ error: { code: 'not_found' } }] });
    await simulated();
    const none = await desk.run(['token', '--location', 'x', '--json']);
    expect(none).toMatchObject({ code: 1, lines: [{ error: { code: 'no_token' } }] });
    expect(none.stderr).toContain('hlc install');
    const uncalled = await desk.run(['request', 'GET', '/contacts/', '--query=locationId=x', '--json']);
    expect(uncalled).toMatchObject({ code: 1, lines: [{ error: { code: 'no_token' } }] });
    const wrong = [
      ['request', 'GET'],
      ['request', 'G-T', '/contacts/'],
      ['request', 'GET', '/contacts/', '--query', 'limit'],
      ['request', 'GET', '/contacts/', '--var', 'limit'],
      ['request', 'POST', '/contacts/', '--data', '{'],
      ['tokens', 'more'],
    ];
    const refused = await Promise.all(wrong.map((args) => desk.run([...args, '--json'])));
    expect(refused).toMatchObject(wrong.map(() => ({ code: 2, lines: [{ error: { code: 'bad_input' } }] })));
    const help = await Promise.all(
      ['install', 'tokens', 'token', 'request'].map((command) => desk.run([command, '--help'])),
    );
    expect(help.map(({ code, stdout }) => [code, stdout.includes('Example')])).toEqual(
      help.map(() => [0, true]),
    );
  });

  it('leave an install that was interrupted cancelled', async () => {
    const serving = await desk.serve();
    const url = await simulated();
    const installing = desk.start(['install', '--json']);
    const { installUrl } = await installing.next();
    expect(await installing.stop('SIGINT')).toBe(1);
    expect(await consent(url, String(installUrl))).toContain('cancelled');
    expect((await desk.run(['tokens', '--json'])).lines).toEqual([]);
    await serving.stop();
  });
});
