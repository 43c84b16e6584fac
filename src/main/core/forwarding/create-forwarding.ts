/** Passes webhooks on to the developer's own server: live, replayed, or edited and signed anew. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeSummary, SignatureScheme } from '../../../shared/model/exchange.ts';
import type {
  EditedReplay,
  ForwardingSettings,
  ForwardingState,
  ForwardTarget,
} from '../../../shared/model/forwarding.ts';
import type { DerivationContext, ExchangeStore } from '../exchanges/types.ts';
import type { Log, SettingsStore } from '../ports.ts';
import type { Redactor, Vault } from '../vault/types.ts';
import { createDeliveryQueue } from './delivery-queue.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import { createDevelopmentKey } from './development-key.ts';
import type { DevelopmentKeys } from './development-key.ts';
import { createDeliverer } from './record-delivery.ts';
import type { Message } from './record-delivery.ts';
import { replayMessages, storedMessage } from './replay.ts';
import { targetAddress } from './target-address.ts';
import { isWanted } from './target-filter.ts';
import type { Forwarding } from './types.ts';

export type ForwardingDeps = {
  readonly store: Pick<ExchangeStore, 'append' | 'get' | 'body' | 'page'>;
  readonly vault: Pick<Vault, 'get' | 'set'>;
  readonly settings: SettingsStore;
  readonly redactor: Redactor;
  readonly log: Log;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Where the companion itself listens. */
  readonly ownPort: () => number | null;
  readonly derivationContext: () => DerivationContext;
  /** The development key's public half is new: facts follow from it. */
  readonly onKey: () => void;
  /** For a whole answer; default 30 s. */
  readonly timeoutMs?: number;
};

/** Deliveries under way to one target. */
const AT_ONCE = 32;

/** Bodies that wait beyond this are let go and read from the log when their turn comes. */
const WAITING_BYTES = 64 * 1024 * 1024;

type Waiting = { readonly message: Message; readonly body: Uint8Array | null };
/** A target that gets live webhooks. */
type Line = {
  readonly target: ForwardTarget;
  readonly url: URL;
  readonly queue: DeliveryQueue<Waiting>;
  readonly stop: AbortController;
};

