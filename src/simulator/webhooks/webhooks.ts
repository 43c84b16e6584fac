import type { Clock, RetryClock } from '../world/clock.ts';
import type { Random } from '../world/random.ts';
import { postWebhook } from './post-webhook.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { retryDelay } from './retry-policy.ts';
import type { SigningKeys } from './signing-keys.ts';

/** An event before it gets the fields every webhook carries. */
export interface WebhookEvent {
  readonly type: string;
  readonly locationId?: string;
  readonly companyId?: string;
  readonly [field: string]: unknown;
}

export interface DeliveryAttempt {
  readonly at: string;
  readonly durationMs: number;
  readonly status: number | null;
  readonly error: string | null;
  /** True where a person asked for it, as with Resend in HighLevel's webhook logs. */
  readonly manual: boolean;
}

export interface Delivery {
  readonly webhookId: string;
  readonly type: string;
  readonly locationId: string | null;
  readonly companyId: string | null;
  readonly url: string;
  readonly createdAt: string;
  /** The exact text that is sent, each time the same. */
  readonly body: string;
  readonly attempts: readonly DeliveryAttempt[];
  /** `retrying` waits for `nextAttemptAt`; `failed` will not be tried again. */
  readonly state: 'sending' | 'delivered' | 'retrying' | 'failed';
  readonly nextAttemptAt: string | null;
}

export interface Webhooks {
  /** Sends the event to the app's webhook URL, if it has one. Returns at once. */
  emit(event: WebhookEvent): void;
  /**
   * Sends a payload to an address of its own, as a conversation provider has one. It carries what it carries, without
   * the fields of an event, and the newer signature alone.
   */
  deliver(url: string, payload: WebhookEvent): void;
  /** Sends the same bytes to the same URL again, and resolves with the delivery once the answer is in. */
  resend(webhookId: string): Promise<Delivery | undefined>;
  /** Newest first. */
  deliveries(): readonly Delivery[];
  /** Resolves once no attempt is under way; retries that wait for their time do not count. */
  idle(): Promise<void>;
  clear(): void;
  dispose(): Promise<void>;
}

interface WebhooksOptions {
  readonly app: { readonly appId: string; readonly versionId: string; readonly webhookUrl: string | null };
  readonly keys: SigningKeys;
  readonly random: Random;
  readonly clock: Clock;
  readonly retryClock: RetryClock;
  readonly retryPolicy: RetryPolicy;
  readonly timeoutMs: number;
  readonly log: (line: string) => void;
}

type Entry = {
  -readonly [Field in keyof Delivery]: Delivery[Field] extends readonly DeliveryAttempt[]
    ? DeliveryAttempt[]
    : Delivery[Field];
} & { retries: number; cancelRetry: (() => void) | null; readonly isEvent: boolean };

interface Sending {
  readonly webhookId: string;
  readonly createdAt: string;
  readonly body: object;
  /** False for a provider's delivery. */
  readonly isEvent: boolean;
}

const LOG_LIMIT = 1000;

export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { app, keys, random, clock, retryClock, retryPolicy, timeoutMs, log } = options;
  const entries = new Map<string, Entry>();
  const underWay = new Set<Promise<void>>();
  const stop = new AbortController();

  async function attempt(entry: Entry, manual: boolean): Promise<void> {
    const body = Buffer.from(entry.body);
    const at = clock.now();
    const started = performance.now();
    entry.state = 'sending';
    entry.nextAttemptAt = null;
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/plain, */*',
      'user-agent': 'LeadConnector-Webhooks/1.0 (simulator)',
      ...signatures(entry, body),
    };
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(timeoutMs)]);
    const result = await postWebhook(entry.url, headers, body, signal);
    const durationMs = Math.round((performance.now() - started) * 10) / 10;
    entry.attempts.push({ at: iso(at), durationMs, manual, ...result });
    log(`webhook ${entry.type} ${entry.webhookId} ${result.status ?? result.error}`);
    if (!stop.signal.aborted) settle(entry, result.status);
  }

  function signatures(entry: Entry, body: Buffer): Record<string, string> {
    const headers = keys.signatureHeaders(body);
    return entry.isEvent ? headers : { 'x-ghl-signature': headers['x-ghl-signature'] };
  }

  function send(url: string, { type, locationId, companyId }: WebhookEvent, of: Sending): void {
    const { webhookId, createdAt, body, isEvent } = of;
    const entry: Entry = {
      webhookId,
      type,
      locationId: locationId ?? null,
      companyId: companyId ?? null,
      url,
      createdAt,
      body: JSON.stringify(body),
      attempts: [],
      state: 'sending',
      nextAttemptAt: null,
      retries: 0,
      cancelRetry: null,
      isEvent,
    };
    entries.set(webhookId, entry);
    dropOldest();
    void track(attempt(entry, false));
  }

  function settle(entry: Entry, status: number | null): void {
    if (status !== null && status >= 200 && status < 300) {
      entry.state = 'delivered';
      return;
    }
    const delay = retryDelay(retryPolicy, status, entry.retries, random);
    if (delay === undefined || entries.get(entry.webhookId) !== entry) {
      entry.state = 'failed';
      return;
    }
    entry.state = 'retrying';
    entry.nextAttemptAt = iso(clock.now() + delay);
    entry.cancelRetry = retryClock.schedule(delay, () => {
      entry.retries += 1;
      entry.cancelRetry = null;
      void track(attempt(entry, false));
    });
  }

  function track(work: Promise<void>): Promise<void> {
    const tracked = work
      .catch((error: unknown) =>
        log(`webhook failed: ${error instanceof Error ? error.message : String(error)}`),
      )
      .finally(() => underWay.delete(tracked));
    underWay.add(tracked);
    return tracked;
  }

  function dropOldest(): void {
    for (const [id, entry] of entries) {
      if (entries.size <= LOG_LIMIT) return;
      if (entry.state === 'delivered' || entry.state === 'failed') entries.delete(id);
    }
  }

  function clear(): void {
    for (const entry of entries.values()) entry.cancelRetry?.();
    entries.clear();
  }

  return {
    emit(event) {
      if (app.webhookUrl === null) {
        log(`webhook ${event.type} not sent: the app has no webhook URL`);
        return;
      }
      const createdAt = iso(clock.now());
      const webhookId = random.uuid();
      const { type, ...fields } = event;
      const { appId, versionId } = app;
      const body = { type, appId, versionId, ...fields, timestamp: createdAt, webhookId };
      send(app.webhookUrl, event, { webhookId, createdAt, body, isEvent: true });
    },
    deliver(url, payload) {
      const sending = {
        webhookId: random.uuid(),
        createdAt: iso(clock.now()),
        body: payload,
        isEvent: false,
      };
      send(url, payload, sending);
    },
    async resend(webhookId) {
      const entry = entries.get(webhookId);
      if (entry === undefined) return undefined;
      entry.cancelRetry?.();
      entry.cancelRetry = null;
      await track(attempt(entry, true));
      return toDelivery(entry);
    },
    deliveries: () => Array.from(entries.values(), toDelivery).toReversed(),
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    clear,
    async dispose() {
      clear();
      stop.abort();
      await Promise.all(underWay);
    },
  };
}

function toDelivery(entry: Entry): Delivery {
  const { retries: _retries, cancelRetry: _cancelRetry, isEvent: _isEvent, attempts, ...delivery } = entry;
  return { ...delivery, attempts: [...attempts] };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
