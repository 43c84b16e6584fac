/**
 * One connection for the life of the window. It comes back by itself, says since when it has been away, and calls
 * made in the meantime wait for it.
 */
import { createORPCClient, type ClientContext, type ClientOptions } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/index.ts';
import { createValue } from '../lib/value.ts';
import { closeSession, openSession } from './session.ts';
import { hasPort, openPort, openSocket, type Link, type OpenTransport } from './transports.ts';

export type ConnectionState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'open' }
  | { readonly phase: 'lost'; readonly since: number; readonly attempt: number }
  | { readonly phase: 'no-session' };

export type Client = ContractRouterClient<Contract>;

const backOffMs = [200, 500, 1000, 2000, 4000];

function wait(ms: number, wake: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Tells a host that is down from one that runs and refuses us. */
async function hostAnswers(): Promise<boolean> {
  return fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  );
}

export function createConnection() {
  const state = createValue<ConnectionState>({ phase: 'connecting' });
  let current: Link | null = null;
  let waiting: ((link: Link) => void)[] = [];
  let wake = new AbortController();

  const ready = (): Promise<Link> =>
    current === null ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(current);

  const client: Client = createORPCClient<Client>({
    call: async (path, input, options: ClientOptions<ClientContext>) =>
      (await ready()).call(path, input, options),
  });

  function adopt(transport: OpenTransport): void {
    current = transport.link;
    state.set({ phase: 'open' });
    const callers = waiting;
    waiting = [];
    for (const resolve of callers) resolve(transport.link);
  }

  async function openOnce(): Promise<OpenTransport | 'no-session' | null> {
    if (hasPort()) return openPort();
    const token = await openSession();
    if (token === null) return 'no-session';
    const transport = await openSocket(token).catch(() => null);
    if (transport !== null) return transport;
    if (!(await hostAnswers())) return null;
    closeSession();
    return 'no-session';
  }

  async function run(): Promise<void> {
    let attempt = 0;
    let since = Date.now();
    for (;;) {
      const transport = await openOnce();
      if (transport === 'no-session') {
        state.set({ phase: 'no-session' });
        return;
      }
      if (transport !== null) {
        attempt = 0;
        adopt(transport);
        await transport.closed;
        current = null;
        since = Date.now();
      }
      attempt += 1;
      state.set({ phase: 'lost', since, attempt });
      wake = new AbortController();
      await wait(backOffMs[Math.min(attempt, backOffMs.length) - 1] ?? 4000, wake.signal);
    }
  }

  return {
    client,
    state,
    start: () => void run(),
    retryNow: () => wake.abort(),
    /** Resolves when the connection is open. */
    ready: async (): Promise<void> => void (await ready()),
  };
}

export const connection = createConnection();
/** The contract, callable. */
export const rpc = connection.client;
