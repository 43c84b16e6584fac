import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCore } from '../../src/main/core/create-core.ts';
import { nodePorts, openCore, type TestCore } from './support.ts';

const open: { dispose(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.dispose();
});

async function opened(...args: Parameters<typeof openCore>): Promise<TestCore> {
  const test = await openCore(...args);
  open.push(test);
  return test;
}

/** A port of 127.0.0.1 that another program has, until `free`. */
async function busyPort(): Promise<{ port: number; free(): Promise<void> }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const free = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  open.push({ dispose: free });
  return { port: (server.address() as AddressInfo).port, free };
}

const post = async (port: number | null): Promise<number> =>
  (await fetch(`http://127.0.0.1:${port}/webhooks`, { method: 'POST', body: '{}' })).status;

describe('the ingress port', () => {
  it('moves with the setting', async () => {
    const { core } = await opened();
    const { port, ...server } = await busyPort();
    await server.free();
    expect(await core.settings.set({ ingressPort: port })).toMatchObject({ ingressPort: port });
    expect(core.ingress.status()).toMatchObject({ listening: true, port, error: null });
    expect(await post(port)).toBe(200);
  });

  it('stays where it is when the new one is busy, and nothing else of the change happens', async () => {
    const { core } = await opened();
    const { port } = await busyPort();
    const before = { status: core.ingress.status(), settings: core.settings.get() };
    await expect(core.settings.set({ ingressPort: port, theme: 'dark' })).rejects.toMatchObject({
      code: 'port_busy',
      message: expect.stringContaining(String(port)),
    });
    expect({ status: core.ingress.status(), settings: core.settings.get() }).toEqual(before);
    expect(await post(before.status.port)).toBe(200);
  });

  it('of the settings may be busy: the companion opens, says so, and the next try works', async () => {
    const { port, ...server } = await busyPort();
    const { core } = await opened({}, { ingressPort: port });
    expect((await core.status()).ingress).toMatchObject({
      listening: false,
      error: expect.stringContaining(String(port)),
    });
    await server.free();
    await core.settings.set({ ingressPort: port });
    expect((await core.status()).ingress).toMatchObject({ listening: true, port, error: null });
  });

  it('of this run must be free: a busy one is a refusal that leaves the data folder free', async () => {
    const first = await opened();
    await first.core.dispose();
    const { port } = await busyPort();
    const ports = nodePorts(first.dataDir);
    await expect(createCore(ports, { ingressPort: port })).rejects.toMatchObject({ code: 'port_busy' });
    const again = await createCore(ports, { ingressPort: null });
    open.push(again);
    expect(again.ingress.status().listening).toBe(false);
  });
});

describe('a data folder', () => {
  it('has one owner: the second is refused, the next comes in when the first has gone', async () => {
    const first = await opened();
    const ports = nodePorts(first.dataDir);
    await expect(createCore(ports, { ingressPort: null })).rejects.toMatchObject({ code: 'owner_exists' });
    await first.core.dispose();
    const second = await createCore(ports, { ingressPort: null });
    open.push(second);
    expect((await second.status()).counts.exchanges).toBe(0);
  });

  it('keeps what was captured from one run to the next', async () => {
    const first = await opened();
    expect(await post(first.core.ingress.status().port)).toBe(200);
    await first.core.dispose();
    const second = await createCore(nodePorts(first.dataDir), { ingressPort: null });
    open.push(second);
    const { items } = await second.exchanges.page({});
    expect(items.map(({ purpose, url }) => ({ purpose, url }))).toEqual([
      { purpose: 'webhook', url: '/webhooks' },
    ]);
  });
});

describe('closing', () => {
  it('takes less than three seconds with a request that never ends and an open connection', async () => {
    const { core } = await opened();
    const { port } = core.ingress.status();
    const { connect } = await import('node:net');
    const hanging = connect({ host: '127.0.0.1', port: port ?? 0 });
    hanging.on('error', () => {});
    hanging.write('POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await once(hanging, 'connect');
    const started = performance.now();
    await core.dispose();
    expect(performance.now() - started).toBeLessThan(3500);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  });

  it('may be asked for twice', async () => {
    const { core } = await opened();
    const closing = core.dispose();
    expect(core.dispose()).toBe(closing);
    await closing;
  });
});

describe('the log of the core', () => {
  it('holds nothing the vault holds', async () => {
    const { core, logged } = await opened();
    const clientSecret = 'planted-0f3c7d-secret-of-the-app';
    await core.profiles.add({ clientId: '64f0c0ffee64f0c0ffee64f0-abcd', clientSecret });
    core.log('info', `it said ${clientSecret}`, {
      error: new Error(`no: ${clientSecret}`),
      token: 'anything',
    });
    const text = JSON.stringify(logged);
    expect(text).toContain('it said ********');
    expect(text).not.toContain(clientSecret);
    expect(text).not.toContain('anything');
  });
});
