/**
 * The one way out: every request the companion makes goes through here and leaves one exchange a hop, on success and on
 * failure alike, with its secrets cut out before the write.
 */
import { headerValue } from '../../../shared/highlevel/headers.ts';
import type { HeaderPairs, Outcome, Timings } from '../../../shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import type { NetworkSettings } from '../../../shared/model/system.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { CapturedBody, ExchangeStore } from '../exchanges/types.ts';
import { createUuidV7 } from '../exchanges/uuid-v7.ts';
import type { Log } from '../ports.ts';
import type { Redactor } from '../vault/types.ts';
import { decodeContent } from './decode-content.ts';
import type { FailureKind, HttpFailure } from './http-failure.ts';
import { bodyLimit, sendHop, type HopRequest, type HopResult } from './http-hop.ts';
import { createAnswerKeeper, keepEncoded, type AnswerKeeper } from './keep-answer.ts';
import { createOutboundAgents, noNetworkSettings } from './outbound-agents.ts';

export type HttpClientDeps = {
  readonly store: Pick<ExchangeStore, 'append' | 'spool'>;
  readonly redactor: Redactor;
  readonly log: Log;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Proxy and authorities; left out, those of the environment. */
  readonly network?: () => NetworkSettings;
  readonly env?: NodeJS.ProcessEnv;
};

export type HttpSend = {
  readonly purpose: 'token' | 'api';
  readonly method: string;
  /** Absolute http(s) URL. */
  readonly url: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array | null;
  readonly profileId: ProfileId | null;
  readonly causeId?: ExchangeId | null;
  /** For the whole answer of one hop. Default 30 s. */
  readonly timeoutMs?: number;
  /** Whether a redirect to the same origin is followed. Default true. */
  readonly followRedirects?: boolean;
  /** False where the beginning of a long answer is enough for the caller: the rest is stored and not held. Default true. */
  readonly wholeBody?: boolean;
  readonly signal?: AbortSignal | undefined;
};

export type HttpAnswer = {
  /** Of the last hop. Given before the exchange is stored: await `recorded` to read it back. */
  readonly exchangeId: ExchangeId;
  /** Null when no head of an answer came. */
  readonly status: number | null;
  readonly statusText: string;
  /** In the order and spelling of the wire. */
  readonly headers: HeaderPairs;
  /**
   * Content decoding undone; as received where that is impossible. A long one is put together when it is first asked
   * for, and is only its beginning where the whole was not wanted.
   */
  readonly body: Uint8Array;
  /** Bytes received, before content decoding. */
  readonly bodyBytes: number;
  readonly timings: Timings;
  readonly error: HttpFailure | null;
  /** Settles when the exchange is durable; the failure, or null. Never rejects. */
  readonly recorded: Promise<AppError | null>;
};

export type HttpClient = {
  /** Rejects with `bad_input` for an address that is not http(s), a proxy or authorities that cannot be used; everything else is part of the answer. */
  send(request: HttpSend): Promise<HttpAnswer>;
  /** Closes kept connections and waits for exchanges not yet stored. */
  dispose(): Promise<void>;
};

const maxHops = 6;
/** What is held of a long answer that nobody wants whole. */
const beginningBytes = 262_144;
const outcomes: Readonly<Record<FailureKind, Exclude<Outcome, 'pending'>>> = {
  unreachable: 'failed',
  timeout: 'failed',
  reset: 'failed',
  'cut-off': 'failed',
  failed: 'failed',
  cancelled: 'cancelled',
  'too-large': 'too-large',
};

