import type { Subscribe } from '../core/services.ts';

export type LatestOptions<T> = {
  /** The first value, for a client that (re)connects. Read after the subscription stands, so that no change falls between. */
  readonly initial: () => T | Promise<T>;
  /** Aborted when the client has gone or no longer listens. */
  readonly signal: AbortSignal | undefined;
  /** Values that follow each other faster than this are skipped, all but the latest. Default 0. */
  readonly minIntervalMs?: number;
  /** What a skipped value leaves in the one that takes its place. Default: nothing. */
  readonly merge?: (skipped: T, next: T) => T;
};

/**
 * A subscription as a stream without a queue: while the consumer is busy, or within the interval, a newer value
 * replaces the one that waits. Ends, without an error, when the signal is aborted or the consumer stops.
 */
export async function* latest<T>(
  subscribe: Subscribe<T>,
  { initial, signal, minIntervalMs = 0, merge = (_skipped, next) => next }: LatestOptions<T>,
): AsyncGenerator<T, void> {
  const state: { waiting: { readonly value: T } | null; wake: () => void } = {
    waiting: null,
    wake: () => {},
  };
  const isEnded = (): boolean => signal?.aborted ?? false;
  const unsubscribe = subscribe((value) => {
    state.waiting = { value: state.waiting === null ? value : merge(state.waiting.value, value) };
    state.wake();
  });
  /** Until the time is up or, without one, until a value waits; the abort ends both. */
  const wait = (milliseconds: number | null): Promise<void> =>
    new Promise((resolve) => {
      const timer = milliseconds === null ? undefined : setTimeout(() => finish(), milliseconds);
      const finish = (): void => {
        clearTimeout(timer);
        state.wake = () => {};
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      if (milliseconds === null) state.wake = finish;
      signal?.addEventListener('abort', finish, { once: true });
    });

  try {
    if (isEnded()) return;
    yield await initial();
    while (!isEnded()) {
      if (minIntervalMs > 0) await wait(minIntervalMs);
      if (state.waiting === null && !isEnded()) await wait(null);
      if (isEnded() || state.waiting === null) continue;
      const { value } = state.waiting;
      state.waiting = null;
      yield value;
    }
  } finally {
    unsubscribe();
  }
}
