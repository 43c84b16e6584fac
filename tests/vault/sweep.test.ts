/** A whole run through the contract, as the window drives it, with every message to it kept and every file searched. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import type { ContractClient } from '../../src/main/hosts/node/owner-client.ts';
import { createSessions } from '../../src/main/hosts/web/sessions.ts';
import { startWebServer } from '../../src/main/hosts/web/web-server.ts';
import { createRouter } from '../../src/main/router/create-router.ts';
import { consent } from '../cli/support.ts';
import { openCore } from '../contract/support.ts';
import { filesBelow } from './support.ts';

const backupPassphrase = 'planted-backup-passphrase';
const vaultPassphrase = 'planted-vault-passphrase';

/** How a secret may stand in a file or message. */
const spellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  // Base64 at each of the three places where it can begin.
  ...[0, 1, 2].map((shift) =>
    Buffer.from('x'.repeat(shift) + secret)
      .toString('base64')
      .slice(4, -4),
  ),
];

function findings(where: string, bytes: Buffer, secrets: ReadonlyMap<string, string>): string[] {
  return [...secrets].flatMap(([name, secret]) =>
    spellings(secret).some((spelling) => bytes.includes(spelling)) ? [`${name} in ${where}`] : [],
  );
}

it('no log, file, export or message to the window holds a secret, but those asked for on purpose', async () => {
  const opened = await openCore({ ingressPort: 0 }, { simulatorPort: 0 });
  const { core, dataDir, logged } = opened;
  onTestFinished(() => opened.dispose());
  const sessions = createSessions();
  const server = await startWebServer({
    router: createRouter(core, { log: core.log }),
    rendererDir: join(tmpdir(), 'no-window-here'),
    port: 0,
    log: core.log,
    sessions,
  });
  onTestFinished(() => server.close());
  const origin = `http://127.0.0.1:${server.port}`;
  const token = sessions.redeem(sessions.mintCode());
  const socket = new WebSocket(`${origin}/rpc`, ['companion.v1', `token.${token}`], { origin });
  let frames: Buffer[] = [];
  socket.on('message', (data: Buffer) => frames.push(Buffer.from(data)));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const client: ContractClient = createORPCClient(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
  );
  onTestFinished(() => socket.terminate());
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const follow = async (changes: Promise<AsyncIterable<unknown>>): Promise<void> => {
    // What comes is kept as frames; the end of the test ends the stream.
    for await (const _ of await changes) continue;
  };
  for (const changes of [
    client.system.watch(undefined, { signal: stop.signal }),
    client.install.progress(undefined, { signal: stop.signal }),
    client.exchanges.ticks(undefined, { signal: stop.signal }),
  ]) {
    void follow(changes).catch(() => undefined);
  }

  const { url, profileId } = await client.simulator.start();
  if (url === null || profileId === null) throw new Error('no simulator');
  const secrets = new Map<string, string>();
  const info = z.object({ clientSecret: z.string() });
  secrets.set('client secret', info.parse(await (await fetch(`${url}/_simulator/info`)).json()).clientSecret);

  const { installUrl } = await client.install.begin({ profileId });
  expect(await consent(url, installUrl)).toContain('installed');
  const [installed] = await client.tokens.list({ profileId });
  if (installed === undefined || installed.locationId === null) throw new Error('no location token');
  const { id, locationId } = installed;
  const made = z.object({ token: z.string() }).parse(
    await (
      await fetch(`${url}/_simulator/private-tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ locationId, scopes: [] }),
      })
    ).json(),
  );
  secrets.set('private integration token', made.token);
  await client.tokens.addPrivate({
    profileId,
    token: made.token,
    level: 'sub-account',
    accountId: locationId,
  });
  secrets.set('first access token', await core.tokens.reveal(id));
  await client.tokens.refresh({ id });
  secrets.set('access token', await core.tokens.reveal(id));
  // Requests that give secrets away in the address and the body, as slips go. None may make a webhook: HighLevel would
  // send the secret back in it, and webhook bodies are kept byte for byte.
  const accessToken = secrets.get('access token') ?? '';
  await client.requests.send({
    profileId,
    method: 'POST',
    path: '/contacts/nobody/notes',
    query: [{ name: 'echo', value: accessToken }],
    body: JSON.stringify({ body: `${secrets.get('client secret')} ${made.token}` }),
    locationId,
  });
  await client.tunnel.configure({ kind: 'none', authtoken: 'planted-ngrok-authtoken' });
  secrets.set('ngrok authtoken', 'planted-ngrok-authtoken');

  await client.vault.changeMode({ mode: 'passphrase', passphrase: vaultPassphrase });
  await client.vault.lock();
  await expect(client.vault.unlock({ passphrase: 'planted-wrong-passphrase' })).rejects.toThrow(
    'not the passphrase',
  );
  await client.vault.unlock({ passphrase: vaultPassphrase });
  secrets.set('vault passphrase', vaultPassphrase);
  secrets.set('wrong passphrase', 'planted-wrong-passphrase');
  secrets.set('backup passphrase', backupPassphrase);
  const backup = await client.vault.backup({ passphrase: backupPassphrase });
  await client.vault.restore({ content: backup.content, passphrase: backupPassphrase, mode: 'replace' });

  const { items } = await client.exchanges.page({});
  expect(items.length).toBeGreaterThan(3);
  for (const { id: exchange } of items) {
    await client.exchanges.get({ id: exchange });
    for (const part of ['request', 'response'] as const) {
      const { base64 } = await client.exchanges.body({ id: exchange, part }).catch(() => ({ base64: '' }));
      frames.push(Buffer.from(base64, 'base64'));
    }
  }
  const exported = await client.profiles.exportFile({ id: profileId });
  await client.profiles.list();
  await client.settings.get();
  await core.exchanges.settled?.();

  const found = [
    ...frames.flatMap((frame, at) =>
      findings(`message ${at}: ${frame.toString().slice(0, 80)}`, frame, secrets),
    ),
    ...findings('the log', Buffer.from(JSON.stringify(logged)), secrets),
    ...findings('the export', Buffer.from(exported.content), secrets),
    ...findings('the backup', Buffer.from(backup.content, 'base64'), secrets),
    ...(await filesBelow(dataDir)).flatMap(({ name, bytes }) => findings(name, bytes, secrets)),
  ];
  expect(found).toEqual([]);
  expect(frames.length).toBeGreaterThan(20);

  // The search finds what is there: on purpose a secret does come.
  frames = [];
  await client.tokens.reveal({ id });
  expect(frames.flatMap((frame) => findings('reveal', frame, secrets))).toEqual(['access token in reveal']);
}, 60_000);
