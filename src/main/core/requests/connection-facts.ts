/** What is worth knowing of the connection that carried a request. */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { CertificateFacts, Connection } from '../../../shared/model/exchange.ts';

/** A certificate is read once a connection, not once a request. */
const known = new WeakMap<Socket, Connection['tls']>();

/** Of a socket that is connected; what is not known of another is null. */
export function connectionFacts(
  socket: Socket,
  { reused, proxy }: Pick<Connection, 'reused' | 'proxy'>,
): Connection {
  return {
    local: endpoint(socket.localAddress, socket.localPort),
    remote: endpoint(socket.remoteAddress, socket.remotePort),
    reused,
    proxy,
    tls: socket instanceof TLSSocket ? tlsFacts(socket) : null,
  };
}

function endpoint(address: string | undefined, port: number | undefined): string | null {
  if (address === undefined || port === undefined) return null;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function tlsFacts(socket: TLSSocket): Connection['tls'] {
  const found = known.get(socket);
  if (found !== undefined) return found;
  const protocol = socket.getProtocol();
  // Null until the handshake is done: nothing to keep yet.
  if (protocol === null) return null;
  const { standardName } = socket.getCipher();
  const facts = { protocol, cipher: standardName, certificate: certificateOf(socket) };
  known.set(socket, facts);
  return facts;
}

function certificateOf(socket: TLSSocket): CertificateFacts | null {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return null;
  const { subject, issuer, subjectAltName, validFrom, validTo, fingerprint256 } = certificate;
  return {
    subject: onOneLine(subject),
    issuer: onOneLine(issuer),
    names: (subjectAltName ?? '')
      .split(', ')
      .map((name) => name.replace(/^[^:]*:/, ''))
      .filter((name) => name !== ''),
    validFrom: Date.parse(validFrom),
    validTo: Date.parse(validTo),
    fingerprint: fingerprint256,
  };
}

const onOneLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ');
