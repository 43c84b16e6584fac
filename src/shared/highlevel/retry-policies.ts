/**
 * When HighLevel delivers a webhook again. It has published two rules, and which one is in force is not settled by any
 * page, so both are kept here and whoever shows one shows the other.
 */

export type RetryPolicyId = 'any-failure' | 'only-429';

export type RetryPolicy = {
  readonly id: RetryPolicyId;
  readonly name: string;
  /** Where and since when it is published. */
  readonly source: string;
  /** The rule in one sentence. */
  readonly sentence: string;
  /** What is drawn that the platform does not say; null where nothing is assumed. */
  readonly assumption: string | null;
  /** Deliveries after the first. */
  readonly retries: number;
  /** Whether an answer is followed by another delivery. Null: no answer came. */
  readonly retriesAfter: (status: number | null) => boolean;
  /** The shortest and the longest wait before a retry in ms; the first retry is number 1. */
  readonly waitBefore: (retry: number) => { readonly least: number; readonly most: number };
};

const MINUTE_MS = 60_000;
/** The guide names no first wait; the simulator begins with the same ten seconds. */
const ASSUMED_FIRST_WAIT_MS = 10_000;
const ASSUMED_JITTER = 0.1;

const isSuccess = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

export const retryPolicies: readonly RetryPolicy[] = [
  {
    id: 'any-failure',
    name: 'Any failure',
    source: 'HighLevel’s webhook integration guide since mid-2026',
    sentence:
      'Any answer but 2xx, or none, is tried again up to 12 times, with exponential back-off and jitter.',
    assumption:
      'No first wait is published: drawn are 10 s, twice as long each time, and up to a tenth of jitter.',
    retries: 12,
    retriesAfter: (status) => !isSuccess(status),
    waitBefore: (retry) => {
      const least = ASSUMED_FIRST_WAIT_MS * 2 ** (retry - 1);
      return { least, most: least * (1 + ASSUMED_JITTER) };
    },
  },
  {
    id: 'only-429',
    name: 'Only 429',
    source: 'HighLevel’s webhook guide and help centre before that, still repeated in posts of August 2026',
    sentence:
      'Only 429 is tried again, up to 6 times, 10 minutes apart plus jitter, for about 1 h 10 min. Any other answer, 5xx included, is final.',
    assumption: null,
    retries: 6,
    retriesAfter: (status) => status === 429,
    // Six waits of ten minutes make an hour; "about 1 h 10 min" leaves them up to a sixth of jitter.
    waitBefore: () => ({ least: 10 * MINUTE_MS, most: (70 * MINUTE_MS) / 6 }),
  },
];

/** A retry on the time line, in ms after the first delivery, if every one before it failed at once. */
export type PlannedRetry = { readonly number: number; readonly from: number; readonly to: number };

export function plannedRetries(policy: RetryPolicy): PlannedRetry[] {
  const planned: PlannedRetry[] = [];
  let from = 0;
  let to = 0;
  for (let number = 1; number <= policy.retries; number += 1) {
    const { least, most } = policy.waitBefore(number);
    from += least;
    to += most;
    planned.push({ number, from, to });
  }
  return planned;
}

/** A delivery that was made. `status` is null where no answer came. */
export type DeliveryAttempt = { readonly at: number; readonly status: number | null };

export type NextDelivery =
  /** Answered 2xx: nothing follows. */
  | { readonly kind: 'delivered' }
  /** The answer ends it, and the event is lost unless somebody resends it. */
  | { readonly kind: 'final' }
  /** All retries are used up. */
  | { readonly kind: 'exhausted' }
  /** Tried again between these two instants, ms since the epoch. */
  | { readonly kind: 'retry'; readonly number: number; readonly from: number; readonly to: number };

/**
 * What a policy says comes next.
 *
 * @param attempts the deliveries of one webhookId, oldest first, at least one. All but the first count as retries: a
 * resend by hand looks the same from here.
 */
export function nextDelivery(policy: RetryPolicy, attempts: readonly DeliveryAttempt[]): NextDelivery {
  const last = attempts.at(-1);
  if (last === undefined || isSuccess(last.status)) return { kind: 'delivered' };
  if (!policy.retriesAfter(last.status)) return { kind: 'final' };
  const number = attempts.length;
  if (number > policy.retries) return { kind: 'exhausted' };
  const { least, most } = policy.waitBefore(number);
  return { kind: 'retry', number, from: last.at + least, to: last.at + most };
}
