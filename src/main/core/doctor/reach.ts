/** Whether a host answers at all, by the same way out as the calls to it, and what its clock says. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { performance } from 'node:perf_hooks';
import { failureOf } from '../requests/http-failure.ts';
import type { OutboundAgents } from '../requests/outbound-agents.ts';

export type Reach =
  /** `aheadMs`: how far this machine's clock is ahead of the host's; null where it does not tell its time. */
  | { readonly ok: true; readonly durationMs: number; readonly aheadMs: number | null }
  | { readonly ok: false; readonly sentence: string };

type ReachDeps = {
  readonly outbound: Pick<OutboundAgents, 'agentsFor'>;
  readonly now: () => number;
  readonly timeoutMs?: number;
};

/**
 * Sends a HEAD without token or body; any answer will do. Never rejects. It is not kept as an exchange: it says
 * nothing of the app.
 */
export async function reach(base: string, { outbound, now, timeoutMs = 5000 }: ReachDeps): Promise<Reach> {
  const url = new URL(base);
  const started = performance.now();
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const agents = outbound.agentsFor(url, 'fresh');
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { method: 'HEAD', agent: agents.https, signal: limit })
        : httpRequest(url, { method: 'HEAD', agent: agents.http, signal: limit });
    request.once('response', resolve);
    request.on('error', reject);
    request.end();
    const answer = await promise;
    answer.once('error', () => undefined);
    answer.destroy();
    const told = Date.parse(answer.headers.date ?? '');
    return {
      ok: true,
      durationMs: Math.round(performance.now() - started),
      aheadMs: Number.isNaN(told) ? null : now() - told,
    };
  } catch (error) {
    const seen = { host: url.host, timeoutMs, cancelled: false, timedOut: limit.aborted, answered: false };
    return {
      ok: false,
      sentence: failureOf(error instanceof Error ? error : new Error(String(error)), seen).sentence,
    };
  }
}
