import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileId as profileIdSchema } from '../../src/shared/model/ids.ts';
import { attachToOwner } from '../../src/main/hosts/node/owner-client.ts';
import { hostEntry } from '../contract/support.ts';
import { consent, createDesk, type Desk } from './support.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await createDesk();
});
afterEach(() => desk.dispose());

describe('hlc serve, simulator, profiles and exchanges, as processes of their own', () => {
  it('take an install made in a browser to a verified INSTALL', async () => {
    const serving = await desk.serve();
    const simulator = desk.start([
      'simulator',
      '--json',
      '--port=0',
      '--seed=7',
      `--redirect=${serving.ingress}/oauth/callback`,
      `--webhook=${serving.ingress}/webhooks`,
    ]);
    const started = await simulator.next();
    expect(Object.keys(started).toSorted()).toEqual(
      ['appId', 'clientId', 'clientSecret', 'ed25519PublicKey', 'rsaPublicKey', 'url'].toSorted(),
    );
    const url = String(started['url']);

    const added = await desk.run(['profiles', 'add', '--simulator', url, '--json']);
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.lines).toHaveLength(1);
    expect(added.lines[0]).toMatchObject({
      environment: 'simulator',
      clientId: started['clientId'],
      active: true,
    });
    expect(added.stdout).not.toContain(String(started['clientSecret']));
    const profileId = profileIdSchema.parse(added.lines[0]?.['id']);

    const following = desk.start(['exchanges', '--follow', '--json', '--body']);
    const owner = await attachToOwner(desk.dataDir);
    if (owner === null) throw new Error('nobody owns the data folder');
    const { installUrl } = await owner.client.install.begin({ profileId });
    const page = await consent(url, installUrl);
    expect(page).toContain('installed');
    owner.close();

    const install = await following.next(({ purpose }) => purpose === 'webhook');
    expect(install).toMatchObject({
      method: 'POST',
      url: '/webhooks',
      status: 200,
      event: {
        type: 'INSTALL',
        webhookId: expect.any(String),
        locationId: expect.any(String),
        companyId: expect.any(String),
        signature: { verdict: 'valid', scheme: 'ed25519', keyOwner: 'simulator', reason: expect.any(String) },
        duplicateOf: null,
      },
      body: { text: expect.stringContaining('"INSTALL"') },
    });
    expect(new Date(String(install['receivedAt'])).toISOString()).toBe(install['receivedAt']);
    expect(await following.stop('SIGINT')).toBe(0);

    const all = await desk.run(['exchanges', '--json']);
    expect(all.lines.map(({ seq }) => seq)).toEqual(
      all.lines.map(({ seq }) => seq).toSorted((a, b) => Number(a) - Number(b)),
    );
    expect(all.lines.map(({ purpose }) => purpose)).toEqual(
      expect.arrayContaining(['callback', 'token', 'webhook']),
    );
    expect(all.stdout).not.toContain(String(started['clientSecret']));

    const query = 'event:INSTALL verdict:valid -is:duplicate last:1h method:POST';
    const queried = await desk.run(['exchanges', '--json', '--search', query]);
    expect(queried.lines.map(({ seq }) => seq)).toEqual([install['seq']]);
    const mistaken = await desk.run(['exchanges', '--json', '--search', '=INSTALL verdict:vaild']);
    expect(mistaken.lines.map(({ seq }) => seq)).toContain(install['seq']);
    expect(mistaken.stderr).toContain('did you mean "valid"?');

    const profiles = await desk.run(['profiles', '--json']);
    expect(profiles.lines).toMatchObject([
      {
        id: profileId,
        active: true,
        hasSecret: true,
        addresses: { webhookUrl: expect.stringContaining('/webhooks') },
      },
    ]);
    const status = await desk.run(['status', '--json']);
    expect(status.lines).toMatchObject([
      {
        owner: { pid: serving.pid, host: 'web' },
        dataDir: desk.dataDir,
        ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#code=/),
        ingress: { listening: true, url: serving.ingress },
        tunnel: { kind: 'none', status: 'off' },
        vault: { kind: 'key-file', locked: false },
        counts: { tokens: 1, profiles: 1, webhooks: 1 },
      },
    ]);
    expect(await simulator.stop()).toBe(0);

    const removed = await desk.run(['profiles', 'rm', profileId, '--json']);
    expect(removed).toMatchObject({ code: 0, lines: [{ id: profileId }] });
    expect(await serving.stop()).toBe(0);
    expect((await desk.run(['profiles', '--json'])).lines).toEqual([]);
  });
});

