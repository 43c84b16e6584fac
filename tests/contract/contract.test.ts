import { isDefinedError, ORPCError, safe } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { profileId } from '../../src/shared/model/ids.ts';
import type { ExchangeTick } from '../../src/shared/model/exchange.ts';
import type { Log } from '../../src/main/core/ports.ts';
import type { Core } from '../../src/main/core/services.ts';
import { openCore, transports, type Connection, type Served, type TestCore } from './support.ts';

/** A part of the core that a test holds in its hands; the rest of it is real. */
function tickSource(core: Core) {
  const listeners = new Set<(tick: ExchangeTick) => void>();
  let present: ExchangeTick = { endSeq: 0, touchedFrom: null };
  const exchanges: Core['exchanges'] = {
    ...core.exchanges,
    tick: () => present,
    onTick(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    core: { ...core, exchanges },
    listeners,
    emit(tick: ExchangeTick): void {
      present = tick;
      for (const listener of listeners) listener(tick);
    },
  };
}

async function nextOf<T>(stream: AsyncIterator<T, unknown>): Promise<T> {
  const result = await stream.next();
  if (result.done === true) throw new Error('the stream ended');
  return result.value;
}

async function post(core: Core, body: string): Promise<void> {
  const { url } = core.ingress.status();
  const response = await fetch(`${url}/webhooks`, { method: 'POST', body });
  await response.arrayBuffer();
}

describe.each(transports)('the contract over a $name', (transport) => {
  let test: TestCore;
  let served: Served;
  let connection: Connection;
  const logged: { level: string; message: string; fields: unknown }[] = [];
  const log: Log = (level, message, fields) => void logged.push({ level, message, fields });

  beforeAll(async () => {
    test = await openCore();
    served = await transport.serve(test.core, log);
    connection = await served.connect();
  });
  afterAll(async () => {
    connection.drop();
    await served.close();
    await test.dispose();
  });

  /** A second service of the same core, some part of it replaced. */
  async function serving(core: Core, run: (connection: Connection) => Promise<void>): Promise<void> {
    const other = await transport.serve(core, log);
    const client = await other.connect();
    try {
      await run(client);
    } finally {
      client.drop();
      await other.close();
    }
  }

  it('answers calls', async () => {
    const { client } = connection;
    const status = await client.system.status();
    expect(status).toMatchObject({ host: 'web', dataDir: test.dataDir, counts: { profiles: 0 } });
    expect(status.ingress.listening).toBe(true);
    expect(await client.settings.set({ theme: 'dark' })).toMatchObject({ theme: 'dark' });
    expect(await client.settings.get()).toMatchObject({ theme: 'dark' });
    expect((await client.catalogue.groups()).length).toBeGreaterThan(10);
    expect(await client.system.uiLink()).toEqual({ url: null });
  });

  it('fails in the contract’s own codes, with a sentence and a remedy', async () => {
    const [error] = await safe(connection.client.settings.set({ activeProfile: profileId.parse('nobody') }));
    expect(error).toBeInstanceOf(ORPCError);
    expect(isDefinedError(error)).toBe(true);
    expect(error).toMatchObject({ code: 'not_found', message: 'There is no profile "nobody".' });
    const [unreachable] = await safe(connection.client.profiles.addSimulator({ url: 'http://127.0.0.1:9' }));
    expect(unreachable).toMatchObject({
      code: 'simulator_failed',
      defined: true,
      data: { remedy: expect.stringContaining('hlc simulator'), retryable: true },
    });
  });

  it.each([
    [
      'a port out of range',
      (client: Connection['client']) => client.settings.set({ ingressPort: 70_000 }),
      '70000 cannot be used for ingressPort: it must be at most 65535.',
    ],
    [
      'a word that is none of the choices',
      (client: Connection['client']) => client.settings.set({ theme: 'blue' as never }),
      '"blue" cannot be used for theme: it must be "system" or "light" or "dark".',
    ],
    [
      'a missing field',
      (client: Connection['client']) => client.profiles.add({} as never),
      'A value is missing for clientId: it must be a string.',
    ],
    [
      'a path that is none',
      (client: Connection['client']) => client.profiles.add({ clientId: 'x', webhookPath: 'webhooks' }),
      '"webhooks" cannot be used for webhookPath: a path starts with / and holds letters, digits and - . _ ~ % /.',
    ],
    [
      'an address that is none',
      (client: Connection['client']) => client.system.openExternal({ url: 'nowhere' }),
      '"nowhere" cannot be used for url: it must be a full URL such as https://example.com.',
    ],
  ])('refuses %s in one sentence that names field and value', async (_what, call, sentence) => {
    const [error] = await safe<unknown, unknown>(call(connection.client));
    expect(error).toMatchObject({ code: 'bad_input', defined: true, message: sentence });
  });

  it('keeps a refused secret out of the sentence', async () => {
    const clientSecret = `planted-${'s'.repeat(600)}`;
    const [error] = await safe(connection.client.profiles.add({ clientId: 'x', clientSecret }));
    expect(error).toMatchObject({ code: 'bad_input' });
    expect((error as Error).message).toBe(
      'The value given for clientSecret was refused: it must have at most 500 characters.',
    );
  });

  it('says nothing of an unforeseen failure but where the log has it', async () => {
    const broken: Core = {
      ...test.core,
      catalogue: {
        ...test.core.catalogue,
        groups: () => {
          throw new Error('ENOENT /home/somebody/secret-place');
        },
      },
    };
    await serving(broken, async ({ client }) => {
      const [error] = await safe(client.catalogue.groups());
      expect(error).toMatchObject({ code: 'internal', defined: true });
      const { message, data, stack } = error as ORPCError<'internal', { logReference: string }>;
      expect(`${message}${JSON.stringify(data)}${stack?.includes('secret-place')}`).not.toContain(
        'secret-place',
      );
      expect(message).toContain(data.logReference);
      const line = logged.find(
        ({ fields }) => Reflect.get(Object(fields), 'logReference') === data.logReference,
      );
      expect(line).toMatchObject({ level: 'error', fields: { procedure: 'catalogue.groups' } });
    });
  });

  it('fails a stream in the same words', async () => {
    const broken: Core = { ...test.core, status: () => Promise.reject(new Error('the status broke')) };
    await serving(broken, async ({ client }) => {
      const [error] = await safe((await client.system.watch()).next());
      expect(error).toMatchObject({ code: 'internal', message: expect.not.stringContaining('broke') });
    });
  });

  it('begins the ticks with the present end and then says that rows came, which a page then brings', async () => {
    const { client } = connection;
    const ticks = await client.exchanges.ticks();
    const { endSeq: begin } = await nextOf(ticks);
    expect(begin).toBe(test.core.exchanges.tick().endSeq);
    await post(test.core, '{"type":"ContactCreate"}');
    let end = begin;
    while (end === begin) end = (await nextOf(ticks)).endSeq;
    expect(end).toBe(begin + 1);
    const page = await client.exchanges.page({ after: begin });
    expect(page.items).toHaveLength(1);
    expect(page.items[0]).toMatchObject({
      purpose: 'webhook',
      method: 'POST',
      url: '/webhooks',
      status: 200,
    });
    await ticks.return?.();
  });

  it('brings a body byte for byte, in slices', async () => {
    const { client } = connection;
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
    const { url } = test.core.ingress.status();
    await fetch(`${url}/webhooks`, { method: 'POST', body: bytes });
    const { items } = await client.exchanges.page({ limit: 1 });
    const id = items[0]?.id;
    if (id === undefined) throw new Error('nothing was captured');
    const head = await client.exchanges.body({ id, part: 'request', offset: 0, length: 600 });
    const tail = await client.exchanges.body({ id, part: 'request', offset: 600, length: 600 });
    expect(head.totalBytes).toBe(1000);
    const got = Buffer.concat([Buffer.from(head.base64, 'base64'), Buffer.from(tail.base64, 'base64')]);
    expect(got.equals(Buffer.from(bytes))).toBe(true);
  });

  it('says each change of the status', async () => {
    const watch = await connection.client.system.watch();
    expect((await nextOf(watch)).counts.profiles).toBe(0);
    const added = await connection.client.profiles.add({
      clientId: '64f0c0ffee64f0c0ffee64f0-abcd',
      name: 'Acme',
    });
    let profiles = 0;
    while (profiles === 0) profiles = (await nextOf(watch)).counts.profiles;
    expect(profiles).toBe(1);
    await watch.return?.();
    await connection.client.profiles.remove({ id: added.id });
  });

  it('pushes at most 60 ticks a second, loses no touched row and ends with the latest', async () => {
    const source = tickSource(test.core);
    await serving(source.core, async ({ client }) => {
      const ticks = await client.exchanges.ticks();
      await ticks.next();
      const started = performance.now();
      const pushed = 3000;
      let sent = 0;
      const pump = setInterval(() => {
        for (let burst = 0; burst < 100 && sent < pushed; burst += 1) {
          sent += 1;
          source.emit({ endSeq: sent, touchedFrom: sent === 1500 ? 7 : null });
        }
        if (sent === pushed) clearInterval(pump);
      }, 10);
      const got: ExchangeTick[] = [];
      while (got.at(-1)?.endSeq !== pushed) {
        got.push(await nextOf(ticks));
      }
      const seconds = (performance.now() - started) / 1000;
      expect(got.length).toBeLessThanOrEqual(Math.ceil(seconds * 60) + 1);
      expect(got.length).toBeGreaterThan(1);
      expect(got.filter(({ touchedFrom }) => touchedFrom === 7)).toHaveLength(1);
      await ticks.return?.();
    });
  });

  it('stops listening to the core when a stream is aborted', async () => {
    const source = tickSource(test.core);
    await serving(source.core, async ({ client }) => {
      const controller = new AbortController();
      const ticks = await client.exchanges.ticks(undefined, { signal: controller.signal });
      await ticks.next();
      expect(source.listeners.size).toBe(1);
      const pending = safe(ticks.next());
      controller.abort();
      await pending;
      await vi.waitFor(() => expect(source.listeners.size).toBe(0));
    });
  });

  it('stops listening to the core when the connection breaks', async () => {
    const source = tickSource(test.core);
    await serving(source.core, async ({ client, ...other }) => {
      const ticks = await client.exchanges.ticks();
      await ticks.next();
      const pending = safe(ticks.next());
      other.drop();
      await pending;
      await vi.waitFor(() => expect(source.listeners.size).toBe(0));
    });
  });

  it('cancels a call whose caller gave up', async () => {
    const signals: AbortSignal[] = [];
    const waiting: Core = {
      ...test.core,
      requests: {
        ...test.core.requests,
        send: (_draft, { signal } = {}) =>
          new Promise((_resolve, reject) => {
            if (signal === undefined) throw new Error('no signal came');
            signals.push(signal);
            signal.addEventListener('abort', () => reject(signal.reason), { once: true });
          }),
      },
    };
    await serving(waiting, async ({ client }) => {
      const controller = new AbortController();
      const call = safe(
        client.requests.send(
          { profileId: profileId.parse('acme'), method: 'GET', path: '/contacts' },
          { signal: controller.signal },
        ),
      );
      await vi.waitFor(() => expect(signals).toHaveLength(1));
      controller.abort();
      const [error] = await call;
      expect(error?.name).toBe('AbortError');
      await vi.waitFor(() => expect(signals[0]?.aborted).toBe(true));
    });
  });

  it('fails the calls of a broken connection, and a new one stands where the log now ends', async () => {
    const first = await served.connect();
    const ticks = await first.client.exchanges.ticks();
    const { endSeq: before } = await nextOf(ticks);
    const pending = safe(ticks.next());
    first.drop();
    await pending;
    await post(test.core, '{"type":"ContactDelete"}');
    const second = await served.connect();
    const again = await second.client.exchanges.ticks();
    expect((await nextOf(again)).endSeq).toBe(before + 1);
    second.drop();
  });

  it('answers many calls at one time, each with its own answer', async () => {
    const limits = Array.from({ length: 200 }, (_, index) => index + 1);
    const answers = await Promise.all(
      limits.map((limit) => connection.client.catalogue.search({ text: '', limit })),
    );
    expect(answers.map(({ items }) => items.length)).toEqual(limits);
  });
});
