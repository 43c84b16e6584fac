/** The `node:http` server of the ingress, with its limits and its answers to what is not a request. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '../ports.ts';
import type { IngressLimits } from './limits.ts';
import { refusesToContinue } from './receive-body.ts';

export type ServerDeps = {
  readonly limits: IngressLimits;
  readonly log: Log;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
};

const STATUS_OF: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/**
 * Upgrades are not offered, so a request that asks for one is handled like any other: captured, and answered by its
 * route (RFC 9110, 7.8 lets a server ignore the wish).
 */
export function createHttpServer({ limits, log, handle }: ServerDeps): Server {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: limits.checkIntervalMs,
    // A request without Host is answered by its route as well: what arrives is to be seen, not refused for its form.
    requireHostHeader: false,
    noDelay: true,
  });
  server.maxConnections = limits.connections;
  // The size of all headers is the limit. Node's limit by number would drop the rest without a word.
  server.maxHeadersCount = 0;
  server.on('request', handle);
  // Other expectations than 100-continue are no reason to refuse what can be captured.
  server.on('checkExpectation', handle);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    // A sender that asks first and announces too much is told so before it sends anything.
    if (!refusesToContinue(request, limits)) response.writeContinue();
    handle(request, response);
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) =>
    refuse(socket, '405 Method Not Allowed'),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    log('debug', 'Something that is no HTTP request came in', { code: error.code ?? null });
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else refuse(socket, STATUS_OF[error.code ?? ''] ?? '400 Bad Request');
  });
  server.on('dropRequest', (_request: IncomingMessage, socket: Duplex) => socket.destroy());
  return server;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
