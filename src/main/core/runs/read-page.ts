/** One page: sent, and read back from the store, where secrets are cut out of it. */
import { parseExact } from '../../../shared/highlevel/exact-numbers.ts';
import { headerValue } from '../../../shared/highlevel/headers.ts';
import { waitAfter429 } from '../../../shared/highlevel/rate-limit.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { decodeContent } from '../requests/decode-content.ts';
import type { Requests } from '../services.ts';

export type PageAnswer =
  | {
      readonly kind: 'page';
      readonly exchangeId: ExchangeId;
      /** Its long numbers are `ExactNumber`s. */
      readonly answer: unknown;
    }
  /** The burst is used up: the same page again after so many ms. */
  | { readonly kind: 'wait'; readonly exchangeId: ExchangeId; readonly ms: number }
  | { readonly kind: 'failed'; readonly exchangeId: ExchangeId; readonly reason: string };

export type ReadPageDeps = {
  readonly requests: Pick<Requests, 'send'>;
  readonly store: Pick<ExchangeStore, 'body'>;
  /** ms since the epoch. */
  readonly now: () => number;
};

const sliceBytes = 1_048_576;

/**
 * Rejects with `cancelled` once the signal is aborted, and as sending does.
 *
 * @param waits called with the ms it waits for the rate limit, then with null
 */
export async function readPage(
  { requests, store, now }: ReadPageDeps,
  draft: ResolvedRequestDraft,
  signal: AbortSignal,
  waits: (ms: number | null) => void,
): Promise<PageAnswer> {
  const { exchangeId, status, headers, explanation } = await requests.send(draftWithoutRetry(draft), {
    signal,
    pace: { waits },
  });
  if (status === 429) {
    const ms = waitAfter429(headers, now());
    if (ms !== null) return { kind: 'wait', exchangeId, ms };
    const reason = 'HighLevel allows no more requests today: the day’s limit of this app is used up here.';
    return { kind: 'failed', exchangeId, reason };
  }
  if (status === null || status < 200 || status > 299) {
    const reason = explanation?.sentence ?? `HighLevel answered ${status ?? 'nothing'}.`;
    return { kind: 'failed', exchangeId, reason };
  }
  const bytes = await wholeBody(store, exchangeId);
  // Bytes that do not fit the encoding were decoded when a secret was cut out of them.
  const decoded = await decodeContent(bytes, headerValue(headers, 'content-encoding'));
  try {
    const answer = parseExact(new TextDecoder().decode(decoded ?? bytes));
    return { kind: 'page', exchangeId, answer };
  } catch {
    return { kind: 'failed', exchangeId, reason: 'The answer is not JSON, so it has no rows to be read.' };
  }
}

/** A run waits on its own, so that it can be paused meanwhile. */
function draftWithoutRetry(draft: ResolvedRequestDraft): ResolvedRequestDraft {
  return { ...draft, settings: { ...draft.settings, retryOn429: false } };
}

async function wholeBody(store: Pick<ExchangeStore, 'body'>, id: ExchangeId): Promise<Uint8Array> {
  const slices: Uint8Array[] = [];
  let read = 0;
  for (;;) {
    const { bytes, totalBytes } = await store.body(id, 'response', read, sliceBytes);
    slices.push(bytes);
    read += bytes.length;
    if (read >= totalBytes || bytes.length === 0) return Buffer.concat(slices);
  }
}
