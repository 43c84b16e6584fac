import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { CompanionRouter } from '../../router/create-router.ts';

/** Of one message from a client: the largest request body the request builder takes, and some. */
const maxPayload = 64 * 1024 * 1024;

export type ContractSocket = {
  /** Completes an upgrade that the caller has found to be allowed. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends every connection at once: closing an HTTP server leaves upgraded sockets open. */
  close(): void;
};

/**
 * Sends that resolve when the bytes have left, so that a stream waits for a slow client instead of queueing for it.
 * oRPC awaits what `send` returns. A send that fails needs no word: the close that follows ends every stream.
 */
function sendingPatiently(socket: WebSocket): Pick<WebSocket, 'addEventListener' | 'send'> {
  const send = (data: Parameters<WebSocket['send']>[0]): Promise<void> =>
    new Promise((resolve) => {
      socket.send(data, () => resolve());
    });
  return { addEventListener: socket.addEventListener.bind(socket), send: send as WebSocket['send'] };
}

/**
 * The contract over WebSocket.
 * @param protocol the subprotocol to agree to, for clients that offered it
 */
export function createContractSocket(router: CompanionRouter, protocol?: string): ContractSocket {
  const handler = new RPCHandler(router);
  const server = new WebSocketServer({
    noServer: true,
    maxPayload,
    perMessageDeflate: false,
    handleProtocols: (offered) => (protocol !== undefined && offered.has(protocol) ? protocol : false),
  });
  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (accepted) => {
        // A broken or over-long message ends the connection; the client sees the close.
        accepted.on('error', () => accepted.terminate());
        void handler.upgrade(sendingPatiently(accepted));
      });
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