export function createForwarding(deps: ForwardingDeps): Forwarding {
  const { store, settings, redactor, log, now } = deps;
  const deliverer = createDeliverer({ store, redactor, now, timeoutMs: deps.timeoutMs ?? 30_000 });
  const keyOf = (scheme: SignatureScheme): DevelopmentKeys =>
    createDevelopmentKey({ scheme, vault: deps.vault, settings, onNew: deps.onKey });
  const developmentKeys = { ed25519: keyOf('ed25519'), rsa: keyOf('rsa') };
  const closing = new AbortController();
  const listeners = new Set<(state: ForwardingState) => void>();
  const passing = new Set<Line>();
  let kept: Line[] = [];
  let waitingBytes = 0;

  const addressOf = (target: Pick<ForwardTarget, 'url' | 'allowRemote'>): URL =>
    targetAddress(target.url, { allowRemote: target.allowRemote, ownPort: deps.ownPort() });

  const state = (): ForwardingState => ({
    ...settings.get('forwarding'),
    waiting: [...kept, ...passing].reduce((sum, { queue }) => sum + queue.waiting(), 0),
  });
  const changed = (): void => {
    const present = state();
    for (const listener of listeners) listener(present);
  };

  const openLine = (target: ForwardTarget, told: (delivery: ExchangeSummary) => void): Line => {
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, closing.signal]);
    const url = addressOf(target);
    const queue = createDeliveryQueue<Waiting>(AT_ONCE, async ({ message, body }) => {
      if (body !== null) waitingBytes -= body.length;
      try {
        const whole = body === null ? await storedMessage(store, message.causeId, message) : message;
        told(await deliverer.send(whole, url, signal));
      } catch (error) {
        log('error', 'A forwarded webhook could not be recorded', { error, causeId: message.causeId });
      }
    });
    return { target, url, queue, stop };
  };

  const closeLine = ({ queue, stop }: Line): void => {
    stop.abort();
    const left = queue.clear();
    if (left > 0) log('warn', 'Webhooks that waited to be forwarded were not sent', { count: left });
  };

  const follow = ({ on, targets }: ForwardingSettings): void => {
    const wanted = on ? targets.filter((target) => target.on) : [];
    const same = (line: Line, target: ForwardTarget): boolean =>
      JSON.stringify(line.target) === JSON.stringify(target);
    const staying = kept.filter((line) => wanted.some((target) => same(line, target)));
    for (const line of kept) if (!staying.includes(line)) closeLine(line);
    kept = wanted.flatMap((target) => {
      const line = staying.find((each) => same(each, target));
      if (line !== undefined) return [line];
      try {
        return [openLine(target, () => {})];
      } catch (error) {
        log('warn', 'A forwarding target of the settings cannot be used', { error });
        return [];
      }
    });
  };

  const destinations = (to: string | null, allowRemote: boolean): URL[] => {
    if (to !== null) return [addressOf({ url: to, allowRemote })];
    const targets = settings.get('forwarding').targets.filter((target) => target.on);
    if (targets.length > 0) return targets.map(addressOf);
    throw new AppError('bad_input', 'There is no address to send this to.', {
      remedy: 'Set a forwarding address, or name one.',
    });
  };

  const editedMessage = async ({ id, headers, body, sign }: EditedReplay): Promise<Message> => {
    const bytes = Buffer.from(body);
    const message = await storedMessage(store, id);
    return {
      ...message,
      body: bytes,
      headers: sign ? await developmentKeys.ed25519.signed(headers, bytes) : headers,
    };
  };

  follow(settings.get('forwarding'));

  return {
    state,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set({ on, targets }) {
      const before = settings.get('forwarding');
      const next = { on: on ?? before.on, targets: targets ?? before.targets };
      for (const target of next.targets) addressOf(target);
      if (next.on && !next.targets.some((target) => target.on)) {
        throw new AppError('bad_input', 'There is no address to forward to.', {
          remedy: 'Set one such as http://localhost:3000/webhooks first.',
        });
      }
      settings.set('forwarding', next);
      follow(next);
      changed();
      return state();
    },
    take(message) {
      for (const line of [...kept, ...passing]) {
        try {
          if (!isWanted(line.target.filter, message, deps.derivationContext)) continue;
        } catch (error) {
          log('error', 'A webhook could not be compared with a forwarding filter', { error });
          continue;
        }
        const keeps = waitingBytes + message.body.length <= WAITING_BYTES;
        if (keeps) waitingBytes += message.body.length;
        const light = keeps ? message : { ...message, body: new Uint8Array(0) };
        line.queue.add({ message: light, body: keeps ? message.body : null });
      }
    },
    async *run(target, signal) {
      const arrived: ExchangeSummary[] = [];
      let wake = (): void => {};
      const line = openLine(target, (delivery) => {
        arrived.push(delivery);
        wake();
      });
      const ended = AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])]);
      const onEnd = (): void => wake();
      ended.addEventListener('abort', onEnd);
      passing.add(line);
      try {
        while (!ended.aborted) {
          const delivery = arrived.shift();
          if (delivery !== undefined) {
            yield delivery;
            continue;
          }
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      } finally {
        ended.removeEventListener('abort', onEnd);
        passing.delete(line);
        closeLine(line);
      }
    },
    replay(request, signal) {
      const targets = destinations(request.to, request.allowRemote);
      const ended = AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])]);
      return replayMessages({ store, send: (...sent) => deliverer.send(...sent) }, request, targets, ended);
    },
    async replayEdited(edited) {
      const targets = destinations(edited.to, edited.allowRemote);
      const message = await editedMessage(edited);
      return Promise.all(targets.map((url) => deliverer.send(message, url, closing.signal)));
    },
    async deliveries(causeIds) {
      const page = await store.page({ purposes: ['forward'], causeIds: [...causeIds], limit: 1000 });
      return page.items;
    },
    send(message, { url, allowRemote, signal, timeoutMs }) {
      const ended = AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])]);
      return deliverer.send(message, addressOf({ url, allowRemote }), ended, timeoutMs);
    },
    signed: (headers, body, scheme = 'ed25519') => developmentKeys[scheme].signed(headers, body),
    developmentKey: (scheme = 'ed25519') => developmentKeys[scheme].get(),
    verificationKeys() {
      return (['ed25519', 'rsa'] as const).flatMap((scheme) => {
        const pem = developmentKeys[scheme].knownPem();
        return pem === null ? [] : [{ scheme, pem, owner: 'development' as const, profileId: null }];
      });
    },
    async dispose() {
      const open = [...kept, ...passing];
      closing.abort();
      for (const line of open) closeLine(line);
      await Promise.all(open.map(({ queue }) => queue.idle()));
      deliverer.dispose();
    },
  };
}
