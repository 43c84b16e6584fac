import { afterEach, expect, it } from 'vitest';
import type { RetryClock, SimulatorOptions } from '../../src/simulator/create-simulator.ts';
import type { TestWorld } from './world.ts';
import { createTestWorld, installed } from './world.ts';

let world: TestWorld;
afterEach(() => world.dispose());

interface FakeRetryClock extends RetryClock {
  readonly delays: number[];
  readonly waiting: () => number;
  runNext(): void;
}

function createFakeRetryClock(): FakeRetryClock {
  const delays: number[] = [];
  const queue: (() => void)[] = [];
  return {
    delays,
    waiting: () => queue.length,
    schedule(delayMs, run) {
      delays.push(delayMs);
      queue.push(run);
      return () => void queue.splice(queue.indexOf(run), 1);
    },
    runNext: () => queue.shift()?.(),
  };
}

/** Installs with a receiver that always answers this, and runs every retry to the end. */
async function runOut(status: number, options: SimulatorOptions): Promise<FakeRetryClock> {
  const retryClock = createFakeRetryClock();
  world = await createTestWorld({ ...options, retryClock });
  world.receiver.answerWith(...Array.from({ length: 20 }, () => status));
  await installed(world);
  await world.simulator.idle();
  while (retryClock.waiting() > 0) {
    retryClock.runNext();
    await world.simulator.idle();
  }
  return retryClock;
}

it('tries any failure again up to 12 times, waiting longer each time, with the same bytes', async () => {
  const { delays } = await runOut(500, {});
  expect(delays).toHaveLength(12);
  for (const [index, delay] of delays.entries()) {
    expect(delay).toBeGreaterThanOrEqual(10_000 * 2 ** index);
    expect(delay).toBeLessThanOrEqual(11_000 * 2 ** index);
  }
  expect(world.receiver.received).toHaveLength(13);
  expect(new Set(world.receiver.received.map(({ raw }) => raw.toString('hex'))).size).toBe(1);
  const [delivery] = world.simulator.deliveries();
  expect(delivery).toMatchObject({ state: 'failed', nextAttemptAt: null, type: 'INSTALL' });
  expect(delivery?.attempts).toHaveLength(13);
});

it('under the older rule tries 429 again six times, ten minutes apart', async () => {
  const { delays } = await runOut(429, { switches: { retryPolicy: 'only-429' } });
  expect(delays).toHaveLength(6);
  for (const delay of delays) expect(delay).toBeGreaterThanOrEqual(600_000);
});

it('under the older rule lets every other failure stand', async () => {
  const { delays } = await runOut(503, { switches: { retryPolicy: 'only-429' } });
  expect(delays).toEqual([]);
  expect(world.simulator.deliveries()[0]).toMatchObject({ state: 'failed' });
});

it('stops once the receiver takes it, and does not follow redirects', async () => {
  const retryClock = createFakeRetryClock();
  world = await createTestWorld({ retryClock });
  world.receiver.answerWith(302, 200);
  await installed(world);
  await world.simulator.idle();
  expect(world.receiver.received).toHaveLength(1);
  expect(world.simulator.deliveries()[0]).toMatchObject({ state: 'retrying' });
  retryClock.runNext();
  await world.simulator.idle();
  expect(world.simulator.deliveries()[0]).toMatchObject({ state: 'delivered' });
  expect(world.simulator.deliveries()[0]?.attempts.map(({ status }) => status)).toEqual([302, 200]);
});

it('runs retries on its own clock when that is moved forward', async () => {
  world = await createTestWorld();
  world.receiver.answerWith(500);
  await installed(world);
  await world.simulator.idle();
  await world.control('POST', 'clock', { advanceMs: 60_000 });
  await world.simulator.idle();
  expect(world.simulator.deliveries()[0]).toMatchObject({ state: 'delivered' });
});

it('notes a receiver that is not there or too slow', async () => {
  world = await createTestWorld({ switches: { retryPolicy: 'only-429', webhookTimeoutMs: 20 } });
  world.simulator.setWebhookUrl('http://127.0.0.1:1/webhooks');
  await installed(world);
  await world.simulator.idle();
  expect(world.simulator.deliveries()[0]?.attempts[0]).toMatchObject({
    status: null,
    error: 'Nothing listens at this address.',
  });
  world.simulator.setFaults([{ path: '/slow', kind: { type: 'hang' } }]);
  world.simulator.setWebhookUrl(`${world.simulator.url}/slow`);
  await installed(world);
  await world.simulator.idle();
  expect(world.simulator.deliveries()[0]?.attempts[0]).toMatchObject({
    status: null,
    error: 'No answer in time.',
  });
});

it('resends the same bytes by hand', async () => {
  world = await createTestWorld();
  await installed(world);
  await world.simulator.idle();
  const id = world.simulator.deliveries()[0]?.webhookId ?? '';
  const answer = await world.control('POST', `deliveries/${id}/resend`);
  expect(answer).toMatchObject({ status: 200, body: { webhookId: id, state: 'delivered' } });
  expect(answer.body['attempts']).toMatchObject([{ manual: false }, { manual: true }]);
  const [first, second] = world.receiver.received;
  expect(second?.raw).toEqual(first?.raw);
  expect((await world.control('POST', 'deliveries/unknown/resend')).status).toBe(404);
});

it('sends nothing without a webhook URL', async () => {
  world = await createTestWorld({ webhookUrl: null });
  await installed(world);
  await world.simulator.idle();
  expect(world.simulator.deliveries()).toEqual([]);
});
