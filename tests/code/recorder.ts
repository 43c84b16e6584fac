import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Recorded = {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};

export type Recorder = { readonly origin: string; readonly taken: () => Recorded };

/** An API host that writes down what reaches it and answers `{}`. */
export async function startRecorder(): Promise<Recorder> {
  const received: Recorded[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, target: url, headers, body: Buffer.concat(chunks) });
      response.setHeader('Content-Type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    taken() {
      const [one, ...more] = received.splice(0);
      if (one === undefined || more.length > 0) throw new Error(`${more.length} requests came, not one.`);
      return one;
    },
  };
}
