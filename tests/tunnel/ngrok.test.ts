import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import { createForkedProgram } from '../../src/main/hosts/node/child-program.ts';
import { createPassphraseBox } from '../../src/main/hosts/node/secret-box.ts';
import { createEdge } from './edge/edge.ts';
import { selfSigned } from './edge/certificate.ts';
import { closedPort, entries, openTunnel, openWorld, servePublicly, statusesOf, until } from './support.ts';

const authtoken = '2aBcDeFgHiJkLmNoPqRsTuVwXyZ_4567890abcdefghij';

/** A tunnel by the real agent, to the given edge or to a stand-in on loopback. */
async function openNgrok(edge: { address: string; ca: string } | null, timing = {}) {
  const world = await openWorld();
  const opened = openTunnel(world, {
    edge,
    timing: {
      firstRetryMs: 20,
      longestRetryMs: 200,
      selfTestMs: 2000,
      connectMs: 10_000,
      heartbeatMs: 1000,
      ...timing,
    },
  });
  await opened.tunnel.configure({ kind: 'ngrok', authtoken });
  return { ...world, ...opened };
}

async function openEdge() {
  const edge = await createEdge();
  onTestFinished(() => edge.dispose());
  return edge;
}

describe('without a way to ngrok', () => {
  it('asks for the authtoken before anything is started', async () => {
    const world = await openWorld();
    const { tunnel } = openTunnel(world);
    await tunnel.configure({ kind: 'ngrok' });
    expect(await tunnel.start()).toMatchObject({ kind: 'ngrok', status: 'failed', hasAuthtoken: false });
    expect(tunnel.state().error).toMatch(/authtoken is missing/);
    expect(tunnel.state().nextAttemptAt).toBeNull();
  });

  it('says that the edge refuses connections, and tries again', async () => {
    const edge = { address: `127.0.0.1:${await closedPort()}`, ca: selfSigned().cert };
    const { tunnel, states } = await openNgrok(edge);
    const state = await tunnel.start();
    expect(state).toMatchObject({ status: 'failed', publicUrl: null, hasAuthtoken: true });
    expect(state.error).toMatch(/^ngrok cannot be reached: the connection to its edge was refused/);
    expect(state.nextAttemptAt).toBeGreaterThan(0);
    await until(tunnel, ({ nextAttemptAt }) => nextAttemptAt === null);
    await until(tunnel, ({ nextAttemptAt }) => nextAttemptAt !== null);
    expect(statusesOf(states)).toEqual(['off', 'starting', 'failed']);
    expect(await tunnel.selfTest()).toMatchObject({ ok: false });
  });

  it('gives up on an edge that accepts and never answers', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const hole = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
    const listening = Promise.withResolvers<void>();
    hole.listen(0, '127.0.0.1', listening.resolve);
    await listening.promise;
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      hole.close();
    });
    const { port } = hole.address() as AddressInfo;
    const edge = { address: `127.0.0.1:${port}`, ca: selfSigned().cert };
    const { tunnel } = await openNgrok(edge, {
      connectMs: 1500,
      firstRetryMs: 60_000,
      longestRetryMs: 60_000,
    });
    const state = await tunnel.start();
    expect(state).toMatchObject({ status: 'failed' });
    expect(state.error).toBe('ngrok cannot be reached: no answer came from its edge within 1.5 s.');
    expect(sockets.size).toBe(1);
  });

  it('says that what answers has the wrong certificate', async () => {
    const edge = await openEdge();
    const { tunnel } = await openNgrok({ address: edge.address, ca: selfSigned().cert });
    expect((await tunnel.start()).error).toMatch(/no certificate of ngrok/);
  });
});

