/** The one listener the internet can reach: routes as data, capture first, answer fast. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mostHeld } from '../../../shared/model/delivery-rule.ts';
import type { IngressStatus } from '../../../shared/model/system.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import type { Log } from '../ports.ts';
import type { Redactor } from '../vault/types.ts';
import { createRequestHandler } from './handle-request.ts';
import { createHeldAnswers } from './held-answers.ts';
import { createHttpServer } from './http-server.ts';
import { defaultLimits } from './limits.ts';
import type { IngressLimits } from './limits.ts';
import { listenLoopback } from './listen-loopback.ts';
import type { Listening } from './listen-loopback.ts';
import { createRouteTable } from './route-table.ts';
import type { DecideAnswer } from './ruled-answer.ts';
import { createSelfTests } from './self-test.ts';
import { watchStore } from './watch-store.ts';
import type { CallbackPage, CapturedCallback, CapturedWebhook, Ingress } from './types.ts';

export type IngressDeps = {
  readonly store: Pick<ExchangeStore, 'append' | 'complete'>;
  readonly redactor: Redactor;
  readonly log: Log;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Called once the callback is stored; what it returns is the page the browser sees. */
  readonly onCallback: (callback: CapturedCallback) => Promise<CallbackPage>;
  /** Called once a whole webhook is stored, and its answer sent unless a rule gives it; must neither wait nor throw. */
  readonly onWebhook?: (webhook: CapturedWebhook) => void;
  /** Default: `defaultLimits`. */
  readonly limits?: Partial<IngressLimits>;
};

const CLOSED: IngressStatus = { listening: false, port: null, url: null, error: null };

export function createIngress(deps: IngressDeps): Ingress {
  const limits = { ...defaultLimits, ...deps.limits };
  const selfTests = createSelfTests();
  const listeners = new Set<(status: IngressStatus) => void>();
  const inHand = new Set<Promise<void>>();
  const held = createHeldAnswers(mostHeld);
  let routes = createRouteTable([]);
  let rules: DecideAnswer | null = null;
  let status = CLOSED;
  let listening: Listening | null = null;

  const setStatus = (next: IngressStatus): IngressStatus => {
    status = next;
    for (const listener of listeners) listener(next);
    return next;
  };

  const store = watchStore(deps.store, (refusal) => {
    if (refusal === null) deps.log('info', 'Requests are stored again');
    else deps.log('error', refusal);
    setStatus({ ...status, error: refusal });
  });
  const handler = createRequestHandler({
    ...deps,
    store,
    limits,
    selfTests,
    routes: () => routes,
    rules: () => rules,
    held,
  });

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    // A request is in hand until its answer has left, or its connection has gone.
    const left = new Promise<void>((resolve) => {
      response.once('close', resolve);
    });
    const work = handler(request, response)
      .catch((error: unknown) => {
        deps.log('error', 'A request could not be handled', { error: deps.redactor.text(String(error)) });
        response.destroy();
      })
      .then(() => left);
    inHand.add(work);
    void work.finally(() => inHand.delete(work));
  };

  /** Stops accepting, lets requests that have begun finish, then closes what is left. */
  const close = async (open: Listening): Promise<void> => {
    const closed = open.servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
        }),
    );
    held.letGo();
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limits.closeMs);
    });
    await Promise.race([Promise.allSettled(inHand), enough]);
    clearTimeout(timer);
    for (const server of open.servers) server.closeAllConnections();
    await Promise.all(closed);
    // What was cut off just now is still stored.
    await Promise.allSettled(inHand);
  };

  return {
    status: () => status,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async listen(port) {
      if (listening !== null && listening.port === port) return status;
      const create = () => createHttpServer({ limits, log: deps.log, handle });
      let next: Listening;
      try {
        next = await listenLoopback(port, create, deps.log);
      } catch (error) {
        if (listening === null)
          setStatus({ ...CLOSED, error: error instanceof Error ? error.message : String(error) });
        throw error;
      }
      const previous = listening;
      listening = next;
      setStatus({ listening: true, port: next.port, url: `http://127.0.0.1:${next.port}`, error: null });
      if (previous !== null) await close(previous);
      return status;
    },
    setRoutes(given) {
      routes = createRouteTable(given);
    },
    setRules(given) {
      rules = given;
    },
    held,
    expectSelfTest: (nonce, timeoutMs) => selfTests.expect(nonce, timeoutMs),
    async dispose() {
      selfTests.dispose();
      const open = listening;
      listening = null;
      if (open !== null) await close(open);
      setStatus(CLOSED);
      listeners.clear();
    },
  };
}
