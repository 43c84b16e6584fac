import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createRateMemory } from '../../src/main/core/requests/rate-memory.ts';
import { createRateMeters } from '../../src/main/core/requests/rate-meter.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hlc-meter-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const spender = { client: 'an app', resource: 'a location' };
const answer = (left: number): Record<string, string> => ({
  'X-RateLimit-Max': '100',
  'X-RateLimit-Remaining': '40',
  'X-RateLimit-Interval-Milliseconds': '10000',
  'X-RateLimit-Limit-Daily': '200000',
  'X-RateLimit-Daily-Remaining': String(left),
  'X-RateLimit-Daily-Reset': '3600000',
});

/** The meters as a companion has them that starts at this time. */
async function started(at: { time: number }, log = () => {}) {
  const now = (): number => at.time;
  const memory = await createRateMemory({ dataDir, log, now });
  const meters = createRateMeters({ now, wait: () => Promise.resolve(), known: memory.known });
  memory.follow(meters);
  return { memory, meters };
}

test('what is known of the limits is known after a restart, until its day is over', async () => {
  const clock = { time: 1_000_000 };
  const before = await started(clock);
  before.meters.begin(spender)(answer(0));
  const known = before.meters.list();
  expect(known).toMatchObject([{ ...spender, remaining: 40, dailyRemaining: 0, dayEndsAt: 4_600_000 }]);
  await before.memory.dispose();

  clock.time += 1000;
  const after = await started(clock);
  expect(after.meters.list()).toEqual(known);
  await expect(after.meters.admit(spender, undefined, () => {})).rejects.toMatchObject({
    code: 'request_failed',
  });
  clock.time += 3_600_000;
  expect(after.meters.list()).toMatchObject([{ remaining: 100, dailyRemaining: 200_000, dayEndsAt: null }]);
  (await after.meters.admit(spender, undefined, () => {}))(answer(199_999));
  await after.memory.dispose();

  clock.time += 86_400_000;
  expect((await started(clock)).meters.list()).toEqual([]);
});

test('limits that cannot be read are learnt anew, and that is logged', async () => {
  await writeFile(join(dataDir, 'rate-limits.json'), '{"format":1,"meters":[{');
  const log = vi.fn();
  const { memory, meters } = await started({ time: 0 }, log);
  expect(meters.list()).toEqual([]);
  expect(log).toHaveBeenCalledOnce();
  meters.begin(spender)(answer(5));
  await memory.dispose();
  expect((await started({ time: 1 }, log)).meters.list()).toMatchObject([{ dailyRemaining: 5 }]);
});

test('nothing is written once it is disposed of, whatever is learnt then', async () => {
  const { memory, meters } = await started({ time: 1_000_000 });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const answered = meters.begin(spender);
  await memory.dispose();
  answered(answer(7));
  expect(vi.getTimerCount()).toBe(0);
});