describe('with an edge', () => {
  it('is online with traffic through it, and tells ngrok nothing of this machine', async () => {
    const edge = await openEdge();
    const { tunnel, states, port, store, logged } = await openNgrok(edge);
    const state = await tunnel.start();
    expect(state).toMatchObject({ status: 'online', publicUrl: edge.publicUrl, error: null });
    expect(statusesOf(states)).toEqual(['off', 'starting', 'online']);
    expect(tunnel.baseUrl().base).toBe(edge.publicUrl);

    const body = 'x'.repeat(600_000);
    const answer = await fetch(`${edge.publicUrl}/webhooks`, { method: 'POST', body });
    expect(answer.status).toBe(404);
    const [row] = (await store.page({ limit: 10 })).items;
    expect(row).toMatchObject({ method: 'POST' });

    expect(edge.binds[0]).toMatchObject({ ForwardsTo: `http://127.0.0.1:${port}/`, Opts: { Domain: '' } });
    expect(JSON.stringify(edge.auths[0])).toContain(authtoken);
    expect(JSON.stringify([states, logged])).not.toContain(authtoken);

    expect(await tunnel.stop()).toMatchObject({ status: 'off', publicUrl: null });
    await expect.poll(() => edge.connected()).toBe(0);
  });

  it("asks for the account's own domain", async () => {
    const edge = await openEdge();
    const { tunnel } = await openNgrok(edge);
    await tunnel.configure({ domain: 'https://Own-Name.ngrok-free.app/' });
    await tunnel.start();
    expect(edge.binds[0]).toMatchObject({ Opts: { Domain: 'own-name.ngrok-free.app' } });
  });

  it('waits for the vault to be unlocked', async () => {
    const edge = await openEdge();
    const passphrase = 'correct horse';
    let dataDir = '';
    const world = await openWorld((folder) => {
      dataDir = folder;
      return createPassphraseBox({ dataDir, passphrase, cost: 10 });
    });
    await openTunnel(world).tunnel.configure({ kind: 'ngrok', authtoken });
    const box = createPassphraseBox({ dataDir, passphrase: null, cost: 10 });
    const vault = await createVault({ box, dataDir, log: world.ports.log });
    onTestFinished(() => vault.dispose());
    const { tunnel } = openTunnel({ ...world, vault }, { edge });
    expect(await tunnel.start()).toMatchObject({ status: 'failed', hasAuthtoken: true, nextAttemptAt: null });
    expect(tunnel.state().error).toMatch(/vault is locked/i);
    await vault.unlock(passphrase);
    await until(tunnel, ({ status }) => status === 'online');
    expect(edge.auths).toHaveLength(1);
  });

  it('says that the authtoken is refused, and does not try again by itself', async () => {
    const edge = await openEdge();
    edge.refuse(
      'auth',
      `The authtoken you specified is wrong.\r\nYour authtoken: ${authtoken}\r\n\r\nERR_NGROK_105\r\n`,
    );
    const { tunnel, logged } = await openNgrok(edge);
    const state = await tunnel.start();
    expect(state).toMatchObject({ status: 'failed', nextAttemptAt: null });
    expect(state.error).toMatch(/does not accept this authtoken/);
    expect(JSON.stringify([state, logged])).not.toContain(authtoken);
    expect(JSON.stringify(logged)).toContain('ERR_NGROK_105');
    edge.refuse('auth', null);
    await tunnel.configure({ authtoken: `${authtoken}2` });
    expect(await until(tunnel, ({ status }) => status === 'online')).toMatchObject({ error: null });
  });

  it('tries at once when it is started again after it had given up', async () => {
    const edge = await openEdge();
    edge.refuse('bind', 'The domain is not reserved.\r\n\r\nERR_NGROK_319\r\n');
    const { tunnel } = await openNgrok(edge);
    expect(await tunnel.start()).toMatchObject({ status: 'failed', nextAttemptAt: null });
    expect(tunnel.state().error).toMatch(/not reserved on this account/);
    edge.refuse('bind', null);
    expect(await tunnel.start()).toMatchObject({ status: 'online' });
    await expect.poll(() => edge.connected()).toBe(1);
  });

  it('an address that is online elsewhere is tried again until it is free', async () => {
    const edge = await openEdge();
    edge.refuse('bind', `The endpoint is already online.\r\n\r\nERR_NGROK_334\r\n`);
    const { tunnel } = await openNgrok(edge);
    const state = await tunnel.start();
    expect(state.error).toMatch(/already online in another agent/);
    expect(state.nextAttemptAt).not.toBeNull();
    edge.refuse('bind', null);
    await until(tunnel, ({ status }) => status === 'online');
    expect(tunnel.state().error).toBeNull();
  });

  it('comes back with a new agent after the connection was cut', async () => {
    const edge = await openEdge();
    const { tunnel, states } = await openNgrok(edge);
    await tunnel.start();
    edge.drop();
    const lost = await until(tunnel, ({ status }) => status === 'reconnecting');
    expect(lost.error).toBe('The connection to ngrok was lost.');
    await until(tunnel, ({ status }) => status === 'online');
    expect(statusesOf(states)).toEqual(['off', 'starting', 'online', 'reconnecting', 'online']);
    expect(edge.auths.length).toBe(2);
    expect(edge.connected()).toBe(1);
    expect(await tunnel.selfTest()).toMatchObject({ ok: true });
  });

  it('notices a connection that is open and silent', async () => {
    const edge = await openEdge();
    const { tunnel } = await openNgrok(edge);
    await tunnel.start();
    edge.freeze();
    const lost = await until(tunnel, ({ status }) => status === 'reconnecting');
    expect(lost.error).toBe('The connection to ngrok went silent.');
    await until(tunnel, ({ status }) => status === 'online');
    expect(await tunnel.selfTest()).toMatchObject({ ok: true });
  });

  it('is not online while requests do not arrive, and replaces the agent after a while', async () => {
    const edge = await openEdge();
    edge.deafen(true);
    const { tunnel, states } = await openNgrok(edge);
    const state = await tunnel.start();
    expect(state).toMatchObject({ status: 'failed', publicUrl: edge.publicUrl });
    expect(state.error).toMatch(/no agent is online.*ERR_NGROK_3200/);
    await expect.poll(() => edge.auths.length, { timeout: 10_000 }).toBe(2);
    expect(states.map(({ status }) => status)).not.toContain('online');
    edge.deafen(false);
    await until(tunnel, ({ status }) => status === 'online');
    expect(tunnel.state().selfTest).toMatchObject({ ok: true });
  });

  it('follows the ingress to another port', async () => {
    const edge = await openEdge();
    const { tunnel, ingress } = await openNgrok(edge);
    await tunnel.start();
    await ingress.listen(0);
    const { port } = ingress.status();
    await until(tunnel, ({ status }) => status === 'starting');
    await until(tunnel, ({ status }) => status === 'online');
    expect(edge.binds.at(-1)).toMatchObject({ ForwardsTo: `http://127.0.0.1:${port}/` });
  });

  it("works as Electron's utility process as well", async () => {
    const edge = await openEdge();
    const world = await openWorld();
    const program = new URL('programs/utility-agent.ts', import.meta.url);
    const startProgram = () => createForkedProgram(program, [], world.ports.log);
    const { tunnel } = openTunnel({ ...world, ports: { ...world.ports, startProgram } }, { edge });
    await tunnel.configure({ kind: 'ngrok', authtoken });
    expect(await tunnel.start()).toMatchObject({ status: 'online', publicUrl: edge.publicUrl });
  });

  it('the agent ends when the companion is killed', async () => {
    const edge = await openEdge();
    const host = fork(fileURLToPath(new URL('programs/host.ts', import.meta.url)), { execArgv: [] });
    onTestFinished(() => void host.kill('SIGKILL'));
    const bound = once(host, 'message');
    host.send({ entry: entries.tunnelAgent.href, authtoken, edge: { address: edge.address, ca: edge.ca } });
    expect((await bound)[0]).toEqual({ type: 'bound', url: edge.publicUrl });
    expect(edge.connected()).toBe(1);
    host.kill('SIGKILL');
    await expect.poll(() => edge.connected()).toBe(0);
  });
});

