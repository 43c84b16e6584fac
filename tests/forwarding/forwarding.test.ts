import { createPublicKey, verify } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { replayRequest, forwardTarget } from '../../src/shared/model/forwarding.ts';
import type { ReplayProgress } from '../../src/shared/model/forwarding.ts';
import { createCore } from '../../src/main/core/create-core.ts';
import type { Core } from '../../src/main/core/services.ts';
import { nodePorts, openCore } from '../contract/support.ts';
import { startReceiver } from './receiver.ts';
import { fidelityCases } from '../../bench/fidelity-cases.ts';

async function start(): Promise<{ core: Core; port: number; dataDir: string }> {
  const opened = await openCore();
  const { core, dataDir } = opened;
  onTestFinished(() => opened.dispose());
  await core.profiles.add({ name: 'Mine', clientId: '65f0c0ffee65f0c0ffee65f0-lx1a2b3c' });
  const { port } = core.ingress.status();
  if (port === null) throw new Error('The ingress does not listen.');
  return { core, port, dataDir };
}

const pathOf = (core: Core): string => {
  const path = core.profiles.list()[0]?.routes.find(({ kind }) => kind === 'webhook')?.path;
  if (path === undefined) throw new Error('There is no webhook route.');
  return path;
};

/** Sends these bytes and resolves with the status line of the answer. */
function sendRaw(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', reject);
    socket.once('data', (chunk) => {
      resolve(chunk.toString('latin1').split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.write(bytes);
  });
}

const post = (path: string, body: string, headers: readonly string[] = []): Buffer =>
  Buffer.from(
    [
      `POST ${path} HTTP/1.1`,
      'Host: hooks.example.com',
      'Content-Type: application/json',
      ...headers,
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );

async function webhookId(core: Core, index = 0) {
  await core.exchanges.settled();
  const item = (await core.exchanges.page({ purposes: ['webhook'] })).items[index];
  if (item === undefined) throw new Error('No webhook was captured.');
  return item.id;
}

const all = async (core: Core) =>
  vi.waitFor(async () => {
    const page = await core.exchanges.page({ purposes: ['forward'] });
    expect(page.items.length).toBeGreaterThan(0);
    return page.items;
  });

async function replayed(run: AsyncIterable<ReplayProgress>): Promise<ReplayProgress[]> {
  const reports: ReplayProgress[] = [];
  for await (const report of run) reports.push(report);
  return reports;
}

describe('forwarding live', () => {
  test.each(fidelityCases)('$name: bytes, method and headers arrive as they were sent', async (sent) => {
    const { core, port } = await start();
    const receiver = await startReceiver();
    core.forwarding.set({ on: true, targets: [forwardTarget.parse({ url: `${receiver.url}/hook?own=1` })] });
    expect(await sendRaw(port, sent.request(`${pathOf(core)}?from=highlevel`))).toContain('200');
    const [got] = await receiver.take(1);
    expect(got?.head.split('\r\n')[0]).toBe(`${sent.method} /hook?own=1&from=highlevel HTTP/1.1`);
    const target = new URL(receiver.url).host;
    const expected = sent.headers.map((line) => line.replace(/^(host: ).*/i, `$1${target}`));
    expect(got?.lines).toEqual([...expected, 'Connection: keep-alive']);
    expect(got?.body.equals(sent.body)).toBe(true);
  });

  test('the answer is recorded with the webhook as its cause', async () => {
    const { core, port } = await start();
    const receiver = await startReceiver();
    core.forwarding.set({ on: true, targets: [forwardTarget.parse({ url: receiver.url })] });
    await sendRaw(port, post(pathOf(core), '{"type":"ContactCreate"}', ['Authorization: Bearer local-only']));
    const [delivery] = await all(core);
    if (delivery === undefined) throw new Error('unreachable');
    const cause = await webhookId(core);
    expect(await core.exchanges.get(delivery.id)).toMatchObject({
      purpose: 'forward',
      direction: 'outbound',
      causeId: cause,
      status: 202,
      outcome: 'answered',
      responseHeaders: [
        ['X-Answer', 'Yes'],
        ['x-answer', 'again'],
        ['Content-Length', '2'],
      ],
    });
    expect(delivery.durationMs).toBeGreaterThan(0);
    expect(await core.forwarding.deliveries([cause])).toMatchObject([{ id: delivery.id, status: 202 }]);
    expect(receiver.received[0]?.lines).toContain('Authorization: Bearer local-only');
    expect(JSON.stringify(await core.exchanges.get(delivery.id))).not.toContain('local-only');
  });

  test('a server that is not there, resets or never answers leaves one sentence', async () => {
    const { core, port } = await start();
    const reset = await startReceiver((socket) => socket.destroy());
    const cut = await startReceiver((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab'));
    const gone = await startReceiver();
    await gone.close();
    core.forwarding.set({
      on: true,
      targets: [reset, cut, gone].map(({ url }) => forwardTarget.parse({ url })),
    });
    expect(await sendRaw(port, post(pathOf(core), '{}'))).toContain('200');
    const items = await vi.waitFor(async () => {
      const page = await core.exchanges.page({ purposes: ['forward'] });
      expect(page.items).toHaveLength(3);
      return page.items;
    });
    const sentence = (url: string) => items.find((item) => item.url.startsWith(url));
    expect(sentence(reset.url)).toMatchObject({ outcome: 'failed', status: null });
    expect(sentence(reset.url)?.error).toContain('closed the connection without answering');
    expect(sentence(cut.url)).toMatchObject({ outcome: 'failed', status: 200 });
    expect(sentence(cut.url)?.error).toContain('in the middle of its answer');
    expect(sentence(gone.url)?.error).toContain('nothing is listening there');
  });

  test('a hung server keeps neither the acknowledgement nor other targets waiting, and ends with the companion', async () => {
    const { core, port } = await start();
    const hung = await startReceiver(() => {});
    const well = await startReceiver();
    core.forwarding.set({ on: true, targets: [hung, well].map(({ url }) => forwardTarget.parse({ url })) });
    for (let index = 0; index < 50; index += 1)
      expect(await sendRaw(port, post(pathOf(core), `{"n":${index}}`))).toContain('200');
    expect(await well.take(50)).toHaveLength(50);
    expect(core.forwarding.state().waiting).toBe(18);
    const began = performance.now();
    await core.dispose();
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test('filters choose by event, sub-account and signature', async () => {
    const { core, port } = await start();
    const receivers = await Promise.all([startReceiver(), startReceiver(), startReceiver()]);
    const filters = [
      { eventTypes: ['ContactCreate'] },
      { locationIds: ['loc2'] },
      { verdicts: ['unsigned'] },
    ];
    core.forwarding.set({
      on: true,
      targets: receivers.map(({ url }, index) => forwardTarget.parse({ url, filter: filters[index] })),
    });
    await sendRaw(port, post(pathOf(core), '{"type":"ContactCreate","locationId":"loc1"}'));
    await sendRaw(
      port,
      post(pathOf(core), '{"type":"ContactDelete","locationId":"loc2"}', ['X-GHL-Signature: AAAA']),
    );
    await vi.waitFor(async () =>
      expect((await core.exchanges.page({ purposes: ['forward'] })).items).toHaveLength(3),
    );
    expect(
      receivers.map(({ received }) => received.map(({ body }) => JSON.parse(String(body)).type)),
    ).toEqual([['ContactCreate'], ['ContactDelete'], ['ContactCreate']]);
  });

  test('the setting survives a restart, and off is off', async () => {
    const { core, dataDir } = await start();
    const receiver = await startReceiver();
    core.forwarding.set({ on: true, targets: [forwardTarget.parse({ url: receiver.url })] });
    await core.dispose();
    const again = await createCore(nodePorts(dataDir), { ingressPort: 0 });
    onTestFinished(() => again.dispose());
    const port = again.ingress.status().port ?? 0;
    expect(again.forwarding.state()).toMatchObject({ on: true, targets: [{ url: receiver.url }] });
    await sendRaw(port, post(pathOf(again), '{"n":1}'));
    await receiver.take(1);
    again.forwarding.set({ on: false });
    await sendRaw(port, post(pathOf(again), '{"n":2}'));
    again.forwarding.set({ on: true });
    await sendRaw(port, post(pathOf(again), '{"n":3}'));
    const [next] = await receiver.take(1);
    expect(String(next?.body)).toBe('{"n":3}');
  });

  test.each([
    ['ftp://localhost/x', 'http or https'],
    ['https://example.com/hook', 'not on this machine or a private network'],
    ['http://169.254.169.254/latest', 'not on this machine or a private network'],
    ['http://user:pass@localhost:3000/', 'password'],
  ])('%s is refused', async (url, reason) => {
    const { core, port } = await start();
    expect(() => core.forwarding.set({ on: true, targets: [forwardTarget.parse({ url })] })).toThrow(reason);
    expect(() =>
      core.forwarding.set({ targets: [forwardTarget.parse({ url: `http://localhost:${port}/webhooks` })] }),
    ).toThrow('round for ever');
    expect(core.forwarding.state()).toEqual({ on: false, targets: [], waiting: 0 });
    expect(
      core.forwarding.set({
        targets: [forwardTarget.parse({ url: 'https://example.com/hook', allowRemote: true })],
      }).targets,
    ).toHaveLength(1);
  });

  test('a target of a stream gets webhooks for as long as the stream is read', async () => {
    const { core, port } = await start();
    const receiver = await startReceiver();
    const stop = new AbortController();
    const run = core.forwarding.run(forwardTarget.parse({ url: receiver.url }), stop.signal);
    const first = run.next();
    await sendRaw(port, post(pathOf(core), '{"n":1}'));
    expect((await first).value).toMatchObject({ purpose: 'forward', status: 202 });
    const second = run.next();
    stop.abort();
    expect((await second).done).toBe(true);
    await sendRaw(port, post(pathOf(core), '{"n":2}'));
    await core.exchanges.settled();
    expect(receiver.received).toHaveLength(1);
    expect(core.forwarding.state().targets).toEqual([]);
  });
});

describe('replay', () => {
  test('several go out oldest first with the bytes they came with', async () => {
    const { core, port } = await start();
    const bodies = ['{"n":12345678901234567890}', '{"a":1,"a":2}', '["\\u00e9"]'];
    for (const body of bodies) await sendRaw(port, post(pathOf(core), body));
    const receiver = await startReceiver();
    const ids = (await core.exchanges.page({ purposes: ['webhook'] })).items.map(({ id }) => id);
    const reports = await replayed(
      core.forwarding.replay(replayRequest.parse({ ids, to: receiver.url }), undefined),
    );
    expect(reports.map(({ done }) => done)).toEqual([0, 1, 2, 3]);
    expect(reports.at(-1)).toMatchObject({ total: 3, failed: 0, last: { status: 202 } });
    expect(receiver.received.map(({ body }) => String(body))).toEqual(bodies);
  });

  test('the recorded pace keeps the pauses there were, and can be cancelled within one', async () => {
    const { core } = await start();
    const receiver = await startReceiver();
    const capture = (receivedAt: number) =>
      core.exchanges.append({
        purpose: 'webhook',
        direction: 'inbound',
        receivedAt,
        method: 'POST',
        url: '/webhooks',
        requestHeaders: [['Content-Type', 'application/json']],
        requestBody: { bytes: Buffer.from(`{"at":${receivedAt}}`) },
      });
    const ids = [];
    for (const at of [1000, 1150, 60_000]) ids.push((await capture(at)).id);
    const stop = new AbortController();
    const run = core.forwarding.replay(
      replayRequest.parse({ ids, to: receiver.url, pace: 'recorded' }),
      stop.signal,
    );
    const began = performance.now();
    await run.next();
    await run.next();
    await run.next();
    expect(performance.now() - began).toBeGreaterThanOrEqual(145);
    const third = run.next();
    stop.abort();
    expect((await third).done).toBe(true);
    expect(receiver.received).toHaveLength(2);
  });

  test('without an address there must be a target; what is no inbound request cannot be replayed', async () => {
    const { core, port } = await start();
    await sendRaw(port, post(pathOf(core), '{}'));
    const id = await webhookId(core);
    expect(() => core.forwarding.replay(replayRequest.parse({ ids: [id] }), undefined)).toThrow('no address');
    const receiver = await startReceiver();
    core.forwarding.set({ targets: [forwardTarget.parse({ url: receiver.url })] });
    await replayed(core.forwarding.replay(replayRequest.parse({ ids: [id] }), undefined));
    const [delivery] = await all(core);
    if (delivery === undefined) throw new Error('unreachable');
    await expect(
      replayed(core.forwarding.replay(replayRequest.parse({ ids: [delivery.id] }), undefined)),
    ).rejects.toMatchObject({ code: 'bad_input' });
  });
});

describe('edit and replay', () => {
  test('is signed with a key the developer can trust, which a live profile does not', async () => {
    const { core, port } = await start();
    const receiver = await startReceiver();
    await sendRaw(
      port,
      post(pathOf(core), '{"type":"ContactCreate"}', ['X-WH-Signature: old', 'x-ghl-signature: old']),
    );
    const id = await webhookId(core);
    const { requestHeaders } = await core.exchanges.get(id);
    const body = '{"type":"ContactCreate","name":"Zoë"}';
    const [delivery] = await core.forwarding.replayEdited({
      id,
      headers: [...requestHeaders, ['X-Added', 'yes']],
      body,
      sign: true,
      to: receiver.url,
      allowRemote: false,
    });
    expect(delivery).toMatchObject({ status: 202, causeId: id });
    const [got] = await receiver.take(1);
    expect(String(got?.body)).toBe(body);
    expect(got?.head).not.toMatch(/x-wh-signature/i);
    expect(got?.lines).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(got?.lines).toContain('X-Added: yes');

    const key = await core.forwarding.developmentKey();
    const signature = got?.lines.find((line) => line.startsWith('x-ghl-signature: '))?.slice(17) ?? '';
    const held = /^WEBHOOK_SIGNATURE_PUBLIC_KEY="(.*)"$/.exec(key.environmentLine)?.[1] ?? '';
    const publicKey = createPublicKey(held.replaceAll(String.raw`\n`, '\n'));
    expect(verify(null, Buffer.from(body), publicKey, Buffer.from(signature, 'base64'))).toBe(true);
    expect(await core.forwarding.developmentKey()).toEqual(key);

    const live = core.profiles.list()[0];
    if (live?.environment !== 'live') throw new Error('The profile is not a live one.');
    await sendRaw(port, post(pathOf(core), body, [`X-GHL-Signature: ${signature}`]));
    await core.exchanges.settled();
    const page = await core.exchanges.page({ profileId: live.id });
    expect(page.items[0]?.event?.signature).toMatchObject({
      verdict: 'invalid',
      keyOwner: 'development',
      keyFingerprint: key.fingerprint,
    });
  });

  test('an encoded body goes out as edited', async () => {
    const { core, port } = await start();
    const receiver = await startReceiver();
    const zipped = gzipSync('{"type":"ContactCreate"}');
    const head = `POST ${pathOf(core)} HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n`;
    await sendRaw(port, Buffer.concat([Buffer.from(head), zipped]));
    await core.forwarding.replayEdited({
      id: await webhookId(core),
      headers: [['Content-Type', 'text/plain']],
      body: 'plain',
      sign: false,
      to: receiver.url,
      allowRemote: false,
    });
    const [got] = await receiver.take(1);
    expect(String(got?.body)).toBe('plain');
    expect(got?.head).not.toMatch(/signature|encoding/i);
  });
});
