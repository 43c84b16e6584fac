import type { SelfTestResult } from '../../../shared/model/system.ts';
import { retryDelay, type TunnelTiming } from './timing.ts';

export type SelfTestWatch = {
  /** Tests now, or joins the test under way. */
  checkNow(): Promise<SelfTestResult>;
  /** Ends it; a result under way is reported to nobody but the callers of `checkNow`. */
  stop(): void;
};

type SelfTestWatchDeps = {
  readonly test: (signal: AbortSignal) => Promise<SelfTestResult>;
  readonly timing: TunnelTiming;
  readonly recheckMs: number;
  /** `failures`: how many in a row. `nextInMs`: when the next test comes by itself. */
  readonly onResult: (result: SelfTestResult, circumstances: { failures: number; nextInMs: number }) => void;
};

/** Tests at once and then again and again: seldom while it works, with growing waits while it fails. */
export function createSelfTestWatch({ test, timing, recheckMs, onResult }: SelfTestWatchDeps): SelfTestWatch {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<SelfTestResult> | null = null;
  let failures = 0;

  async function check(): Promise<SelfTestResult> {
    clearTimeout(timer);
    const result = await test(ending.signal);
    running = null;
    if (ending.signal.aborted) return result;
    failures = result.ok ? 0 : failures + 1;
    const nextInMs = result.ok ? recheckMs : retryDelay(failures, timing);
    timer = setTimeout(() => void checkNow(), nextInMs);
    onResult(result, { failures, nextInMs });
    return result;
  }

  function checkNow(): Promise<SelfTestResult> {
    running ??= check();
    return running;
  }

  void checkNow();
  return {
    checkNow,
    stop() {
      ending.abort();
      clearTimeout(timer);
    },
  };
}
