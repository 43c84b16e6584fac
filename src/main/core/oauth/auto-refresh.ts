/** Refreshes tokens ahead of their end, one after the other, and tries again what could not be settled, with back-off. */
import type { TokenId } from '../../../shared/model/ids.ts';
import type { Log } from '../ports.ts';
import type { TokenRecord } from './token-record.ts';

/** Runs something once after so many ms; the returned function keeps it from running. */
export type Timer = (ms: number, run: () => void) => () => void;

export type AutoRefreshDeps = {
  readonly records: () => readonly TokenRecord[];
  /** Whether a new access token can be had at all. */
  readonly canRenew: (record: TokenRecord) => boolean;
  readonly refresh: (id: TokenId) => Promise<unknown>;
  readonly enabled: () => boolean;
  readonly timer: Timer;
  readonly log: Log;
  readonly now: () => number;
};

export type AutoRefresh = {
  /** To be called when tokens or the setting have changed. */
  reschedule(): void;
  /** Resolves when nothing is under way; nothing begins any more. */
  dispose(): Promise<void>;
};

/** A token is refreshed this long before its end. */
export const aheadMs = 10 * 60_000;
/** An unknown outcome is settled this soon. */
const settleMs = 5000;
/** After a failure: half a minute, then twice as long each time, at most half an hour. */
const firstPauseMs = 30_000;
const longestPauseMs = 30 * 60_000;
/** The clock is looked at this often at least, since timers stand still while a computer sleeps. */
const longestWaitMs = 60_000;
/** Not in the first moments of a start, which have other work to do. */
const shortestWaitMs = 1000;

export function createAutoRefresh(deps: AutoRefreshDeps): AutoRefresh {
  const { records, canRenew, refresh, enabled, timer, log, now } = deps;
  const failures = new Map<TokenId, { attempts: number; nextAt: number }>();
  let cancel: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let disposed = false;

  /** ms since the epoch; null when there is nothing to do for it. */
  const dueAt = (record: TokenRecord): number | null => {
    if (record.dead !== null || !canRenew(record)) return null;
    const usual = record.unknown === null ? record.expiresAt - aheadMs : record.unknown.at + settleMs;
    return Math.max(usual, record.held?.nextAt ?? 0, failures.get(record.id)?.nextAt ?? 0);
  };

  const runDue = async (): Promise<void> => {
    for (const { id } of records()) {
      const record = records().find((one) => one.id === id);
      const at = record === undefined ? null : dueAt(record);
      if (disposed || !enabled() || at === null || at > now()) continue;
      try {
        await refresh(id);
        failures.delete(id);
      } catch (cause) {
        const attempts = (failures.get(id)?.attempts ?? 0) + 1;
        const pause = Math.min(firstPauseMs * 2 ** Math.min(attempts - 1, 20), longestPauseMs);
        failures.set(id, { attempts, nextAt: now() + pause });
        log('warn', 'A token could not be refreshed by itself; it is tried again.', { token: id, cause });
      }
    }
  };

  const reschedule = (): void => {
    cancel?.();
    cancel = null;
    if (disposed || running !== null || !enabled()) return;
    const due = records()
      .map(dueAt)
      .filter((at) => at !== null);
    if (due.length === 0) return;
    const wait = Math.min(Math.max(Math.min(...due) - now(), shortestWaitMs), longestWaitMs);
    cancel = timer(wait, () => {
      cancel = null;
      running = runDue().finally(() => {
        running = null;
        reschedule();
      });
    });
  };

  return {
    reschedule,
    async dispose() {
      disposed = true;
      cancel?.();
      await running;
    },
  };
}
