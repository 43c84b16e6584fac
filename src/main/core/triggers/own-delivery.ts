/** Sends to the companion's own listener over HTTP, and finds what was captured of it. */
import { createHash } from 'node:crypto';
import { signatureHeaders } from '../../../shared/highlevel/webhook-headers.ts';
import { headerValues } from '../../../shared/highlevel/headers.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeSummary, HeaderPairs } from '../../../shared/model/exchange.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { createAgents, deliver } from '../forwarding/deliver.ts';
import { deliveryHeaders } from '../forwarding/delivery-headers.ts';

type Store = Pick<ExchangeStore, 'tick' | 'page' | 'get' | 'settled'>;

const TIMEOUT_MS = 30_000;

/**
 * The exchange as the listener stored it, with its facts. Nothing but that is recorded. Rejects with `request_failed`
 * where the listener could not be reached or did not store it.
 */
export async function deliverToSelf(
  store: Store,
  url: URL,
  signedHeaders: HeaderPairs,
  body: Uint8Array,
): Promise<ExchangeSummary> {
  const before = store.tick().endSeq;
  const failure = await post(url, signedHeaders, body);
  await store.settled();
  const sha256 = createHash('sha256').update(body).digest('hex');
  const signature = signatureIn(signedHeaders);
  for (let after = before, more = true; more;) {
    const page = await store.page({ purposes: ['webhook', 'inbound'], after, limit: 200 });
    for (const { id, requestBytes } of page.items) {
      if (requestBytes !== body.length) continue;
      const detail = await store.get(id);
      if (detail.requestBody.sha256 === sha256 && signatureIn(detail.requestHeaders) === signature)
        return detail;
    }
    after = page.items.at(-1)?.seq ?? after;
    more = page.more;
  }
  throw new AppError('request_failed', failure ?? 'The companion could not store the webhook it was sent.');
}

/** Why there was no whole answer, or null: a rule may have the listener close the connection on purpose. */
async function post(url: URL, signedHeaders: HeaderPairs, body: Uint8Array): Promise<string | null> {
  const agents = createAgents();
  try {
    const headers = deliveryHeaders(signedHeaders, url.host, body.length);
    const { signal } = new AbortController();
    const { failure } = await deliver(
      { url, method: 'POST', headers, body, timeoutMs: TIMEOUT_MS, signal },
      agents,
    );
    return failure === null ? null : failure.sentence;
  } finally {
    agents.http.destroy();
    agents.https.destroy();
  }
}

function signatureIn(headers: HeaderPairs): string | undefined {
  return headerValues(headers, signatureHeaders.ed25519)[0];
}