describe('hlc exchanges', () => {
  it('prints pages, purposes, searches and bodies, from the owner and from the data folder alike', async () => {
    const serving = await desk.serve();
    const bodies = [
      '{"type":"ContactCreate","id":"c1"}',
      'plain words',
      Uint8Array.of(0xff, 0xfe, 0x00, 0x80),
      '',
    ];
    for (const body of bodies) await fetch(`${serving.ingress}/webhooks`, { method: 'POST', body });
    await fetch(`${serving.ingress}/elsewhere?x=1`);

    const check = async (): Promise<void> => {
      const all = await desk.run(['exchanges', '--json', '--body']);
      expect(all.lines.map(({ body }) => body)).toEqual([
        { text: bodies[0] },
        { text: bodies[1] },
        { base64: '//4AgA==' },
        { text: '' },
        { text: '' },
      ]);
      expect(all.lines[1]).toMatchObject({
        seq: 2,
        purpose: 'webhook',
        bodyBytes: 11,
        bodySha256: createHash('sha256').update('plain words').digest('hex'),
        event: { type: null, signature: { verdict: 'unsigned', scheme: null, keyOwner: null } },
      });
      expect(all.lines[0]?.['headers']).toContainEqual(['content-length', '34']);
      const after = await desk.run(['exchanges', '--json', '--after', '1', '--limit', '2']);
      expect(after.lines.map(({ seq }) => seq)).toEqual([2, 3]);
      const stray = await desk.run(['exchanges', '--json', '--purpose', 'inbound']);
      expect(stray.lines).toMatchObject([
        {
          seq: 5,
          status: 404,
          outcome: 'answered',
          error: null,
          method: 'GET',
          url: '/elsewhere?x=1',
          event: { type: null },
        },
      ]);
      const found = await desk.run(['exchanges', '--json', '--search', 'ContactCreate']);
      expect(found.lines).toMatchObject([{ seq: 1, event: { type: 'ContactCreate' } }]);
    };
    await check();
    expect(await serving.stop()).toBe(0);
    await check();
    const readable = await desk.run(['exchanges', '--limit', '1']);
    expect(readable.stdout).toMatch(
      /^ {5}1 {2}\S+Z {2}webhook {3}POST {4}200 {2}ContactCreate {2}unsigned\n$/,
    );
  });

  it('with --follow waits for an owner, and goes on when the owner comes back', async () => {
    const following = desk.start(['exchanges', '--follow', '--json', '--limit', '2']);
    const first = await desk.serve();
    await fetch(`${first.ingress}/webhooks`, { method: 'POST', body: '{"n":1}' });
    expect(await following.next()).toMatchObject({ seq: 1 });
    await first.stop();
    const second = await desk.serve();
    await fetch(`${second.ingress}/webhooks`, { method: 'POST', body: '{"n":2}' });
    expect(await following.next()).toMatchObject({ seq: 2 });
    expect(await following.ended).toBe(0);
    expect(following.complaint()).toContain('Waiting for the companion');
    await second.stop();
  });

  it('ends quietly when its reader goes away', async () => {
    const serving = await desk.serve();
    for (let n = 0; n < 20; n += 1)
      await fetch(`${serving.ingress}/webhooks`, { method: 'POST', body: 'x'.repeat(9000) });
    const child = spawn(process.execPath, [
      fileURLToPath(hostEntry),
      'exchanges',
      '--body',
      '--json',
      '--data-dir',
      desk.dataDir,
    ]);
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.stdout.once('data', () => child.stdout.destroy());
    await once(child, 'close');
    expect(complaint).toBe('');
    expect(child.exitCode).toBe(0);
    await serving.stop();
  });
});
