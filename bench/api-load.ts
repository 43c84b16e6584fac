/**
 * Sends API requests over keep-alive connections, one at a time on each, in turn. Plain sockets: an HTTP client would cost
 * more than the server that is measured.
 *
 * Messages in: `{ kind: 'sample', port, requests }`, answered with every whole answer;
 * `{ kind: 'run', port, requests, connections, ms?, count? }`, answered with how many were answered 2xx; `{ kind: 'stop' }`.
 */
import { connect } from 'node:net';

type Message =
  | { readonly kind: 'sample'; readonly port: number; readonly requests: readonly string[] }
  | {
      readonly kind: 'run';
      readonly port: number;
      readonly requests: readonly string[];
      readonly connections: number;
      /** Ends after this time, or else after `count` requests. */
      readonly ms?: number;
      readonly count?: number;
    }
  | { readonly kind: 'stop' };

/** Sends what `next` gives until it gives nothing, and hands each answer on. */
function drive(
  port: number,
  next: () => string | undefined,
  answered: (answer: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answer = '';
    const send = (): void => {
      const request = next();
      answer = '';
      if (request === undefined) socket.end();
      else socket.write(request, 'latin1');
    };
    socket.on('connect', send);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const end = answer.indexOf('\r\n\r\n');
      if (end === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
      if (answer.length < end + 4 + length) return;
      answered(answer);
      send();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}

async function sample(port: number, requests: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  let index = 0;
  await drive(
    port,
    () => requests[index++],
    (answer) => answers.push(answer),
  );
  return answers;
}

async function run({
  port,
  requests,
  connections,
  ms = Infinity,
  count = Infinity,
}: Extract<Message, { kind: 'run' }>): Promise<{ answered: number; refused: number; ms: number }> {
  let sent = 0;
  let answered = 0;
  let refused = 0;
  const start = performance.now();
  const next = (): string | undefined => {
    if (sent >= count || performance.now() >= start + ms) return undefined;
    sent += 1;
    return requests[sent % requests.length];
  };
  const take = (answer: string): void => {
    if (answer.startsWith('HTTP/1.1 2')) answered += 1;
    else refused += 1;
  };
  await Promise.all(Array.from({ length: connections }, () => drive(port, next, take)));
  return { answered, refused, ms: performance.now() - start };
}

process.on('message', (message: Message) => {
  if (message.kind === 'stop') process.disconnect();
  if (message.kind === 'sample') {
    void sample(message.port, message.requests).then((answers) => process.send?.({ answers }));
  }
  if (message.kind === 'run') void run(message).then((figures) => process.send?.(figures));
});
process.send?.({ port: 0 });
