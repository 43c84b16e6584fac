import type { ServerResponse } from 'node:http';

/** `time`: the time is up. `gone`: the sender closed first. `let-go`: asked to. `crowded`: too many wait already. */
export type HoldEnd = 'time' | 'gone' | 'let-go' | 'crowded';

/** Senders that wait because a rule says so. They are few and their time is bounded: a connection each is all they cost. */
export type HeldAnswers = {
  count(): number;
  /** Called when one begins or ends to wait. */
  onChange(listener: () => void): () => void;
  /** Holds the answer back for so many ms; never rejects. */
  wait(response: ServerResponse, ms: number): Promise<HoldEnd>;
  /** Ends every wait. */
  letGo(): void;
};

/** @param limit so many may wait at one time */
export function createHeldAnswers(limit: number): HeldAnswers {
  const waiting = new Set<() => void>();
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    count: () => waiting.size,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wait(response, ms) {
      if (response.destroyed) return Promise.resolve('gone');
      if (ms === 0) return Promise.resolve('time');
      if (waiting.size >= limit) return Promise.resolve('crowded');
      return new Promise((resolve) => {
        const finish = (end: HoldEnd): void => {
          clearTimeout(timer);
          response.off('close', onClose);
          waiting.delete(letGo);
          changed();
          resolve(end);
        };
        const onClose = (): void => finish('gone');
        const letGo = (): void => finish('let-go');
        const timer = setTimeout(() => finish('time'), ms);
        response.once('close', onClose);
        waiting.add(letGo);
        changed();
      });
    },
    letGo() {
      for (const letGo of waiting) letGo();
    },
  };
}
