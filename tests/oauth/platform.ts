/** A token endpoint of a few lines, that answers what a test wants and keeps what it was sent. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Profile } from '../../src/shared/model/profile.ts';

export type Received = {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly form: Readonly<Record<string, string>>;
};

export type Platform = {
  /** The profile with this platform as its API host. */
  at(profile: Profile): Profile;
  answers(status: number, body: unknown): void;
  readonly received: Received[];
  close(): void;
};

export async function createPlatform(): Promise<Platform> {
  let next = { status: 200, body: '{}' };
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://platform');
      received.push({
        method: request.method,
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        form: Object.fromEntries(new URLSearchParams(body)),
      });
      response.writeHead(next.status, { 'content-type': 'application/json' }).end(next.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a host and port has an address with a port.
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    at: (profile) => ({ ...profile, hosts: { ...profile.hosts, api } }),
    answers(status, body) {
      next = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
    },
    received,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
