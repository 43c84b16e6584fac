/** Binds both loopback addresses on one port. */
import type { Server } from 'node:http';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Log } from '../ports.ts';

/** How often another free port is tried where ::1 has it taken. */
const ATTEMPTS = 10;

/** This machine has no IPv6 loopback; 127.0.0.1 alone will do. */
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

export type Listening = { readonly port: number; readonly servers: readonly Server[] };

/**
 * Binds 127.0.0.1 and ::1. Port 0 takes one that is free on both. Rejects with `port_busy`, or with `bad_input` for a
 * port this user may not bind; nothing is left listening then.
 */
export async function listenLoopback(port: number, create: () => Server, log: Log): Promise<Listening> {
  for (let attempt = 1; ; attempt += 1) {
    const v4 = create();
    try {
      await listen(v4, port, '127.0.0.1');
    } catch (error) {
      throw explained(error, port);
    }
    const address = v4.address();
    const bound = typeof address === 'object' && address !== null ? address.port : port;
    const v6 = create();
    try {
      await listen(v6, bound, '::1');
      return { port: bound, servers: [v4, v6] };
    } catch (error) {
      const code = codeOf(error);
      if (NO_IPV6.has(code)) {
        log('info', 'There is no IPv6 loopback; listening on 127.0.0.1 only', { port: bound });
        return { port: bound, servers: [v4] };
      }
      await new Promise((resolve) => {
        v4.close(resolve);
      });
      if (port !== 0 || code !== 'EADDRINUSE' || attempt === ATTEMPTS) throw explained(error, bound);
    }
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: true, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function explained(error: unknown, port: number): unknown {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return new AppError('port_busy', `Port ${port} is in use by another program.`, {
      remedy:
        'Close that program, or choose another port in Settings; the redirect and webhook URLs change with it.',
      cause: error,
    });
  }
  if (code === 'EACCES') {
    return new AppError('bad_input', `Port ${port} is reserved; this user may not listen on it.`, {
      remedy: 'Choose a port above 1023.',
      cause: error,
    });
  }
  return error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
