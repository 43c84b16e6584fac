/** A whole core with the simulator's app installed on one sub-account, over real sockets. */
import { onTestFinished, vi } from 'vitest';
import type { Core } from '../../src/main/core/services.ts';
import type { ExchangeSummary, Purpose } from '../../src/shared/model/exchange.ts';
import type { RequestDraft, RequestResult } from '../../src/shared/model/request.ts';
import { createSimulator } from '../../src/simulator/create-simulator.ts';
import { openCore } from '../contract/support.ts';
import { simulated } from '../oauth/bench.ts';

export type SimulatedApp = {
  readonly core: Core;
  readonly locationId: string;
  readonly send: (draft: Omit<RequestDraft, 'profileId' | 'locationId'>) => Promise<RequestResult>;
  /** The answer of a call, parsed. */
  readonly answer: (result: RequestResult) => Promise<{ readonly contact: { readonly id: string } }>;
  /** Waits until so many webhooks have come and been understood; oldest first. */
  readonly webhooks: (count: number) => Promise<ExchangeSummary[]>;
  readonly list: (purpose: Purpose) => Promise<ExchangeSummary[]>;
};

export async function simulatedApp(): Promise<SimulatedApp> {
  const opened = await openCore();
  const simulator = await createSimulator();
  onTestFinished(async () => {
    await opened.dispose();
    await simulator.dispose();
  });
  const { core } = opened;
  const profile = await core.profiles.addSimulator(simulator.url);
  const locationId = (await simulated(simulator)).locations[0]?.id ?? '';
  const { installUrl } = await core.install.begin(profile.id, { openBrowser: false });
  const url = new URL(installUrl);
  const form = new URLSearchParams(url.searchParams);
  form.set('target', `location:${locationId}`);
  const page = await fetch(url.origin + url.pathname, { method: 'POST', body: form });
  await page.arrayBuffer();

  const list = async (purpose: Purpose): Promise<ExchangeSummary[]> => {
    await core.exchanges.settled();
    return (await core.exchanges.page({ purposes: [purpose], after: 0, limit: 1000 })).items;
  };
  const app: SimulatedApp = {
    core,
    locationId,
    list,
    send: (draft) => core.requests.send({ profileId: profile.id, locationId, ...draft }),
    answer: async ({ exchangeId }) => {
      const { bytes } = await core.exchanges.body(exchangeId, 'response', 0, 1_000_000);
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as Awaited<ReturnType<SimulatedApp['answer']>>;
    },
    webhooks: async (count) => {
      await vi.waitFor(
        async () => {
          const { length } = await list('webhook');
          if (length < count) throw new Error(`${length} of ${count} webhooks have come`);
        },
        { timeout: 20_000 },
      );
      return list('webhook');
    },
  };
  await app.webhooks(1);
  return app;
}
