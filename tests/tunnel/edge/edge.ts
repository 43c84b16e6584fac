import { randomUUID } from 'node:crypto';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import * as z from 'zod';
import { selfSigned } from './certificate.ts';
import { createMux, type Mux } from './mux.ts';

/** A stand-in for ngrok's edge on loopback, for the real agent: TLS, auth, bind, proxied visitors, refusals, loss. */
export type Edge = {
  /** `host:port` for the agent. */
  readonly address: string;
  /** The PEM it must trust. */
  readonly ca: string;
  /** Where visitors come in: a plain http address of this machine. */
  readonly publicUrl: string;
  /** Each Auth and Bind that was asked for, as the agent sent it. */
  readonly auths: readonly unknown[];
  readonly binds: readonly z.infer<typeof bindRequest>[];
  /** Agents connected now. */
  connected(): number;
  /** The next answers to Auth or Bind; null accepts. The text's last line may be an ngrok code. */
  refuse(what: 'auth' | 'bind', text: string | null): void;
  /** Cuts every agent off. */
  drop(): void;
  /** Reads nothing and answers nothing from now on, with the connections open. */
  freeze(): void;
  /** Visitors are told that nobody is there, with the agents connected and bound. */
  deafen(deaf: boolean): void;
  dispose(): Promise<void>;
};

const AUTH = 0;
const BIND = 1;
const UNBIND = 2;
const PROXY = 3;
const HEARTBEAT = 0xffff_ffff;

const bindRequest = z.looseObject({
  Proto: z.string(),
  ForwardsTo: z.string(),
  Opts: z.looseObject({ Domain: z.string() }),
});

type Agent = { readonly socket: TLSSocket; readonly mux: Mux; tunnel: string | null };

export async function createEdge(): Promise<Edge> {
  const { cert, key } = selfSigned();
  const agents = new Set<Agent>();
  const visitors = new Set<Socket>();
  const auths: unknown[] = [];
  const binds: z.infer<typeof bindRequest>[] = [];
  let deaf = false;
  const refusals: Record<'auth' | 'bind', string | null> = { auth: null, bind: null };

  const server = createTlsServer({ cert, key }, (socket) => {
    const agent: Agent = { socket, mux: createMux(socket, (stream) => serve(agent, stream)), tunnel: null };
    agents.add(agent);
    socket.on('error', () => undefined);
    socket.once('close', () => agents.delete(agent));
  });

  function serve(agent: Agent, stream: Duplex): void {
    let pending = Buffer.alloc(0);
    let type: number | null = null;
    stream.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      if (type === null) {
        if (pending.length < 4) return;
        type = pending.readUInt32BE(0);
        pending = pending.subarray(4);
      }
      if (type === HEARTBEAT) {
        stream.write(pending);
        pending = Buffer.alloc(0);
        return;
      }
      // A request has no length and no end: it is whole once it can be read.
      const request = parse(pending);
      if (request === undefined) return;
      pending = Buffer.alloc(0);
      stream.end(JSON.stringify(reply(agent, type, request)));
    });
  }

  function reply(agent: Agent, type: number, request: unknown): unknown {
    switch (type) {
      case AUTH:
        auths.push(request);
        if (refusals.auth !== null) return { Version: '3', ClientId: '', Error: refusals.auth };
        return { Version: '3', ClientId: `ts_${randomUUID()}`, Extra: { Region: 'test' } };
      case BIND: {
        const bind = bindRequest.parse(request);
        binds.push(bind);
        if (refusals.bind !== null) return { Error: refusals.bind };
        // Unique for ever: the agent keeps listeners of all sessions by this id.
        agent.tunnel = `tn_${randomUUID()}`;
        const { Proto, Opts } = bind;
        return { Id: agent.tunnel, URL: publicUrl, Proto, Opts, Extra: { Token: randomUUID() }, Error: '' };
      }
      case UNBIND:
        agent.tunnel = null;
        return {};
      default:
        return { Error: 'unknown request' };
    }
  }

  /** Gives a visitor's connection to the agent, after the header: its type, its length (little-endian), its JSON. */
  function visit(visitor: Socket): void {
    visitors.add(visitor);
    visitor.once('close', () => visitors.delete(visitor));
    visitor.on('error', () => visitor.destroy());
    const agent = [...agents].find(({ tunnel }) => tunnel !== null);
    if (agent === undefined || deaf) {
      visitor.resume();
      visitor.end(
        'HTTP/1.1 404 Not Found\r\nngrok-error-code: ERR_NGROK_3200\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
      );
      return;
    }
    const stream = agent.mux.open();
    const header = Buffer.from(
      JSON.stringify({
        Id: agent.tunnel,
        ClientAddr: '203.0.113.7:40000',
        Proto: 'https',
        EdgeType: '3',
        PassthroughTLS: false,
      }),
    );
    const prefix = Buffer.alloc(12);
    prefix.writeUInt32BE(PROXY, 0);
    prefix.writeBigInt64LE(BigInt(header.length), 4);
    stream.write(Buffer.concat([prefix, header]));
    visitor.pipe(stream).pipe(visitor);
    stream.once('close', () => visitor.destroy());
    visitor.once('close', () => stream.end());
  }

  const front = createTcpServer({ allowHalfOpen: true }, visit);
  const publicUrl = `http://127.0.0.1:${await listen(front)}`;
  const port = await listen(server);

  return {
    address: `127.0.0.1:${port}`,
    ca: cert,
    publicUrl,
    auths,
    binds,
    connected: () => agents.size,
    refuse(what, text) {
      refusals[what] = text;
    },
    drop() {
      for (const { socket } of agents) socket.destroy();
    },
    freeze() {
      for (const { socket } of agents) socket.pause().removeAllListeners('data');
    },
    deafen(next) {
      deaf = next;
    },
    async dispose() {
      for (const visitor of visitors) visitor.destroy();
      for (const { socket } of agents) socket.destroy();
      await Promise.all([server, front].map((each) => new Promise((done) => each.close(done))));
    },
  };
}

async function listen(server: Server): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return (server.address() as AddressInfo).port;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // Not whole yet.
    return undefined;
  }
}
