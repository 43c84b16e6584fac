/**
 * Sends webhooks over keep-alive connections, one at a time on each, and tells which were answered 200. Plain sockets:
 * an HTTP client would cost more than the server that is measured.
 *
 * Messages in: `{ kind: 'prepare', count, largeEvery }`, `{ kind: 'run', port, connections, ms }`, `{ kind: 'stop' }`.
 * Numbers go on from run to run, unless it says `rewind`; when all prepared ones are sent, they start over.
 */
import { connect } from 'node:net';
import { webhookRequest } from './webhook-bodies.ts';

type Message =
  | { readonly kind: 'prepare'; readonly count: number; readonly largeEvery: number }
  | {
      readonly kind: 'run';
      readonly port: number;
      readonly connections: number;
      readonly ms: number;
      readonly rewind?: boolean;
    }
  | { readonly kind: 'stop' };

/** Larger than what is kept in a row, so that bodies in files are under load as well. */
const LARGE_BYTES = 300_000;

let requests: Buffer[] = [];
let next = 0;

function drive(port: number, until: number, acknowledged: number[]): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let number = -1;
    let answer = '';
    const send = (): void => {
      if (performance.now() >= until) {
        socket.end();
        return;
      }
      number = next % requests.length;
      next += 1;
      answer = '';
      socket.write(requests[number] ?? '');
    };
    socket.on('connect', send);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const end = answer.indexOf('\r\n\r\n');
      if (end === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
      if (answer.length < end + 4 + length) return;
      if (answer.startsWith('HTTP/1.1 200')) acknowledged.push(number);
      send();
    });
    // The server is killed on purpose in one of the sections; what was not answered is not acknowledged.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve());
  });
}

process.on('message', (message: Message) => {
  if (message.kind === 'stop') process.disconnect();
  if (message.kind === 'prepare') {
    next = 0;
    requests = Array.from({ length: message.count }, (_, index) =>
      message.largeEvery > 0 && index % message.largeEvery === message.largeEvery - 1
        ? webhookRequest(index, LARGE_BYTES)
        : webhookRequest(index),
    );
    process.send?.({ prepared: requests.length });
  }
  if (message.kind === 'run') {
    if (message.rewind === true) next = 0;
    const acknowledged: number[] = [];
    const start = performance.now();
    const connections = Array.from({ length: message.connections }, () =>
      drive(message.port, start + message.ms, acknowledged),
    );
    void Promise.all(connections).then(() =>
      process.send?.({ acknowledged, ms: performance.now() - start, sent: next }),
    );
  }
});
process.send?.({ port: 0 });