export function createHttpClient(deps: HttpClientDeps): HttpClient {
  const { store, redactor, log, now, network = () => noNetworkSettings, env = process.env } = deps;
  const outbound = createOutboundAgents({ network, env });
  const nextId = createUuidV7(now);
  const writing = new Set<Promise<unknown>>();

  const record = (
    request: HttpSend,
    url: URL,
    id: ExchangeId,
    startedAt: number,
    hop: HopResult,
    stored: Promise<CapturedBody>,
  ) => {
    const finishedAt = now();
    const write = stored
      .then((body) =>
        store.append({
          id,
          purpose: request.purpose,
          direction: 'outbound',
          receivedAt: startedAt,
          method: request.method,
          url: redactor.url(url.href),
          httpVersion: hop.httpVersion,
          remoteAddress: hop.remoteAddress,
          requestHeaders: redactor.headers(hop.requestHeaders),
          requestBody: redactor.body(
            request.body ?? new Uint8Array(0),
            headerValue(hop.requestHeaders, 'content-type'),
          ),
          profileId: request.profileId,
          causeId: request.causeId ?? null,
          answer: {
            status: hop.status,
            headers: redactor.headers(hop.headers),
            body: { ...body, complete: hop.complete },
            outcome: hop.failure === null ? 'answered' : outcomes[hop.failure.kind],
            error: hop.failure === null ? null : redactor.text(hop.failure.sentence),
            timings: hop.timings,
            connection: hop.connection,
            finishedAt,
          },
        }),
      )
      .then(
        () => null,
        (cause: unknown) => {
          log('error', 'An exchange could not be stored.', {
            purpose: request.purpose,
            exchangeId: id,
            cause,
          });
          return cause instanceof AppError
            ? cause
            : new AppError('internal', 'The exchange could not be stored.', { cause });
        },
      );
    writing.add(write);
    void write.then(() => writing.delete(write));
    return write;
  };

  const oneHop = async (request: HttpSend, url: URL): Promise<HttpAnswer> => {
    const id = nextId();
    const startedAt = now();
    const keeping: { keeper: AnswerKeeper | null } = { keeper: null };
    const hopRequest: HopRequest = {
      method: request.method,
      url,
      headers: request.headers,
      body: request.body,
      timeoutMs: request.timeoutMs ?? 30_000,
      signal: request.signal,
      // A grant that travels over a connection the server has just closed may be spent without an answer: token requests
      // therefore open a connection of their own.
      agents: outbound.agentsFor(url, request.purpose === 'token' ? 'fresh' : 'kept'),
      proxy: outbound.proxyFor(url),
      heldBytes: request.wholeBody === false ? beginningBytes : bodyLimit,
      answered(headers) {
        // An encoded body says nothing before it is whole.
        if (headerValue(headers, 'content-encoding') !== null) return () => null;
        const contentType = headerValue(headers, 'content-type');
        const keeper = createAnswerKeeper({ store, redactor, id, contentType });
        keeping.keeper = keeper;
        return (bytes) => keeper.take(bytes);
      },
    };
    let hop = await sendHop(hopRequest);
    if (hop.stale && (request.method === 'GET' || request.method === 'HEAD')) hop = await sendHop(hopRequest);
    const encoding = headerValue(hop.headers, 'content-encoding');
    const contentType = headerValue(hop.headers, 'content-type');
    const decoded = encoding === null ? null : await decodeContent(hop.body, encoding);
    const stored =
      encoding === null
        ? (keeping.keeper?.finish() ?? Promise.resolve({ bytes: new Uint8Array(0) }))
        : keepEncoded({ store, redactor, id, contentType }, hop.body, decoded);
    return {
      exchangeId: id,
      status: hop.status,
      statusText: hop.statusText,
      headers: hop.headers,
      get body() {
        return decoded ?? hop.body;
      },
      bodyBytes: hop.bodyBytes,
      timings: hop.timings,
      error: hop.failure,
      recorded: record(request, url, id, startedAt, hop, stored),
    };
  };

  return {
    async send(first) {
      let request = first;
      let url = httpUrl(first.url);
      for (let hops = 1; ; hops += 1) {
        const answer = await oneHop(request, url);
        const next = hops < maxHops ? redirectOf(request, url, answer) : null;
        if (next === null) return answer;
        request = { ...next.request, causeId: answer.exchangeId };
        url = next.url;
        await answer.recorded;
      }
    },
    async dispose() {
      outbound.dispose();
      await Promise.all(writing);
    },
  };
}

/** Where to go next; only ever to the same origin, so that no token and no code reaches another host. */
function redirectOf(
  request: HttpSend,
  from: URL,
  answer: HttpAnswer,
): { readonly request: HttpSend; readonly url: URL } | null {
  const location = headerValue(answer.headers, 'location');
  const { status } = answer;
  if (
    request.followRedirects === false ||
    answer.error !== null ||
    location === null ||
    status === null ||
    ![301, 302, 303, 307, 308].includes(status)
  ) {
    return null;
  }
  if (!URL.canParse(location, from.href)) return null;
  const url = new URL(location, from);
  if (url.origin !== from.origin) return null;
  const safe = request.method === 'GET' || request.method === 'HEAD';
  if (safe || status === 307 || status === 308) return { request, url };
  const headers = request.headers.filter(([name]) => !/^content-/i.test(name));
  return { request: { ...request, method: 'GET', body: null, headers }, url };
}

function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new AppError(
      'bad_input',
      `"${text.split('?')[0]}" is not an address of the form https://host/path.`,
    );
  }
  return url;
}
