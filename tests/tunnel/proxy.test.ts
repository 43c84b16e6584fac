/** The agent's way to its edge, and the self-test's to the public address, through a proxy and with further authorities. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wayTo } from '../../src/main/core/requests/outbound-agents.ts';
import { createEdge } from './edge/edge.ts';
import { selfSigned } from './edge/certificate.ts';
import { closedPort, openTunnel, openWorld, passOn, until } from './support.ts';

const authtoken = '2aBcDeFgHiJkLmNoPqRsTuVwXyZ_4567890abcdefghij';

/** A proxy on loopback that opens tunnels (all of them to `secureTo` where that is given) and remembers what it was asked. */
async function openProxy({ refuse = 0, secureTo = 0 } = {}) {
  const asked: { line: string; authorization: string | undefined }[] = [];
  const note = (line: string, authorization: string | undefined): void => {
    asked.push({ line, authorization });
  };
  const server = createServer();
  server.on('connect', (request, socket) => {
    note(`CONNECT ${request.url}`, request.headers['proxy-authorization']);
    socket.on('error', () => socket.destroy());
    if (refuse > 0) {
      socket.end(`HTTP/1.1 ${refuse} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const target = new URL(`http://${request.url}`);
    const [host, port] = secureTo > 0 ? ['127.0.0.1', secureTo] : [target.hostname, Number(target.port)];
    const upstream = connect(port, host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    upstream.on('close', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { asked, host: `127.0.0.1:${port}` };
}

async function openNgrok(network: { proxy?: string; caFile?: string }, env: NodeJS.ProcessEnv, ca?: string) {
  const edge = await createEdge();
  onTestFinished(() => edge.dispose());
  const world = await openWorld();
  world.settings.set('network', { proxy: null, caFile: null, ...network });
  const { tunnel, states } = openTunnel(world, {
    env,
    edge: { address: edge.address, ca: ca ?? edge.ca },
    timing: { firstRetryMs: 20, longestRetryMs: 200, selfTestMs: 2000, connectMs: 30_000, heartbeatMs: 1000 },
  });
  await tunnel.configure({ kind: 'ngrok', authtoken });
  return { ...world, tunnel, states, edge };
}

describe('the ngrok agent', () => {
  it('goes through the proxy of the settings, and its traffic too', async () => {
    const proxy = await openProxy();
    const { tunnel, edge } = await openNgrok({ proxy: `http://${proxy.host}` }, {});
    expect(await tunnel.start()).toMatchObject({ status: 'online', error: null });
    expect(proxy.asked).toEqual([{ line: `CONNECT ${edge.address}`, authorization: undefined }]);
    const answer = await fetch(`${edge.publicUrl}/webhooks`, { method: 'POST', body: 'x'.repeat(300_000) });
    expect(answer.status).toBe(404);
    edge.drop();
    await until(tunnel, ({ status }) => status === 'reconnecting', 30_000);
    await until(tunnel, ({ status }) => status === 'online', 30_000);
    expect(proxy.asked).toHaveLength(2);
  });

  it('goes through the proxy of the environment, with its user name and password', async () => {
    const proxy = await openProxy();
    const { tunnel, states, logged } = await openNgrok(
      {},
      { HTTPS_PROXY: `http://ada:s3cret%20word@${proxy.host}` },
    );
    expect(await tunnel.start()).toMatchObject({ status: 'online' });
    const sent = `Basic ${Buffer.from('ada:s3cret word').toString('base64')}`;
    expect(proxy.asked).toMatchObject([{ authorization: sent }]);
    expect(JSON.stringify([states, logged])).not.toContain('s3cret');
  });

  it('goes straight where NO_PROXY says so', async () => {
    const proxy = await openProxy();
    const { tunnel } = await openNgrok(
      {},
      { HTTPS_PROXY: `http://${proxy.host}`, NO_PROXY: '.ngrok-agent.com' },
    );
    expect(await tunnel.start()).toMatchObject({ status: 'online' });
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    [407, /wants a user name and a password; put both into HTTPS_PROXY/],
    [503, /^The proxy did not open a way to ngrok: it answered 503\.$/],
  ])('says that the proxy answered %i, and tries again', async (refuse, sentence) => {
    const proxy = await openProxy({ refuse });
    const { tunnel } = await openNgrok({ proxy: `http://${proxy.host}` }, {});
    const state = await tunnel.start();
    expect(state).toMatchObject({ status: 'failed', publicUrl: null });
    expect(state.error).toMatch(sentence);
    expect(state.nextAttemptAt).not.toBeNull();
  });

  it('says that no proxy is there', async () => {
    const { tunnel } = await openNgrok({ proxy: `http://127.0.0.1:${await closedPort()}` }, {});
    expect((await tunnel.start()).error).toBe('The proxy cannot be reached.');
  });

  it.each(['with a proxy', 'without one'])(
    'trusts the authorities of the settings as well, %s',
    async (how) => {
      const proxy = await openProxy();
      const through = how === 'with a proxy' ? { proxy: `http://${proxy.host}` } : {};
      const stranger = await generate([{ name: 'commonName', value: 'Stranger' }], {
        keyType: 'ec',
        algorithm: 'sha256',
      });
      const refused = await openNgrok(through, {}, stranger.cert);
      expect((await refused.tunnel.start()).error).toMatch(/ngrok cannot be reached safely/);
      await refused.tunnel.stop();

      const caFile = join(refused.dataDir, 'authorities.pem');
      await writeFile(caFile, refused.edge.ca);
      refused.settings.set('network', { proxy: null, ...through, caFile });
      expect(await refused.tunnel.start()).toMatchObject({ status: 'online', error: null });
    },
  );
});

describe('the self-test', () => {
  it('of a public address goes through the proxy and trusts the authorities of the settings', async () => {
    const world = await openWorld();
    const certificate = selfSigned('companion.example.test');
    const server = createHttpsServer(certificate, passOn(world.port));
    const listening = Promise.withResolvers<void>();
    server.listen(0, '127.0.0.1', listening.resolve);
    await listening.promise;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const proxy = await openProxy({ secureTo: (server.address() as AddressInfo).port });
    const caFile = join(world.dataDir, 'authorities.pem');
    await writeFile(caFile, certificate.cert);
    world.settings.set('network', { proxy: `http://${proxy.host}`, caFile });
    const { tunnel } = openTunnel(world, { env: {} });
    await tunnel.configure({ kind: 'url', url: 'https://companion.example.test' });
    expect(await tunnel.start()).toMatchObject({ status: 'online' });
    expect(proxy.asked[0]?.line).toBe('CONNECT companion.example.test:443');
  });
});

describe('NO_PROXY', () => {
  const proxy = 'http://proxy.test:8080/';
  const network = { proxy: null, caFile: null };
  it.each([
    ['', proxy],
    ['*', null],
    ['ngrok-agent.com', null],
    ['.ngrok-agent.com', null],
    ['*.ngrok-agent.com', null],
    ['localhost, CONNECT.ngrok-agent.com', null],
    ['agent.com', proxy],
    ['example.test', proxy],
  ])('%j', (list, expected) => {
    const env = { HTTPS_PROXY: proxy, NO_PROXY: list };
    expect(wayTo('connect.ngrok-agent.com', network, env).proxy).toBe(expected);
  });
});
