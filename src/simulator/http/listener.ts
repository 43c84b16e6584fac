import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultKind, Faults } from './faults.ts';
import type { Incoming, Reply } from './messages.ts';
import { jsonReply } from './messages.ts';
import { refuse } from './refusal.ts';

const BODY_LIMIT = 5 * 1024 * 1024;

export interface Listener {
  readonly port: number;
  dispose(): Promise<void>;
}

interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly faults: Faults;
  readonly answer: (request: Incoming) => Promise<Reply>;
  readonly log: (line: string) => void;
}

/** Listens until disposed. Rejects with one sentence when the address cannot be had. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const { host, faults, answer, log } = options;
  const delays = new Set<NodeJS.Timeout>();
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000 }, (req, res) => {
    serve(req, res).catch((error: unknown) => {
      log(`request failed: ${error instanceof Error ? error.message : String(error)}`);
      res.destroy();
    });
  });

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await readBody(req);
    if (body === undefined) {
      send(res, 'GET', overLimit());
      return;
    }
    const request = toIncoming(req, body);
    const fault = faults.strike(request.method, request.path);
    if (fault?.type === 'reset') req.socket.resetAndDestroy();
    if (fault?.type === 'reset' || fault?.type === 'hang') return;
    if (fault?.type === 'delay') {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, fault.ms);
        delays.add(timer);
      });
    }
    const reply = fault?.type === 'status' ? statusFault(fault.status) : await answer(request);
    if (reply.after !== undefined) {
      if (res.closed) reply.after();
      else res.once('close', reply.after);
    }
    log(`${request.method} ${request.path} ${reply.status}${fault ? ` (fault: ${fault.type})` : ''}`);
    sendUnder(fault, res, request.method, reply);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(startFailure(error, host, options.port)));
    });
    server.listen(options.port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    async dispose() {
      for (const timer of delays) clearTimeout(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function startFailure(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is already in use; choose another port, or 0 for any free one.`;
  }
  if (error.code === 'EACCES')
    return `Port ${port} on ${host} may not be opened by this user; choose one above 1023.`;
  return `The simulator cannot listen on ${host} port ${port}: ${error.message}.`;
}

/** The whole body, or undefined once it passes the limit. */
async function readBody(req: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= BODY_LIMIT) chunks.push(bytes);
    // Reads on for a while, so that the client gets to see the 413, then gives up on it.
    else if (size > 4 * BODY_LIMIT) return undefined;
  }
  return size > BODY_LIMIT ? undefined : Buffer.concat(chunks);
}

function toIncoming(req: IncomingMessage, body: Buffer): Incoming {
  const target = req.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: req.method ?? 'GET',
    target,
    path: mark === -1 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1)),
    headers: req.headers,
    body,
  };
}

function overLimit(): Reply {
  const refusal = refuse(413, 'request entity too large');
  return jsonReply(refusal.status, refusal.body, { connection: 'close' });
}

function statusFault(status: number): Reply {
  const refusal = refuse(status, 'This answer is a fault the simulator was asked for.');
  return jsonReply(status, refusal.body);
}

function send(res: ServerResponse, method: string, reply: Reply): void {
  const length = Buffer.byteLength(reply.body);
  const body = reply.status === 204 || reply.status === 304 ? {} : { 'content-length': String(length) };
  res.writeHead(reply.status, { ...body, ...reply.headers });
  res.end(method === 'HEAD' ? undefined : reply.body);
}

function sendUnder(fault: FaultKind | undefined, res: ServerResponse, method: string, reply: Reply): void {
  if (fault?.type === 'lost') {
    res.socket?.resetAndDestroy();
  } else if (fault?.type === 'garbage') {
    send(res, method, { ...reply, status: 200, body: '<html>\u0000{"access_token": upstream' });
  } else if (fault?.type === 'cut') {
    const bytes = Buffer.from(reply.body);
    res.writeHead(reply.status, { ...reply.headers, 'content-length': String(bytes.length) });
    res.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => res.destroy());
  } else {
    send(res, method, reply);
  }
}
