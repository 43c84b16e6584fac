/** Keeps so many deliveries under way to one target, in the order they came, and the rest waiting. */

export type DeliveryQueue<T> = {
  add(item: T): void;
  /** Waiting, not counting those under way. */
  waiting(): number;
  /** Forgets what waits. Returns how many that were. */
  clear(): number;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

/** @param run must not reject */
export function createDeliveryQueue<T>(most: number, run: (item: T) => Promise<void>): DeliveryQueue<T> {
  let items: T[] = [];
  let next = 0;
  const running = new Set<Promise<void>>();

  const start = (): void => {
    while (running.size < most && next < items.length) {
      const item = items[next];
      next += 1;
      if (item === undefined) continue;
      const work = run(item).finally(() => {
        running.delete(work);
        start();
      });
      running.add(work);
    }
    if (next < 1024 && next < items.length) return;
    items = items.slice(next);
    next = 0;
  };

  return {
    add(item) {
      items.push(item);
      start();
    },
    waiting: () => items.length - next,
    clear() {
      const count = items.length - next;
      items = [];
      next = 0;
      return count;
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
