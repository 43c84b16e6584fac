/** Forwarding: how much later a webhook reaches a local server than if it had been sent there, and whether it is the same. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fidelityCases } from './fidelity-cases.ts';
import { parse } from './parse-request.ts';
import type { Received } from './parse-request.ts';
import { startProgram } from './processes.ts';
import type { Line } from './table.ts';
import { BODY_BYTES, webhookRequest } from './webhook-bodies.ts';

const ROUNDS = 10;
const PER_ROUND = 100;
const P50_BAR_MS = 1;
const P95_BAR_MS = 4;

type Arrival = { readonly request: Received; readonly at: number };

/** The developer's server: notes when a request is whole, then answers. */
async function startReceiver(): Promise<{ port: number; next(): Promise<Arrival>; close(): void }> {
  let take = (_arrival: Arrival): void => {};
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      buffer = buffer.length === 0 ? Buffer.from(chunk) : Buffer.concat([buffer, chunk]);
      const parsed = parse(buffer);
      if (parsed === null) return;
      buffer = parsed.rest;
      take({ request: parsed.request, at: performance.now() });
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // A server that listens on a host and port has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    next: () =>
      new Promise((resolve) => {
        take = resolve;
      }),
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** A connection that is kept, for one request after the other. */
async function open(port: number): Promise<{ send(bytes: Uint8Array): Promise<void>; close(): void }> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  return {
    send: (bytes) =>
      new Promise((resolve) => {
        socket.once('data', () => resolve());
        socket.write(bytes);
      }),
    close: () => socket.destroy(),
  };
}

export async function benchForward(): Promise<Line[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'companion-forward-'));
  const receiver = await startReceiver();
  const server = await startProgram('forward-server', [
    dataDir,
    `http://127.0.0.1:${receiver.port}/webhooks`,
  ]);
  const direct = await open(receiver.port);
  const through = await open(server.ready.port);

  const acknowledged: number[] = [];
  const measure = async (way: typeof direct, number: number): Promise<number> => {
    const bytes = webhookRequest(number);
    const arrival = receiver.next();
    const sentAt = performance.now();
    const answered = way.send(bytes).then(() => performance.now() - sentAt);
    const { at } = await arrival;
    if (way === through) acknowledged.push(await answered);
    else await answered;
    return at - sentAt;
  };

  const took: { direct: number[]; through: number[] } = { direct: [], through: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const way of ['direct', 'through'] as const) {
      for (let index = 0; index < PER_ROUND; index += 1) {
        const ms = await measure(way === 'direct' ? direct : through, round * PER_ROUND + index);
        // The first round warms up.
        if (round > 0) took[way].push(ms);
      }
    }
  }

  let identical = 0;
  for (const each of fidelityCases) {
    const arrival = receiver.next();
    await through.send(each.request('/webhooks?case=1'));
    const { request } = await arrival;
    const expected = each.headers.map((line) => line.replace(/^(host: ).*/i, `$1127.0.0.1:${receiver.port}`));
    const isSame =
      request.head.startsWith(`${each.method} /webhooks?case=1 HTTP/1.1`) &&
      JSON.stringify(request.lines) === JSON.stringify([...expected, 'Connection: keep-alive']) &&
      request.body.equals(each.body);
    if (isSame) identical += 1;
    else console.log(`not identical: ${each.name}`);
  }

  direct.close();
  through.close();
  await server.stop();
  receiver.close();
  await rm(dataDir, { recursive: true });

  const line = (share: number, bar: number): Line => {
    const base = percentile(took.direct, share);
    const added = percentile(took.through, share) - base;
    return {
      what: `forward to a local server, added latency p${share * 100}, ${BODY_BYTES} B, committed first`,
      measured: `${added.toFixed(2)} ms`,
      yardstick: `sent directly ${base.toFixed(2)} ms; acknowledged, synced to disk, after ${percentile(acknowledged, share).toFixed(2)} ms`,
      bar: `<= ${bar} ms`,
      met: added <= bar,
    };
  };
  return [
    line(0.5, P50_BAR_MS),
    line(0.95, P95_BAR_MS),
    {
      what: 'forwarded with the same bytes, method and headers in order',
      measured: `${identical} of ${fidelityCases.length}`,
      yardstick: 'as written to the socket',
      bar: `${fidelityCases.length} of ${fidelityCases.length}`,
      met: identical === fidelityCases.length,
    },
  ];
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
