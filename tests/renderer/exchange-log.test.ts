import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createExchangeLog } from '../../src/renderer/lib/exchange-log.ts';
import type { ExchangeRow } from '../../src/renderer/lib/exchange-row.ts';
import type {
  ExchangePage,
  ExchangePageQuery,
  ExchangeSummary,
  ExchangeTick,
} from '../../src/shared/model/exchange.ts';
import { exchangeSummary } from '../../src/shared/model/exchange.ts';

/** The core's side of a page, over rows in memory. */
function createLogbook() {
  const rows: ExchangeSummary[] = [];
  const listeners = new Set<(tick: ExchangeTick, first: boolean) => void>();
  const tick = (touchedFrom: number | null = null, first = false, endSeq = rows.length): void => {
    for (const listener of listeners) listener({ endSeq, touchedFrom }, first);
  };
  const deleted = new Set<number>();
  /** Takes them out or brings them back, and says which rows that were. */
  const change = (from: number, to: number, isDeleted: boolean): void => {
    for (let seq = from; seq <= to; seq += 1) {
      if (isDeleted) deleted.add(seq);
      else deleted.delete(seq);
    }
    for (const listener of listeners)
      listener({ endSeq: rows.length, touchedFrom: from, touchedTo: to }, false);
  };
  return {
    rows,
    tick,
    change,
    add(count: number): void {
      for (let index = 0; index < count; index += 1) {
        const seq = rows.length + 1;
        rows.push(
          exchangeSummary.parse({
            seq,
            id: `01890000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
            purpose: 'webhook',
            direction: 'inbound',
            receivedAt: seq,
            method: 'POST',
            url: '/webhooks',
            status: null,
            outcome: 'pending',
            error: null,
            durationMs: null,
            requestBytes: 2,
            responseBytes: null,
            profileId: null,
            causeId: null,
            deliveries: 0,
            event: null,
            imported: null,
          }),
        );
      }
    },
    touch(seq: number, status: number): void {
      const row = rows[seq - 1];
      if (row !== undefined) rows[seq - 1] = { ...row, status, outcome: 'answered' };
    },
    onTick(listener: (tick: ExchangeTick, first: boolean) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async fetchPage({ after, before, limit = 200 }: ExchangePageQuery): Promise<ExchangePage> {
      const ascending = after !== undefined;
      const within = rows.filter(
        (row) =>
          row.seq > (after ?? 0) && row.seq < (before ?? Number.POSITIVE_INFINITY) && !deleted.has(row.seq),
      );
      const found = ascending ? within : within.toReversed();
      return { items: found.slice(0, limit), endSeq: rows.length, more: found.length > limit };
    },
  };
}

const seqs = (rows: { readonly length: number; at(index: number): ExchangeRow | undefined }): number[] =>
  Array.from({ length: rows.length }, (_, index) => rows.at(index)?.seq ?? 0);

const downFrom = (top: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => top - index);

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 0));
  vi.stubGlobal('cancelAnimationFrame', (id: NodeJS.Timeout) => clearTimeout(id));
});

describe('the live log', () => {
  it('holds the newest page first and loads older ones on demand', async () => {
    const book = createLogbook();
    book.add(1200);
    const log = createExchangeLog(book, {});
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.state()).toBe('ready'));
    expect(seqs(log.rows)).toEqual(downFrom(1200, 500));
    await log.loadOlder();
    await log.loadOlder();
    expect(seqs(log.rows)).toEqual(downFrom(1200, 1200));
    expect(log.hasOlder()).toBe(false);
  });

  it('pulls everything new in order, however many pages behind it is', async () => {
    const book = createLogbook();
    book.add(3);
    const log = createExchangeLog(book, {});
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.state()).toBe('ready'));
    book.add(1700);
    book.tick();
    await vi.waitFor(() => expect(seqs(log.rows)).toEqual(downFrom(1703, 1703)));
  });

  it('takes up what has changed of rows it holds, and leaves the others alone', async () => {
    const book = createLogbook();
    book.add(10);
    const log = createExchangeLog(book, {});
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.rows.length).toBe(10));
    const untouched = log.rows.at(9);
    book.touch(7, 200);
    book.add(2);
    book.tick(7);
    await vi.waitFor(() => expect(log.rows.at(5)).toMatchObject({ seq: 7, status: 200 }));
    expect(seqs(log.rows)).toEqual(downFrom(12, 12));
    expect(log.rows.at(11)).toBe(untouched);
  });

  it('holds back while paused and misses nothing afterwards', async () => {
    const book = createLogbook();
    book.add(5);
    const log = createExchangeLog(book, {});
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.rows.length).toBe(5));
    log.setPaused(true);
    book.add(4);
    book.tick();
    expect(log.heldBack()).toBe(4);
    expect(log.rows.length).toBe(5);
    log.setPaused(false);
    await vi.waitFor(() => expect(seqs(log.rows)).toEqual(downFrom(9, 9)));
  });

  it('is not thrown back by a tick that is older than the page it has read', async () => {
    const book = createLogbook();
    book.add(1200);
    const log = createExchangeLog(book, {});
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.state()).toBe('ready'));
    await log.loadOlder();
    const all = book.rows.splice(1100);
    book.tick();
    book.rows.push(...all);
    expect(log.state()).toBe('ready');
    expect(log.rows.length).toBe(1000);
  });

  it('begins anew when a new stream tells of a shorter log', async () => {
    const book = createLogbook();
    book.add(8);
    const log = createExchangeLog(book, {});
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.rows.length).toBe(8));
    book.rows.splice(2);
    book.tick(null, true);
    await vi.waitFor(() => expect(seqs(log.rows)).toEqual([2, 1]));
  });

  it('asks no more of a log that is shorter than a tick promised, until the next tick', async () => {
    const book = createLogbook();
    book.add(4);
    let asked = 0;
    const log = createExchangeLog(
      { ...book, fetchPage: (query) => ((asked += 1), book.fetchPage(query)) },
      {},
    );
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.rows.length).toBe(4));
    book.tick(null, false, 7);
    await vi.waitFor(() => expect(asked).toBe(2));
    book.add(1);
    book.tick();
    await vi.waitFor(() => expect(seqs(log.rows)).toEqual([5, 4, 3, 2, 1]));
    expect(asked).toBe(3);
  });

  it('says that the first page failed, and tries again when asked to', async () => {
    const book = createLogbook();
    book.add(1);
    let broken = true;
    const log = createExchangeLog(
      { ...book, fetchPage: (query) => (broken ? Promise.reject(new Error('gone')) : book.fetchPage(query)) },
      {},
    );
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.state()).toBe('failed'));
    broken = false;
    log.retry();
    await vi.waitFor(() => expect(log.rows.length).toBe(1));
  });

  it('tells of arrivals once each, but not of changes', async () => {
    const book = createLogbook();
    book.add(2);
    const log = createExchangeLog(book, {});
    const arrived: number[] = [];
    log.onArrival((rows) => arrived.push(...rows.map((row) => row.seq)));
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.rows.length).toBe(2));
    book.add(2);
    book.tick();
    await vi.waitFor(() => expect(arrived).toEqual([3, 4]));
    book.touch(3, 200);
    book.tick(3);
    await vi.waitFor(() => expect(log.rows.at(1)).toMatchObject({ status: 200 }));
    expect(arrived).toEqual([3, 4]);
  });

  it('drops rows that were deleted and takes up those that are back, asking for no others', async () => {
    const book = createLogbook();
    book.add(300);
    const asked: ExchangePageQuery[] = [];
    const log = createExchangeLog(
      { ...book, fetchPage: (query) => (asked.push(query), book.fetchPage(query)) },
      {},
    );
    const arrived: number[] = [];
    log.onArrival((rows) => arrived.push(...rows.map((row) => row.seq)));
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.rows.length).toBe(300));
    asked.length = 0;
    book.change(40, 49, true);
    await vi.waitFor(() => expect(log.rows.length).toBe(290));
    expect(log.rows.at(log.rows.indexOf(50))).toMatchObject({ seq: 50 });
    expect(log.rows.at(log.rows.indexOf(49))).toMatchObject({ seq: 39 });
    book.change(40, 49, false);
    await vi.waitFor(() => expect(seqs(log.rows)).toEqual(downFrom(300, 300)));
    expect(asked).toEqual([
      { after: 39, before: 50, limit: 500 },
      { after: 39, before: 50, limit: 500 },
    ]);
    book.change(291, 300, true);
    await vi.waitFor(() => expect(seqs(log.rows)).toEqual(downFrom(290, 290)));
    book.change(291, 300, false);
    await vi.waitFor(() => expect(log.rows.length).toBe(300));
    book.add(1);
    book.tick();
    await vi.waitFor(() => expect(seqs(log.rows)).toEqual(downFrom(301, 301)));
    expect(arrived).toEqual([301]);
  });

  it('shows deletions while paused, and nothing that came since', async () => {
    const book = createLogbook();
    book.add(5);
    const log = createExchangeLog(book, {});
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.rows.length).toBe(5));
    log.setPaused(true);
    book.add(2);
    book.change(5, 5, true);
    await vi.waitFor(() => expect(seqs(log.rows)).toEqual([4, 3, 2, 1]));
    expect(log.heldBack()).toBe(2);
    log.setPaused(false);
    await vi.waitFor(() => expect(seqs(log.rows)).toEqual([7, 6, 4, 3, 2, 1]));
  });

  it('goes on with older rows when all that it held was deleted', async () => {
    const book = createLogbook();
    book.add(1200);
    const log = createExchangeLog(book, {});
    log.subscribe(() => undefined);
    await vi.waitFor(() => expect(log.rows.length).toBe(500));
    book.change(650, 1200, true);
    await vi.waitFor(() => expect(seqs(log.rows)).toEqual(downFrom(649, 500)));
    expect(log.hasOlder()).toBe(true);
  });
});