describe('an agent that misbehaves', () => {
  it.each([
    ['hangs', 'The ngrok agent hung and was ended.'],
    ['ends', 'The ngrok agent ended by itself (code 3).'],
  ])('is replaced when it %s', async (behaviour, sentence) => {
    const world = await openWorld();
    const front = await servePublicly(world.port);
    const program = new URL('programs/bad-agent.ts', import.meta.url);
    const startProgram = () => createForkedProgram(program, [behaviour, front.url], world.ports.log);
    const { tunnel, states } = openTunnel(
      { ...world, ports: { ...world.ports, startProgram } },
      {
        timing: { firstRetryMs: 20, pingMs: 300 },
      },
    );
    await tunnel.configure({ kind: 'ngrok', authtoken });
    await tunnel.start();
    await expect.poll(() => states.map(({ error }) => error), { timeout: 10_000 }).toContain(sentence);
    await until(tunnel, ({ status }) => status === 'online');
  });

  it('says that it cannot be loaded here, and leaves it at that', async () => {
    const world = await openWorld();
    const program = new URL('programs/bad-agent.ts', import.meta.url);
    const startProgram = () => createForkedProgram(program, ['unloadable'], world.ports.log);
    const { tunnel } = openTunnel({ ...world, ports: { ...world.ports, startProgram } });
    await tunnel.configure({ kind: 'ngrok', authtoken });
    expect(await tunnel.start()).toMatchObject({ status: 'failed', nextAttemptAt: null });
    expect(tunnel.state().error).toMatch(/^The ngrok agent cannot be loaded on this system/);
    expect(tunnel.state().error).not.toContain('/work');
  });
});
