/** A server of the developer's, down to the bytes. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { parse } from '../../bench/parse-request.ts';
import type { Received } from '../../bench/parse-request.ts';

export type Receiver = {
  readonly url: string;
  readonly received: Received[];
  /** The next `count` requests, in the order they came. */
  take(count: number): Promise<Received[]>;
  readonly sockets: Set<Socket>;
  close(): Promise<void>;
};

const plain = 'HTTP/1.1 202 Accepted\r\nX-Answer: Yes\r\nx-answer: again\r\nContent-Length: 2\r\n\r\nok';

/** @param answer what is written once a request is whole; null for nothing at all */
export async function startReceiver(
  answer: (socket: Socket, received: Received) => void = (socket) => void socket.write(plain),
): Promise<Receiver> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let wake = (): void => {};
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (let parsed = parse(buffer); parsed !== null; parsed = parse(buffer)) {
        buffer = parsed.rest;
        received.push(parsed.request);
        answer(socket, parsed.request);
        wake();
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  let taken = 0;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    sockets,
    close,
    async take(count) {
      while (received.length < taken + count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      taken += count;
      return received.slice(taken - count, taken);
    },
  };
}
