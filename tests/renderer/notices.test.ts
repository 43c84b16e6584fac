import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { announce, announceArrivals, announcement } from '../../src/renderer/lib/notices.ts';

/** What the live region has read out, and when. */
let read: { at: number; text: string }[] = [];
let stop = (): void => {};
/** Time goes on from one test to the next, as it does for the region. */
let now = Date.now();

beforeEach(() => {
  vi.useFakeTimers({ now });
  read = [];
  stop = announcement.subscribe(() => read.push({ at: Date.now(), text: announcement.get() }));
});
afterEach(async () => {
  await vi.runAllTimersAsync();
  // The next test begins after a second of silence.
  await vi.advanceTimersByTimeAsync(1000);
  stop();
  now = Date.now();
  vi.useRealTimers();
});

test('50 arrivals a second are read at most once a second, and every one is counted', async () => {
  for (let index = 0; index < 500; index += 1) {
    announceArrivals(1, 'ContactUpdate');
    await vi.advanceTimersByTimeAsync(20);
  }
  await vi.runAllTimersAsync();
  const gaps = read.slice(1).map(({ at }, index) => at - (read[index]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
  expect(read.length).toBeGreaterThanOrEqual(10);
  expect(read.length).toBeLessThanOrEqual(12);
  const counts = read.map(({ text }) => (text.startsWith('New') ? 1 : Number.parseInt(text, 10)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
});

test('calls without a pause do not keep the region silent', async () => {
  announce('first');
  await vi.advanceTimersByTimeAsync(0);
  for (let index = 0; index < 3000; index += 1) {
    announce(`word ${index}`);
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(read.map(({ text }) => text)).toEqual(['first', 'word 999', 'word 1999', 'word 2999']);
});

test('a clock that is set back silences it for a second at most', async () => {
  announce('before');
  await vi.runAllTimersAsync();
  vi.setSystemTime(Date.now() - 3_600_000);
  announce('after');
  await vi.advanceTimersByTimeAsync(1000);
  expect(read.map(({ text }) => text)).toEqual(['before', 'after']);
  vi.setSystemTime(Date.now() + 3_600_000);
});

test('one arrival is named, words of an action are read with it, and the same words twice are heard twice', async () => {
  announceArrivals(1, 'INSTALL');
  await vi.runAllTimersAsync();
  announce('Replayed');
  announceArrivals(2, 'INSTALL');
  await vi.advanceTimersByTimeAsync(1000);
  announce('Copied');
  await vi.advanceTimersByTimeAsync(1000);
  announce('Copied');
  await vi.advanceTimersByTimeAsync(1000);
  expect(read.map(({ text }) => text)).toEqual(['New: INSTALL', 'Replayed. 2 new', 'Copied', 'Copied\u00A0']);
});
