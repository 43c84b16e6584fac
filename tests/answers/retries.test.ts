/** The loop the rules are for: HighLevel, as the simulator plays it, delivers again until it is answered 2xx. */
import { expect, onTestFinished, test } from 'vitest';
import type { RetryClock } from '../../src/simulator/create-simulator.ts';
import { createTestWorld, installed } from '../simulator/world.ts';
import { answer, rule, startAnswering } from './support.ts';

/** Retries wait until they are told to run. */
function createRetries(): RetryClock & { run(): void; waiting(): number } {
  const queue: (() => void)[] = [];
  return {
    waiting: () => queue.length,
    run: () => queue.shift()?.(),
    schedule(_delayMs, work) {
      queue.push(work);
      return () => void queue.splice(queue.indexOf(work), 1);
    },
  };
}

test.each(['any-failure', 'only-429'] as const)(
  'answered 429 twice, HighLevel delivers the same webhook three times (%s)',
  async (retryPolicy) => {
    const { core, port, path } = await startAnswering();
    core.answers.set([
      rule({ eventTypes: ['INSTALL'], turn: { kind: 'first-of-each', times: 2 }, action: answer(429) }),
    ]);
    const retryClock = createRetries();
    const world = await createTestWorld({ retryClock, switches: { retryPolicy } });
    onTestFinished(() => world.dispose());
    world.simulator.setWebhookUrl(`http://127.0.0.1:${port}${path}`);
    await installed(world);
    await world.simulator.idle();
    for (let retry = 1; retry <= 2; retry += 1) {
      expect(retryClock.waiting()).toBe(1);
      retryClock.run();
      await world.simulator.idle();
    }
    expect(retryClock.waiting()).toBe(0);
    expect(world.simulator.deliveries()[0]).toMatchObject({ state: 'delivered' });

    await core.exchanges.settled();
    const { items } = await core.exchanges.page({ purposes: ['webhook'], after: 0 });
    expect(items.map(({ status }) => status)).toEqual([429, 429, 200]);
    const [first, ...again] = items;
    expect(new Set(items.map(({ event }) => event?.webhookId)).size).toBe(1);
    expect(again.map(({ event }) => event?.duplicateOf)).toEqual([first?.id, first?.id]);
  },
);

test('answered 500, the older rule lets the event be lost', async () => {
  const { core, port, path } = await startAnswering();
  core.answers.set([rule({ turn: { kind: 'first-of-each', times: 1 }, action: answer(500) })]);
  const retryClock = createRetries();
  const world = await createTestWorld({ retryClock, switches: { retryPolicy: 'only-429' } });
  onTestFinished(() => world.dispose());
  world.simulator.setWebhookUrl(`http://127.0.0.1:${port}${path}`);
  await installed(world);
  await world.simulator.idle();
  expect(retryClock.waiting()).toBe(0);
  expect(world.simulator.deliveries()[0]).toMatchObject({ state: 'failed' });
});
