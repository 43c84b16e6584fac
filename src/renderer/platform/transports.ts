/** The two ways to the core. Both answer a link that carries the contract, and say when it is gone. */
import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';

export type Link = ClientLink<ClientContext>;

export type OpenTransport = {
  readonly link: Link;
  /** Resolves when the transport can no longer be used. */
  readonly closed: Promise<void>;
};

declare global {
  interface Window {
    /** Exposed by the desktop's preload; absent in a browser. */
    readonly companion?: { readonly transport: string };
  }
}

export function hasPort(): boolean {
  return window.companion !== undefined;
}

/** Asks the preload for a port. The desktop hands over a new one each time it is asked. */
export function openPort(): Promise<OpenTransport> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      const data = event.data;
      if (event.source !== window || typeof data !== 'object' || data === null) return;
      if (!('type' in data) || data.type !== 'companion:port') return;
      const [port] = event.ports;
      if (port === undefined) return;
      window.removeEventListener('message', onMessage);
      const closed = new Promise<void>((gone) => {
        port.addEventListener('close', () => gone());
      });
      const link = new PortLink({ port });
      port.start();
      resolve({ link, closed });
    };
    window.addEventListener('message', onMessage);
    window.postMessage({ type: 'companion:ready' }, location.origin);
  });
}

/** Rejects when the socket closes before it opened: the host is down, or refuses the token. */
export function openSocket(token: string): Promise<OpenTransport> {
  const address = new URL('/rpc', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address, ['companion.v1', `token.${token}`]);
  const link = new SocketLink({ websocket: socket });
  const closed = new Promise<void>((gone) => {
    socket.addEventListener('close', () => gone());
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve({ link, closed }));
    void closed.then(() => reject(new Error('the socket closed before it opened')));
  });
}
