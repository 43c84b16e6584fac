import type { IncomingHttpHeaders } from 'node:http';

/** A request that has been read to its end. */
export interface Incoming {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Runs once the connection is done with this answer, whether or not the client received it. */
  readonly after?: () => void;
}

export function jsonReply(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** `status` 302 keeps the request's method where it was a GET, 303 always turns into a GET. */
export function redirectReply(status: 302 | 303, location: string): Reply {
  return { status, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

export function emptyReply(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: '' };
}
