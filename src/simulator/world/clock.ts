/** Puts a piece of work off; the returned function cancels it. */
export interface RetryClock {
  schedule(delayMs: number, run: () => void): () => void;
}

/** The simulator's own time: real time plus what the control API has advanced it by. */
export interface Clock extends RetryClock {
  now(): number;
  /** Moves time forward and runs whatever has come due, earliest first. */
  advance(ms: number): void;
  /** How far it is ahead of real time, in milliseconds. */
  ahead(): number;
  /** Sets that without running anything. */
  setAhead(ms: number): void;
  dispose(): void;
}

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** setTimeout treats anything longer as 1 ms. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export function createClock(realNow: () => number): Clock {
  const timers = new Set<Timer>();
  let offset = 0;
  let alarm: NodeJS.Timeout | undefined;

  const now = (): number => realNow() + offset;

  function earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) if (first === undefined || timer.due < first.due) first = timer;
    return first;
  }

  function runDue(): void {
    for (let next = earliest(); next !== undefined && next.due <= now(); next = earliest()) {
      timers.delete(next);
      next.run();
    }
    rearm();
  }

  function rearm(): void {
    clearTimeout(alarm);
    const next = earliest();
    if (next === undefined) return;
    alarm = setTimeout(runDue, Math.min(Math.max(next.due - now(), 1), LONGEST_TIMEOUT_MS));
    alarm.unref();
  }

  return {
    now,
    schedule(delayMs, run) {
      const timer = { due: now() + delayMs, run };
      timers.add(timer);
      rearm();
      return () => {
        timers.delete(timer);
      };
    },
    advance(ms) {
      offset += ms;
      runDue();
    },
    ahead: () => offset,
    setAhead(ms) {
      offset = ms;
      rearm();
    },
    dispose() {
      clearTimeout(alarm);
      timers.clear();
    },
  };
}
