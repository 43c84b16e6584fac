import type { AppRegistration } from '../world/app.ts';
import type { Clock, RetryClock } from '../world/clock.ts';
import type { Random } from '../world/random.ts';
import type { Switches } from '../world/switches.ts';
import type { Breaker } from './breaker.ts';
import { postWebhook } from './post-webhook.ts';
import { retryDelay } from './retry-policy.ts';
import type { SigningKeys } from './signing-keys.ts';
import { addressOf } from './subscriptions.ts';

/** An event before it gets the fields every webhook carries. */
export interface WebhookEvent {
  readonly type: string;
  readonly locationId?: string;
  readonly companyId?: string;
  readonly [field: string]: unknown;
}

/** What the log says of a delivery that is no event, and how it is signed. */
export interface DeliveryAbout {
  readonly type: string;
  readonly locationId: string;
  readonly signatures: 'newer' | 'none';
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
  /**
   * Sends the event to where the app wants it, if it is subscribed and not paused. Returns at once.
   *
   * @param withType false leaves `type` out of the body
   */
  emit(event: WebhookEvent, withType?: boolean): void;
  /**
   * Sends a payload to an address of its own, as a conversation provider has one. It carries what it carries, without
   * the fields of an event. Returns the id it has in the log.
   */
  deliver(url: string, payload: object, about: DeliveryAbout): string;
  /** Sends the same bytes to the same URL again, and resolves with the delivery once the answer is in. */
  resend(webhookId: string): Promise<Delivery | undefined>;
  /** Newest first. */
  deliveries(): readonly Delivery[];
  export(): readonly SavedDelivery[];
  /** Replaces the log; what waits for a retry goes on waiting. */
  import(deliveries: readonly SavedDelivery[]): void;
  /** Resolves once no attempt is under way; retries that wait for their time do not count. */
  idle(): Promise<void>;
  clear(): void;
  dispose(): Promise<void>;
}

interface WebhooksOptions {
  readonly app: AppRegistration;
  readonly keys: SigningKeys;
  readonly random: Random;
  readonly clock: Clock;
  readonly retryClock: RetryClock;
  readonly switches: Switches;
  readonly breaker: Breaker;
  readonly log: (line: string) => void;
}

type SignatureHeaders = 'both' | 'newer' | 'none';

/** A delivery with what its retries need. */
export interface SavedDelivery extends Delivery {
  readonly retries: number;
  /** Which signatures it carries. */
  readonly signatures: SignatureHeaders;
}

type Entry = {
  -readonly [Field in keyof SavedDelivery]: SavedDelivery[Field] extends readonly DeliveryAttempt[]
    ? DeliveryAttempt[]
    : SavedDelivery[Field];
} & { cancelRetry: (() => void) | null };

type Subject = Pick<WebhookEvent, 'type' | 'locationId' | 'companyId'>;

type Sending = Pick<SavedDelivery, 'webhookId' | 'createdAt' | 'signatures'> & { readonly body: object };

const LOG_LIMIT = 1000;

export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { app, keys, random, clock, retryClock, switches, breaker, log } = options;
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
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(switches.webhookTimeoutMs)]);
    const result = await postWebhook(entry.url, headers, body, signal, switches.followRedirects);
    const durationMs = Math.round((performance.now() - started) * 10) / 10;
    entry.attempts.push({ at: iso(at), durationMs, manual, ...result });
    log(`webhook ${entry.type} ${entry.webhookId} ${result.status ?? result.error}`);
    if (!stop.signal.aborted) settle(entry, result.status);
  }

  function signatures(entry: Entry, body: Buffer): Record<string, string> {
    if (entry.signatures === 'none') return {};
    const headers = keys.signatureHeaders(body);
    const both = entry.signatures === 'both' && switches.rsaSignature;
    return both ? headers : { 'x-ghl-signature': headers['x-ghl-signature'] };
  }

  function send(url: string, { type, locationId, companyId }: Subject, of: Sending): void {
    const { webhookId, createdAt, body, signatures } = of;
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
      signatures,
    };
    entries.set(webhookId, entry);
    dropOldest();
    void track(attempt(entry, false));
  }

  function settle(entry: Entry, status: number | null): void {
    // The log was cleared while it was under way: it counts for nothing any more.
    if (entries.get(entry.webhookId) !== entry) return;
    if (status !== null && status >= 200 && status < 300) {
      entry.state = 'delivered';
      breaker.settle(true);
      return;
    }
    const delay = retryDelay(switches.retryPolicy, status, entry.retries, random);
    if (delay === undefined) {
      entry.state = 'failed';
      breaker.settle(false);
      return;
    }
    waitFor(entry, delay);
  }

  function waitFor(entry: Entry, delay: number): void {
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
    emit(event, withType = true) {
      const url = addressOf(event.type, app);
      if (url === null || breaker.isPaused()) {
        const why = url === null ? 'the app takes no such event' : 'its webhooks are paused';
        log(`webhook ${event.type} not sent: ${why}`);
        return;
      }
      const createdAt = iso(clock.now());
      const webhookId = random.uuid();
      const { type, ...fields } = event;
      const { appId, versionId } = app;
      const body = {
        ...(withType && { type }),
        appId,
        versionId,
        ...fields,
        timestamp: createdAt,
        webhookId,
      };
      send(url, event, { webhookId, createdAt, body, signatures: 'both' });
    },
    deliver(url, payload, about) {
      const webhookId = random.uuid();
      const { signatures } = about;
      send(url, about, { webhookId, createdAt: iso(clock.now()), body: payload, signatures });
      return webhookId;
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
    export: () => Array.from(entries.values(), toSaved),
    import(deliveries) {
      clear();
      for (const delivery of deliveries) {
        const entry: Entry = { ...delivery, attempts: [...delivery.attempts], cancelRetry: null };
        entries.set(entry.webhookId, entry);
        const due = entry.nextAttemptAt === null ? clock.now() : Date.parse(entry.nextAttemptAt);
        // What was under way when it was saved has no answer that is known.
        if (entry.state === 'retrying' || entry.state === 'sending')
          waitFor(entry, Math.max(0, due - clock.now()));
      }
    },
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
  const { retries: _retries, signatures: _signatures, ...delivery } = toSaved(entry);
  return delivery;
}

function toSaved({ cancelRetry: _cancelRetry, attempts, ...delivery }: Entry): SavedDelivery {
  return { ...delivery, attempts: [...attempts] };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
