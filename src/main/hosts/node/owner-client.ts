import { connect } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { Contract } from '../../../shared/contract/index.ts';
import { readOwnerFile, type OwnerInfo } from './owner-file.ts';

export type ContractClient = ContractRouterClient<Contract>;

export type OwnerConnection = {
  readonly client: ContractClient;
  readonly info: OwnerInfo;
  /** Resolves when the owner has gone, or after `close`. */
  readonly closed: Promise<void>;
  close(): void;
};

const handshakeTimeout = 3000;

/** A connection to the live owner of a data folder; null where there is none, whatever its file says. */
export async function attachToOwner(dataDir: string): Promise<OwnerConnection | null> {
  const info = readOwnerFile(dataDir);
  if (info === null) return null;
  const socket = new WebSocket('ws://localhost/', {
    createConnection: () => connect(info.socket),
    headers: { authorization: `Bearer ${info.token}` },
    handshakeTimeout,
    perMessageDeflate: false,
  });
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true));
    // A file without a listener behind it was left by an owner that was killed.
    socket.on('error', () => resolve(false));
  });
  if (!isOpen) return null;
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return { client: createORPCClient(link), info, closed, close: () => socket.close() };
}
