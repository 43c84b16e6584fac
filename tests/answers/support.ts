/** A core that answers by rules, and senders that say how they were answered. */
import { request } from 'node:http';
import { onTestFinished, vi } from 'vitest';
import { deliveryRule } from '../../src/shared/model/delivery-rule.ts';
import type { DeliveryRule, DeliveryRuleInput } from '../../src/shared/model/delivery-rule.ts';
import type { ExchangeDetail } from '../../src/shared/model/exchange.ts';
import type { Core } from '../../src/main/core/services.ts';
import { openCore } from '../contract/support.ts';

export type Answered = {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** What ended it where no answer came. */
  readonly code: string | null;
};

export type Sending = { readonly answer: Promise<Answered>; giveUp(): void };

export type AnsweringCore = {
  readonly core: Core;
  readonly dataDir: string;
  readonly port: number;
  readonly path: string;
  /** Begins a delivery. */
  readonly send: (body: unknown, path?: string) => Sending;
  /** Sends and waits for the status; null where none came. */
  readonly status: (body: unknown, path?: string) => Promise<number | null>;
  readonly newest: () => Promise<ExchangeDetail>;
};

/** Waits until this holds, however busy the machine is. */
export const eventually = <T>(holds: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(holds, { timeout: 15_000 });

let count = 0;

/** A rule with an id of its own. */
export function rule(given: Omit<DeliveryRuleInput, 'id'>): DeliveryRule {
  count += 1;
  return deliveryRule.parse({ id: `rule-${count}`, ...given });
}

export const answer = (status: number, delayMs = 0) => ({ kind: 'answer', status, delayMs }) as const;

export function sendTo(port: number, path: string, body: unknown): Sending {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { promise, resolve } = Promise.withResolvers<Answered>();
  const outgoing = request({ port, host: '127.0.0.1', path, method: 'POST', agent: false }, (response) => {
    let received = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => (received += chunk));
    response.on('end', () =>
      resolve({
        status: response.statusCode ?? null,
        headers: response.headers,
        body: received,
        code: null,
      }),
    );
  });
  outgoing.on('error', (error: NodeJS.ErrnoException) =>
    resolve({ status: null, headers: {}, body: '', code: error.code ?? error.message }),
  );
  outgoing.end(text);
  return { answer: promise, giveUp: () => outgoing.destroy() };
}

export async function startAnswering(
  settings: Readonly<Record<string, unknown>> = {},
): Promise<AnsweringCore> {
  const opened = await openCore({ ingressPort: 0 }, settings);
  onTestFinished(() => opened.dispose());
  const { core, dataDir } = opened;
  const { port } = core.ingress.status();
  if (port === null) throw new Error('The ingress does not listen.');
  const path = '/webhooks';
  return {
    core,
    dataDir,
    port,
    path,
    send: (body, to = path) => sendTo(port, to, body),
    status: async (body, to = path) => (await sendTo(port, to, body).answer).status,
    async newest() {
      await core.exchanges.settled();
      const [item] = (await core.exchanges.page({ limit: 1 })).items;
      if (item === undefined) throw new Error('Nothing was captured.');
      return core.exchanges.get(item.id);
    },
  };
}
