/**
 * Plays an API with one large answer: `big-answer-server`. `GET /big/<megabytes>` is answered with so many MB of JSON, a list
 * of contacts; `/_simulator/` is the simulator's, so that a profile can be made of it. Messages in: `{ kind: 'sent' }`,
 * answered with `{ at }`, when the last byte of the last answer had left, in ms since the epoch; `{ kind: 'stop' }`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createSimulator } from '../src/simulator/create-simulator.ts';
import type { SimulatorReady } from './simulator-server.ts';

type Message = { readonly kind: 'sent' | 'stop' };

const simulator = await createSimulator({ seed: 1 });
const pieceRows = 500;

async function json(path: string, init?: RequestInit): Promise<unknown> {
  return (await fetch(simulator.url + path, init)).json();
}
const state = (await json('/_simulator/state')) as { locations: { id: string }[] };
const locationId = state.locations[0]?.id ?? '';
const { token } = (await json('/_simulator/private-tokens', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ locationId, scopes: ['contacts.readonly'] }),
})) as { token: string };

const contact = (number: number): string =>
  JSON.stringify({
    id: `contact${String(number).padStart(13, '0')}`,
    firstName: 'Ada',
    lastName: `Lovelace ${number}`,
    email: `ada.${number}@example.com`,
    tags: ['bench', `group ${number % 97}`],
    customFields: [{ id: 'field0000000000001', value: number % 1000 }],
    dateAdded: '2026-01-01T00:00:00.000Z',
  });

/** Exactly so many bytes: what is missing in the end is white space. */
function* pieces(bytes: number): Generator<Buffer> {
  yield Buffer.from('{"contacts":[');
  let left = bytes - '{"contacts":[]}'.length;
  for (let number = 0; ;) {
    const rows: string[] = [];
    for (; rows.length < pieceRows; number += 1) rows.push(`${number === 0 ? '' : ','}${contact(number)}`);
    const piece = Buffer.from(rows.join(''));
    if (piece.length > left) break;
    left -= piece.length;
    yield piece;
  }
  yield Buffer.from(`${' '.repeat(left)}]}`);
}

async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const answer = await fetch(simulator.url + request.url, {
    method: request.method ?? 'GET',
    ...(body !== '' && { body, headers: { 'content-type': 'application/json' } }),
  });
  response.writeHead(answer.status, { 'Content-Type': 'application/json' });
  response.end(await answer.text());
}

let sentAt = 0;
const server = createServer((request, response) => {
  const megabytes = Number(/^\/big\/(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
  if (megabytes > 0) {
    const bytes = megabytes * 1_000_000;
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': bytes });
    pipeline(pieces(bytes), response).then(
      () => (sentAt = performance.timeOrigin + performance.now()),
      (error: unknown) => console.error(String(error)),
    );
    return;
  }
  void passOn(request, response);
});

process.on('message', (message: Message) => {
  if (message.kind === 'sent') {
    process.send?.({ at: sentAt });
    return;
  }
  server.closeAllConnections();
  server.close();
  void simulator.dispose().then(() => process.disconnect());
});

server.listen(0, '127.0.0.1', () => {
  // A server that listens on a host and port has an address with a port.
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, token, locationId } satisfies SimulatorReady);
});
