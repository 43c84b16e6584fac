/** The streams of the contract, followed for the life of the window and across reconnections. */
import { connection, rpc } from './connection.ts';
import { toast } from '../lib/notices.ts';
import { go } from '../lib/route.ts';
import { createValue } from '../lib/value.ts';
import { keys, queryClient } from './queries.ts';
import type { ExchangeTick } from '../../shared/model/exchange.ts';
import type { InstallConfirmation } from '../../shared/model/token.ts';

/** Where the log ends; null until the first tick. */
export const lastTick = createValue<ExchangeTick | null>(null);

/** `first`: of a new stream, after which the log may be another one than before. */
type TickListener = (tick: ExchangeTick, first: boolean) => void;

const tickListeners = new Set<TickListener>();

/** Every tick, not only the last: `touchedFrom` of each counts. */
export function onTick(listener: TickListener): () => void {
  tickListeners.add(listener);
  return () => tickListeners.delete(listener);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Reads a stream for ever: opened again whenever it ends. */
export async function follow<T>(
  open: () => Promise<AsyncIterable<T>>,
  take: (value: T) => void,
): Promise<never> {
  for (;;) {
    await connection.ready();
    try {
      for await (const value of await open()) take(value);
    } catch {
      // The stream ended with its connection, or the host refused it; the next turn of the loop opens it again.
    }
    await pause(150);
  }
}

/** At most one call in `ms`, the last one never lost. */
function throttle(ms: number, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      run();
    }, ms);
  };
}

const asked = new Set<string>();

/** A callback nobody here asked for waits for a decision: said wherever the user is. */
function askOnce(confirmations: readonly InstallConfirmation[]): void {
  const fresh = confirmations.filter(({ id }) => !asked.has(id));
  for (const { id } of fresh) asked.add(id);
  if (fresh.length > 0)
    toast('An install that was not begun here asks for your confirmation.', {
      label: 'Show it',
      run: () => go('install'),
    });
}

export function startLive(): void {
  const refreshChecklist = throttle(250, () => {
    for (const key of ['checklist', 'axis']) void queryClient.invalidateQueries({ queryKey: [key] });
  });
  const refreshCounts = throttle(
    500,
    () =>
      void queryClient
        .fetchQuery({ queryKey: keys.status, queryFn: () => rpc.system.status(), staleTime: 0 })
        .catch(() => null),
  );
  let touched: number | null = null;
  /** Facts and answers come after the capture: what is on show is read again when it may have changed. */
  const refreshShown = throttle(80, () => {
    const from = touched;
    touched = null;
    if (from === null) return;
    void queryClient.invalidateQueries({
      predicate: ({ queryKey, state }) => {
        const shown = state.data;
        if (queryKey[0] !== 'exchange' || typeof shown !== 'object' || shown === null) return false;
        return 'seq' in shown && typeof shown.seq === 'number' && shown.seq >= from;
      },
    });
  });
  const refreshSettled = throttle(50, () => {
    for (const queryKey of [
      keys.profiles,
      keys.tokens,
      keys.settings,
      ['addresses'],
      ['checklist'],
      ['preview'],
      ['variables'],
    ])
      void queryClient.invalidateQueries({ queryKey });
  });
  void follow(
    () => rpc.system.watch(),
    (status) => {
      queryClient.setQueryData(keys.status, status);
      refreshSettled();
    },
  );
  void follow(
    () => rpc.install.progress(),
    (progress) => {
      queryClient.setQueryData(keys.install, progress);
      askOnce(progress.confirmations);
      refreshSettled();
    },
  );
  void follow(
    () => rpc.answers.watch(),
    (state) => queryClient.setQueryData(keys.answers, state),
  );
  void follow(
    () => rpc.collections.watch(),
    (all) => queryClient.setQueryData(keys.collections, all),
  );
  void follow(
    () => rpc.runs.watch(),
    (runs) => queryClient.setQueryData(keys.runs, runs),
  );
  void follow(
    () => rpc.dataRuns.watch(),
    (runs) => queryClient.setQueryData(keys.dataRuns, runs),
  );
  void follow(
    () => rpc.environments.watch(),
    (sets) => {
      // An app without any is in no set any more.
      void queryClient.invalidateQueries({ queryKey: keys.environments });
      for (const set of sets) queryClient.setQueryData([...keys.environments, set.profileId], set);
      refreshSettled();
    },
  );
  void follow(
    () => rpc.runs.watchLimits(),
    (limits) => queryClient.setQueryData(keys.limits, limits),
  );
  void follow(
    () => rpc.requests.watchWaits(),
    (waits) => queryClient.setQueryData(keys.waits, waits),
  );
  let first = true;
  void follow(
    () => {
      first = true;
      return rpc.exchanges.ticks();
    },
    (tick) => {
      lastTick.set(tick);
      for (const listener of tickListeners) listener(tick, first);
      first = false;
      refreshChecklist();
      refreshCounts();
      if (tick.touchedFrom !== null) {
        touched = touched === null ? tick.touchedFrom : Math.min(touched, tick.touchedFrom);
        refreshShown();
      }
    },
  );
}
