import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../../../shared/model/app-error.ts';
import { listenLoopback } from '../../core/ingress/listen-loopback.ts';
import type { Log } from '../../core/ports.ts';
import type { CompanionRouter } from '../../router/create-router.ts';
import { createContractSocket } from '../node/contract-socket.ts';
import { refuseCrossSite, refuseRequest } from './access.ts';
import { answerRequest } from './answer-request.ts';
import { createPageFiles } from './page-files.ts';
import { createSessions, type Sessions } from './sessions.ts';

export type WebServerDeps = {
  readonly router: CompanionRouter;
  /** The folder of the built window. */
  readonly rendererDir: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly log: Log;
  readonly sessions?: Sessions;
};

export type WebServer = {
  readonly port: number;
  /** The address of the window with a fresh one-time code in its fragment, which no server ever sees. */
  link(): string;
  /** Ends every connection, the upgraded ones included. */
  close(): Promise<void>;
};

const protocol = 'companion.v1';
const tokenPrefix = 'token.';

function tokenOf(request: IncomingMessage): string | null {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(protocol)) return null;
  return offered.find((name) => name.startsWith(tokenPrefix))?.slice(tokenPrefix.length) ?? null;
}

function refuseUpgrade(socket: Duplex, status: string, sentence: string): void {
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `X-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(sentence)}\r\n\r\n${sentence}`,
  );
}

/** Serves the window and the contract on this machine only. Rejects with `port_busy`. */
export async function startWebServer({
  router,
  rendererDir,
  port: wanted,
  log,
  sessions = createSessions(),
}: WebServerDeps): Promise<WebServer> {
  const contract = createContractSocket(router, protocol);
  const deps = { files: createPageFiles(rendererDir), sessions };
  let port = wanted;

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const refusal = refuseRequest(request, port) ?? refuseCrossSite(request);
    if (refusal !== null) return refuseUpgrade(socket, '403 Forbidden', refusal);
    if (request.url !== '/rpc') return refuseUpgrade(socket, '404 Not Found', 'There is nothing here.');
    const token = tokenOf(request);
    if (token === null || !sessions.isToken(token)) {
      return refuseUpgrade(socket, '401 Unauthorized', 'The session token is missing or of an earlier run.');
    }
    contract.accept(request, socket, head);
  };

  const create = (): Server => {
    const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
      answerRequest(deps, port, request, response).catch((error: unknown) => {
        log('error', 'a page could not be served', { error });
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    });
    return server.on('upgrade', upgrade);
  };

  const listening = await listenLoopback(wanted, create, log).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'port_busy'
      ? new AppError('port_busy', error.message, {
          remedy: 'Close that program, or choose another port for the window with --port.',
          cause: error,
        })
      : error;
  });
  port = listening.port;

  return {
    port,
    link: () => `http://127.0.0.1:${port}/#code=${sessions.mintCode()}`,
    async close() {
      const closed = listening.servers.map(
        (server) => new Promise<void>((resolve) => server.close(() => resolve())),
      );
      contract.close();
      for (const server of listening.servers) server.closeAllConnections();
      await Promise.all(closed);
    },
  };
}
