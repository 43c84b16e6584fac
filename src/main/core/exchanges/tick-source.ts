/** Ticks: "the log now ends here", at most one in 16 ms. */
import type { ExchangeTick } from '../../../shared/model/exchange.ts';

const TICK_MS = 16;

export type TickSource = {
  present(): ExchangeTick;
  ended(endSeq: number): void;
  /** From `from` to `to`; to the end of the log without it. */
  touched(from: number, to?: number): void;
  listen(listener: (tick: ExchangeTick) => void): () => void;
  dispose(): void;
};

/** `onError` hears of a listener that threw; the others are still called. */
export function createTickSource(endSeq: number, onError: (error: unknown) => void): TickSource {
  const listeners = new Set<(tick: ExchangeTick) => void>();
  let end = endSeq;
  let touchedFrom: number | null = null;
  let touchedTo = 0;
  let timer: NodeJS.Timeout | null = null;
  let lastTick = 0;

  const send = (): void => {
    timer = null;
    lastTick = performance.now();
    const bounded = touchedFrom !== null && Number.isFinite(touchedTo);
    const tick = { endSeq: end, touchedFrom, ...(bounded && { touchedTo }) };
    touchedFrom = null;
    touchedTo = 0;
    for (const listener of listeners) {
      try {
        listener(tick);
      } catch (error) {
        onError(error);
      }
    }
  };

  const schedule = (): void => {
    timer ??= setTimeout(send, Math.max(0, TICK_MS - (performance.now() - lastTick)));
  };

  return {
    present: () => ({ endSeq: end, touchedFrom: null }),
    ended(seq) {
      if (seq <= end) return;
      end = seq;
      schedule();
    },
    touched(from, to = Number.POSITIVE_INFINITY) {
      touchedFrom = Math.min(touchedFrom ?? from, from);
      touchedTo = Math.max(touchedTo, to);
      schedule();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      listeners.clear();
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
