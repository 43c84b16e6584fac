/**
 * A way to ngrok's edge through an HTTP proxy. The agent knows no proxy, so it is given this relay as its edge: it
 * listens on this machine only, with a certificate made for the occasion, and passes what comes on to the real edge
 * over TLS in a tunnel of the proxy. The bytes are in the clear in this process, which runs the agent anyway.
 */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls, createServer, type TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';

export type Relay = {
  /** `host:port` for the agent, and the PEM of the one certificate to trust there. */
  readonly address: string;
  readonly ca: string;
  /** Rejects with one sentence as soon as a connection onwards fails; never resolves. */
  readonly failure: Promise<never>;
};

export type RelayOptions = {
  /** `http://host:port` or `https://…`, with a user name and password where the proxy wants them. */
  readonly proxy: string;
  /** `host:port` of the real edge. */
  readonly edge: string;
  /** PEM certificates that the real edge is checked against. */
  readonly ca: readonly string[];
};

const dayMs = 24 * 60 * 60 * 1000;

/** Listens until the process ends. */
export async function createRelay({ proxy, edge, ca }: RelayOptions): Promise<Relay> {
  // The agent refuses an authority's certificate as a server's, hence cA: false.
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'HighLevel Companion' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - dayMs),
    notAfterDate: new Date(Date.now() + 365 * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  const { promise: failure, reject } = Promise.withResolvers<never>();
  // Whoever is interested awaits it; nobody must.
  failure.catch(() => undefined);
  const server = createServer({ cert, key }, (agent) => {
    agent.on('error', () => agent.destroy());
    openTunnel(proxy, edge, ca).then(
      (onward) => {
        onward.on('error', () => agent.destroy());
        onward.on('close', () => agent.destroy());
        agent.on('close', () => onward.destroy());
        agent.pipe(onward).pipe(agent);
      },
      (error: unknown) => {
        reject(error);
        agent.destroy();
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, ca: cert, failure };
}

/** Rejects with one sentence for the user. */
async function openTunnel(proxy: string, edge: string, ca: readonly string[]): Promise<TLSSocket> {
  const socket = await connectThrough(new URL(proxy), edge);
  const host = edge.slice(0, edge.lastIndexOf(':'));
  const secure = connectTls({
    socket,
    ca: [...ca],
    // A server name is a name; for an address Node checks the certificate against `host`.
    ...(isIP(host) === 0 ? { servername: host } : { host }),
  });
  try {
    await once(secure, 'secureConnect');
    return secure;
  } catch (cause) {
    secure.destroy();
    throw new Error(
      'ngrok cannot be reached safely: what answers behind the proxy has no certificate that is trusted; name the certificate authority of the proxy in Settings > Network.',
      { cause },
    );
  }
}

function connectThrough(proxy: URL, edge: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const { username, password } = proxy;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
    host: proxy.hostname.replaceAll(/^\[|\]$/g, ''),
    port: proxy.port,
    method: 'CONNECT',
    path: edge,
    agent: false,
    headers: {
      host: edge,
      ...(username !== '' && {
        'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}`,
      }),
    },
  });
  request.once('connect', ({ statusCode = 0 }, socket: Socket) => {
    if (statusCode >= 200 && statusCode < 300) {
      resolve(socket);
      return;
    }
    socket.destroy();
    reject(
      new Error(
        statusCode === 407
          ? 'The proxy wants a user name and a password; put both into HTTPS_PROXY in the environment, and leave the proxy in Settings empty.'
          : `The proxy did not open a way to ngrok: it answered ${statusCode}.`,
      ),
    );
  });
  request.once('response', (answer) => {
    answer.destroy();
    reject(
      new Error(`The proxy did not open a way to ngrok: it answered ${answer.statusCode ?? 'nothing'}.`),
    );
  });
  request.on('error', (cause) => reject(new Error('The proxy cannot be reached.', { cause })));
  request.end();
  return promise;
}
