/**
 * The live log outside React: rows are pulled by cursor when a tick says there is something to pull, components are
 * told once a frame. Filters and searches run in the core.
 */
import type {
  ExchangeFilter,
  ExchangePage,
  ExchangePageQuery,
  ExchangeTick,
} from '../../shared/model/exchange.ts';
import { toRow, type ExchangeRow } from './exchange-row.ts';
import { createRowRing } from './row-ring.ts';

export type LogState = 'loading' | 'ready' | 'failed';

export type ExchangeLogDeps = {
  readonly fetchPage: (query: ExchangePageQuery) => Promise<ExchangePage>;
  readonly onTick: (listener: (tick: ExchangeTick, first: boolean) => void) => () => void;
};

const pageSize = 500;
const hiddenNotifyMs = 250;
/** Rows read again after a break in the connection. */
const recent = 200;

export function createExchangeLog(deps: ExchangeLogDeps, filter: ExchangeFilter) {
  const ring = createRowRing();
  const listeners = new Set<() => void>();
  const arrivalListeners = new Set<(rows: readonly ExchangeRow[]) => void>();
  let generation = 0;
  let version = 0;
  let state: LogState = 'loading';
  let failure: unknown = null;
  let hasOlder = false;
  let loadingOlder = false;
  let paused = false;
  let pulledTo = 0;
  /** Where the last tick said that the log ends; 0 when that has been taken up. */
  let news = 0;
  let touchedFrom: number | null = null;
  /** Touched rows end here; infinite where a tick did not say. */
  let touchedTo = 0;
  let pulling = false;
  let frame = 0;
  let stopTicks: () => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function notify(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = 0;
    version += 1;
    for (const listener of listeners) listener();
  }

  /** Once a frame; by a timer where the window is hidden and frames do not come. */
  function changed(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(notify);
    timer = setTimeout(notify, hiddenNotifyMs);
  }

  async function loadFirst(): Promise<void> {
    const mine = generation;
    try {
      const page = await deps.fetchPage({ ...filter, limit: pageSize });
      if (mine !== generation) return;
      ring.clear();
      ring.replace(0, Number.MAX_SAFE_INTEGER, page.items.map(toRow).toReversed());
      hasOlder = page.more;
      pulledTo = page.endSeq;
      state = 'ready';
      failure = null;
    } catch (error) {
      if (mine !== generation) return;
      state = 'failed';
      failure = error;
    }
    changed();
    void pull();
  }

  /** Everything after `from`, up to `to` where it is given, in pages; what is held of that range gives way to it. */
  async function pullFrom(from: number, mine: number, to: number | null = null): Promise<void> {
    let cursor = from;
    const bound = to === null ? {} : { before: to + 1 };
    const isNews = from === pulledTo;
    for (;;) {
      const page = await deps.fetchPage({ ...filter, after: cursor, ...bound, limit: pageSize });
      if (mine !== generation) return;
      const rows = page.items.map(toRow);
      const end = page.more ? (rows.at(-1)?.seq ?? page.endSeq) : (to ?? Number.MAX_SAFE_INTEGER);
      const earlierTop = ring.at(0)?.seq ?? 0;
      ring.replace(cursor + 1, end, rows);
      const arrived = rows.filter((row) => row.seq > earlierTop && (isNews || row.seq > pulledTo));
      if (arrived.length > 0) for (const listener of arrivalListeners) listener(arrived);
      changed();
      if (!page.more) {
        if (to === null) pulledTo = Math.max(pulledTo, page.endSeq);
        return;
      }
      cursor = end;
    }
  }

  /** What was changed or deleted shows while paused too; what came since does not. */
  const isBehind = (): boolean =>
    paused ? touchedFrom !== null && touchedTo <= pulledTo : news > pulledTo || touchedFrom !== null;

  async function pull(): Promise<void> {
    if (pulling || state !== 'ready') return;
    pulling = true;
    let overtaken = false;
    try {
      while (isBehind()) {
        const mine = generation;
        const oldest = ring.at(ring.length - 1)?.seq ?? 0;
        const floor = hasOlder ? oldest - 1 : 0;
        const from = touchedFrom === null ? pulledTo : Math.min(pulledTo, Math.max(touchedFrom - 1, floor));
        const to = touchedFrom !== null && touchedTo <= pulledTo ? touchedTo : null;
        touchedFrom = null;
        touchedTo = 0;
        // What a tick says meanwhile counts; what the last one said is taken up now, whether it was true or not.
        if (to === null) news = 0;
        if (to === null || to > from) await pullFrom(from, mine, to);
        // All that was held is gone, but not what is older.
        if (mine === generation && ring.length === 0 && hasOlder) reset();
        overtaken = mine !== generation;
        if (overtaken) break;
      }
    } catch {
      // The connection went; the first tick after it is back pulls what was missed.
    } finally {
      pulling = false;
    }
    if (overtaken) void pull();
  }

  function touch(from: number | null, to = Number.POSITIVE_INFINITY): void {
    if (from === null) return;
    touchedFrom = touchedFrom === null ? from : Math.min(touchedFrom, from);
    touchedTo = Math.max(touchedTo, to);
  }

  /** A tick may be older than the page just read; only a new stream can bring the end of a shorter log. */
  function onTick(tick: ExchangeTick, first: boolean): void {
    if (first && tick.endSeq < pulledTo) {
      reset();
      return;
    }
    news = tick.endSeq;
    // What changed while nobody told us was most likely on show.
    if (first) touch(ring.at(Math.min(ring.length - 1, recent))?.seq ?? null);
    touch(tick.touchedFrom, tick.touchedTo);
    if (paused) changed();
    void pull();
  }

  function reset(): void {
    generation += 1;
    pulledTo = 0;
    news = 0;
    touchedFrom = null;
    touchedTo = 0;
    hasOlder = false;
    loadingOlder = false;
    state = 'loading';
    changed();
    void loadFirst();
  }

  /** It runs while somebody listens; who comes back finds it where it was and gets what was missed. */
  function start(): void {
    stopTicks = deps.onTick(onTick);
    if (state === 'ready') void pullMissed();
    else void loadFirst();
  }

  function stop(): void {
    stopTicks();
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = 0;
  }

  /** One page from where it stands tells where the log ends by now. */
  async function pullMissed(): Promise<void> {
    const mine = generation;
    await pullFrom(pulledTo, mine).catch(() => undefined);
    if (mine === generation) await pull();
  }

  return {
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      if (listeners.size === 1) start();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    version: (): number => version,
    onArrival(listener: (rows: readonly ExchangeRow[]) => void) {
      arrivalListeners.add(listener);
      return () => void arrivalListeners.delete(listener);
    },
    rows: ring,
    state: () => state,
    failure: () => failure,
    hasOlder: () => hasOlder,
    /** Exchanges of any kind that came while paused. */
    heldBack: () => (paused ? Math.max(0, news - pulledTo) : 0),
    async loadOlder() {
      const last = ring.at(ring.length - 1);
      if (!hasOlder || loadingOlder || last === undefined) return;
      loadingOlder = true;
      const mine = generation;
      try {
        const page = await deps.fetchPage({ ...filter, before: last.seq, limit: pageSize });
        if (mine !== generation) return;
        ring.append(page.items.map(toRow));
        hasOlder = page.more;
        changed();
      } catch {
        // Left as it is: scrolling on asks again.
      } finally {
        if (mine === generation) loadingOlder = false;
      }
    },
    setPaused(next: boolean) {
      paused = next;
      changed();
      if (!next) void pull();
    },
    retry: reset,
  };
}

export type ExchangeLog = ReturnType<typeof createExchangeLog>;
