import { expect, test } from 'vitest';
import { nextDelivery, plannedRetries, retryPolicies } from '../../src/shared/highlevel/retry-policies.ts';
import type { RetryPolicyId } from '../../src/shared/highlevel/retry-policies.ts';

const policy = (id: RetryPolicyId) => {
  const found = retryPolicies.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no policy ${id}.`);
  return found;
};
const any = policy('any-failure');
const only429 = policy('only-429');

test('twelve retries, each twice as far from the last as the one before', () => {
  const planned = plannedRetries(any);
  expect(planned).toHaveLength(12);
  expect(planned.slice(0, 3).map(({ from }) => from)).toEqual([10_000, 30_000, 70_000]);
  expect(planned.at(-1)).toMatchObject({ number: 12, from: 40_950_000 });
});

test('six retries ten minutes apart, over by 1 h 10 min', () => {
  const planned = plannedRetries(only429);
  expect(planned.map(({ from }) => from / 60_000)).toEqual([10, 20, 30, 40, 50, 60]);
  expect(Math.round((planned.at(-1)?.to ?? 0) / 60_000)).toBe(70);
});

test('2xx ends it under both', () => {
  for (const each of retryPolicies)
    expect(
      nextDelivery(each, [
        { at: 0, status: 429 },
        { at: 5, status: 204 },
      ]),
    ).toEqual({ kind: 'delivered' });
});

test('429 is tried again under both', () => {
  expect(nextDelivery(any, [{ at: 1000, status: 429 }])).toEqual({
    kind: 'retry',
    number: 1,
    from: 11_000,
    to: 12_000,
  });
  expect(nextDelivery(only429, [{ at: 1000, status: 429 }])).toMatchObject({ number: 1, from: 601_000 });
});

test.each([302, 404, 500, null])('%s is tried again under the newer rule only', (status) => {
  expect(nextDelivery(any, [{ at: 0, status }]).kind).toBe('retry');
  expect(nextDelivery(only429, [{ at: 0, status }])).toEqual({ kind: 'final' });
});

test('after the last retry there is none', () => {
  const failed = (count: number) => Array.from({ length: count }, (_, at) => ({ at, status: 429 }));
  expect(nextDelivery(any, failed(12))).toMatchObject({ kind: 'retry', number: 12 });
  expect(nextDelivery(any, failed(13))).toEqual({ kind: 'exhausted' });
  expect(nextDelivery(only429, failed(7))).toEqual({ kind: 'exhausted' });
});
