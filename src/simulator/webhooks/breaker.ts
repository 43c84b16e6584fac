import type { Clock } from '../world/clock.ts';

/** How far the breaker has come. A paused app gets no webhooks until a person resumes them in the portal. */
export interface BreakerState {
  readonly state: 'closed' | 'warned' | 'paused';
  /** Deliveries of the present three days that have come to an end, and those of them that failed. */
  readonly settled: number;
  readonly failed: number;
  readonly windowEndsAt: string;
}

export interface Breaker {
  settle(delivered: boolean): void;
  state(): BreakerState;
  isPaused(): boolean;
  resume(): void;
  import(state: BreakerState): void;
  clear(): void;
}

const WINDOW_MS = 3 * 86_400_000;
const LEAST_SUCCESS = 0.9;

/**
 * HighLevel's guard against receivers that fail (webhook guide of mid-2026): every three days it looks at apps with
 * more than so many webhooks; below 90 % success it warns, and the next time pauses.
 */
export function createBreaker(clock: Clock, threshold: () => number): Breaker {
  let state: BreakerState['state'] = 'closed';
  let settled = 0;
  let failed = 0;
  let windowEnd = clock.now() + WINDOW_MS;

  function open(): void {
    settled = 0;
    failed = 0;
    windowEnd = clock.now() + WINDOW_MS;
  }

  /** Looks back once the three days are over. */
  function look(): void {
    if (clock.now() < windowEnd) return;
    const tooBad = settled > threshold() && (settled - failed) / settled < LEAST_SUCCESS;
    if (state !== 'paused') state = tooBad ? (state === 'warned' ? 'paused' : 'warned') : 'closed';
    open();
  }

  function resume(): void {
    state = 'closed';
    open();
  }

  return {
    settle(delivered) {
      look();
      settled += 1;
      if (!delivered) failed += 1;
    },
    state() {
      look();
      return { state, settled, failed, windowEndsAt: new Date(windowEnd).toISOString() };
    },
    isPaused() {
      look();
      return state === 'paused';
    },
    resume,
    import(from) {
      ({ state, settled, failed } = from);
      windowEnd = Date.parse(from.windowEndsAt);
    },
    clear: resume,
  };
}
