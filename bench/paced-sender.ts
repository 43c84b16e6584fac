/**
 * Sends webhooks at a given pace, whatever the answers take, and tells when each was sent and answered.
 *
 * Messages in: `{ kind: 'run', port, perSecond, count, first }`, `{ kind: 'stop' }`. Times are ms since the epoch, as exact
 * as `performance.timeOrigin` makes them, so that they go with those of a page on the same machine.
 */
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { webhookBody } from './webhook-bodies.ts';

type Message =
  | {
      readonly kind: 'run';
      readonly port: number;
      readonly perSecond: number;
      readonly count: number;
      readonly first: number;
    }
  | { readonly kind: 'stop' };

export type Sent = { readonly number: number; readonly sentAt: number; readonly answeredAt: number };

const agent = new Agent({ keepAlive: true });
const now = (): number => performance.timeOrigin + performance.now();

function send(port: number, number: number, body: Buffer): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const sentAt = now();
    const outgoing = request({
      agent,
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: `/webhooks?number=${number}`,
      headers: { 'Content-Type': 'application/json', 'Content-Length': body.length },
    });
    outgoing.on('error', reject).on('response', (answer) => {
      const answeredAt = now();
      answer.resume().on('end', () => {
        if (answer.statusCode === 200) resolve({ number, sentAt, answeredAt });
        else reject(new Error(`A webhook was answered ${String(answer.statusCode)}.`));
      });
    });
    outgoing.end(body);
  });
}

async function run({ port, perSecond, count, first }: Extract<Message, { kind: 'run' }>): Promise<Sent[]> {
  const bodies = Array.from({ length: count }, (_, index) => webhookBody(first + index));
  const start = performance.now();
  const answers: Promise<Sent>[] = [];
  for (const [index, body] of bodies.entries()) {
    const early = start + (index / perSecond) * 1000 - performance.now();
    if (early > 0) await wait(early);
    answers.push(send(port, first + index, body));
  }
  return Promise.all(answers);
}

process.on('message', (message: Message) => {
  if (message.kind === 'run') void run(message).then((sent) => process.send?.({ sent }));
  else {
    agent.destroy();
    process.disconnect();
  }
});
process.send?.({ port: 0 });
