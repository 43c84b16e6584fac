/** The exchanges of a selection, one after another, with only a few of them in memory. */
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type { TransferSelection } from '../../../shared/model/transfer.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { readBody } from '../webhooks/read-deliveries.ts';
import type { WholeExchange } from './types.ts';

type Store = Pick<ExchangeStore, 'page' | 'count' | 'get' | 'body' | 'tick'>;

const PAGE = 200;
/** Read at the same time, as long as their bodies are small. */
const AT_ONCE = 16;
const MOST_BYTES_AT_ONCE = 8 * 1024 * 1024;

export function countSelection(store: Pick<Store, 'count'>, selection: TransferSelection): Promise<number> {
  return 'ids' in selection ? Promise.resolve(selection.ids.length) : store.count(selection.filter);
}

/**
 * Ids in the order given; what matches a filter in the order of the log, up to where the log ends at the beginning.
 * Rejects with `not_found` for an id that is not stored.
 */
export function readSelection(
  store: Store,
  selection: TransferSelection,
): AsyncGenerator<WholeExchange, void> {
  // A generator would look only when it is first asked.
  return readUntil(store, selection, store.tick().endSeq);
}

async function* readUntil(
  store: Store,
  selection: TransferSelection,
  end: number,
): AsyncGenerator<WholeExchange, void> {
  let group: Promise<WholeExchange>[] = [];
  let bytes = 0;
  for await (const { id, size } of identify(store, selection, end)) {
    const reading = readWhole(store, id);
    // Awaited below; a failure before that is no unhandled one.
    reading.catch(() => {});
    group.push(reading);
    bytes += size;
    if (group.length < AT_ONCE && bytes < MOST_BYTES_AT_ONCE) continue;
    for (const one of group) yield await one;
    group = [];
    bytes = 0;
  }
  for (const one of group) yield await one;
}

export async function readWhole(store: Pick<Store, 'get' | 'body'>, id: ExchangeId): Promise<WholeExchange> {
  const detail = await store.get(id);
  const [requestBody, responseBody] = await Promise.all([
    detail.requestBody.bytes === 0 ? new Uint8Array(0) : readBody(store, id),
    detail.responseBody === null ? null : readBody(store, id, 'response'),
  ]);
  return { detail, requestBody, responseBody };
}

type Identified = { readonly id: ExchangeId; readonly size: number };

async function* identify(
  store: Store,
  selection: TransferSelection,
  end: number,
): AsyncGenerator<Identified, void> {
  if ('ids' in selection) {
    // Their sizes are not known yet: they are read one after another.
    for (const id of selection.ids) yield { id, size: MOST_BYTES_AT_ONCE };
    return;
  }
  const sizeOf = (row: ExchangeSummary): number => row.requestBytes + (row.responseBytes ?? 0);
  for (let after = 0, more = true; more;) {
    const page = await store.page({ ...selection.filter, after, limit: PAGE });
    more = page.more;
    for (const row of page.items) {
      if (row.seq > end) return;
      after = row.seq;
      yield { id: row.id, size: sizeOf(row) };
    }
  }
}
