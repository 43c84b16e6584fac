import type { Random } from '../world/random.ts';

/**
 * HighLevel has published two rules.
 * - `any-failure`, its webhook guide since mid-2026: any answer but 2xx, or none, is tried again up to 12 times with
 *   exponential back-off and jitter. It names no base; the simulator starts at 10 s.
 * - `only-429`, its guide and help centre before that: only 429 is tried again, up to 6 times, 10 minutes apart with
 *   jitter; everything else is final.
 */
export type RetryPolicy = 'any-failure' | 'only-429';

export const RETRY_POLICIES: readonly RetryPolicy[] = ['any-failure', 'only-429'];

const JITTER = 0.1;

/**
 * How long to wait before the next attempt in milliseconds, or undefined when there is none.
 * `status` is null where no answer came; `retries` counts those already made.
 */
export function retryDelay(
  policy: RetryPolicy,
  status: number | null,
  retries: number,
  random: Random,
): number | undefined {
  const jitter = 1 + JITTER * random.fraction();
  switch (policy) {
    case 'any-failure':
      return retries < 12 ? Math.round(10_000 * 2 ** retries * jitter) : undefined;
    case 'only-429':
      return status === 429 && retries < 6 ? Math.round(600_000 * jitter) : undefined;
  }
}
