/** Sends stored exchanges again. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { ReplayProgress, ReplayRequest } from '../../../shared/model/forwarding.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import type { Deliverer, Message } from './record-delivery.ts';

type Reads = Pick<ExchangeStore, 'get' | 'body'>;

const SLICE_BYTES = 1024 * 1024;

/**
 * An inbound exchange as it can be sent again, with the method and headers given where they were kept in memory.
 * Rejects with `not_found`, and with `bad_input` for one that cannot be: a callback, an outbound one, or a body that was cut.
 */
export async function storedMessage(store: Reads, id: ExchangeId, known?: Message): Promise<Message> {
  const exchange = await store.get(id);
  if (exchange.purpose !== 'webhook' && exchange.purpose !== 'inbound') {
    throw new AppError('bad_input', 'Only webhooks and other inbound requests can be sent again.');
  }
  if (!exchange.requestBody.complete) {
    throw new AppError('bad_input', 'This webhook cannot be sent again: only part of its body arrived.');
  }
  const parts: Uint8Array[] = [];
  for (let offset = 0; offset < exchange.requestBody.bytes; offset += SLICE_BYTES)
    parts.push((await store.body(id, 'request', offset, SLICE_BYTES)).bytes);
  return {
    causeId: id,
    profileId: exchange.profileId,
    method: exchange.method,
    requestTarget: known?.requestTarget ?? exchange.url,
    headers: known?.headers ?? exchange.requestHeaders,
    body: Buffer.concat(parts),
  };
}

/** One report a delivery. Everything asked for is looked at before the first is sent. */
export async function* replayMessages(
  { store, send }: { readonly store: Reads; readonly send: Deliverer['send'] },
  { ids, pace }: Pick<ReplayRequest, 'ids' | 'pace'>,
  targets: readonly URL[],
  signal: AbortSignal,
): AsyncGenerator<ReplayProgress, void> {
  const found = await Promise.all([...new Set(ids)].map((id) => store.get(id)));
  const ordered = found.toSorted((a, b) => a.seq - b.seq);
  const total = ordered.length * targets.length;
  let progress: ReplayProgress = { total, done: 0, failed: 0, last: null };
  yield progress;
  const first = ordered[0]?.receivedAt ?? 0;
  const began = performance.now();
  for (const { id, receivedAt } of ordered) {
    if (pace === 'recorded') await until(began + (receivedAt - first), signal);
    if (signal.aborted) return;
    const message = await storedMessage(store, id);
    const sent = await Promise.all(targets.map((url) => send(message, url, signal)));
    for (const last of sent) {
      const failed = progress.failed + (last.outcome === 'answered' ? 0 : 1);
      progress = { total, done: progress.done + 1, failed, last };
      yield progress;
    }
  }
}

/** Resolves at that moment of `performance.now()`, or when the signal is aborted. */
function until(moment: number, signal: AbortSignal): Promise<void> {
  const ms = moment - performance.now();
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });
}
