/** The yardstick: the least a `node:http` server can do that reads a request and gives the same answers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Message =
  | { readonly kind: 'answers'; readonly answers: readonly (readonly [request: string, answer: string])[] }
  | { readonly kind: 'stop' };

type Canned = { readonly status: number; readonly headers: string[]; readonly body: Buffer };

const answers = new Map<string, Canned>();

const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    const canned = answers.get(`${request.method} ${request.url}`);
    if (canned === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(canned.status, canned.headers).end(canned.body);
  });
});

/** Status, headers as they were sent, and body, out of a whole answer. */
function toCanned(answer: string): Canned {
  const end = answer.indexOf('\r\n\r\n');
  const [first = '', ...lines] = answer.slice(0, end).split('\r\n');
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    return /^(date|connection|keep-alive)$/i.test(name) ? [] : [name, line.slice(colon + 1).trim()];
  });
  return {
    status: Number(first.split(' ')[1]),
    headers,
    body: Buffer.from(answer.slice(end + 4), 'latin1'),
  };
}

process.on('message', (message: Message) => {
  if (message.kind === 'answers') {
    for (const [request, answer] of message.answers) {
      answers.set(request.split(' ').slice(0, 2).join(' '), toCanned(answer));
    }
    process.send?.({ held: answers.size });
    return;
  }
  server.closeAllConnections();
  server.close();
  process.disconnect();
});

server.listen(0, '127.0.0.1', () => {
  // A server that listens on a host and port has an address with a port.
  const { port } = server.address() as AddressInfo;
  process.send?.({ port });
});
