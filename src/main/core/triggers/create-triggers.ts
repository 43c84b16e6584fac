/** Sends documented webhooks, signed with the development key, to the companion itself or to any other server. */
import { randomInt, randomUUID } from 'node:crypto';
import { documentedFields } from '../../../shared/highlevel/event-fields.ts';
import {
  eventNamed,
  eventPayload,
  idKindOf,
  namesItself,
  providerMessages,
} from '../../../shared/highlevel/event-payload.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { isOwnAddress } from '../forwarding/target-address.ts';
import type { Forwarding } from '../forwarding/types.ts';
import type { Ingress } from '../ingress/types.ts';
import { defaultWebhookPath, pathOf } from '../profiles/profile-routes.ts';
import type { Profiles, Tokens } from '../services.ts';
import { knownIds } from './known-ids.ts';
import { deliverToSelf } from './own-delivery.ts';
import type { Triggers } from './types.ts';

export type TriggersDeps = {
  readonly store: Pick<ExchangeStore, 'tick' | 'page' | 'get' | 'body' | 'settled'>;
  readonly profiles: Pick<Profiles, 'get'>;
  readonly tokens: Pick<Tokens, 'list'>;
  readonly forwarding: Pick<Forwarding, 'send' | 'signed'>;
  readonly ingress: Pick<Ingress, 'status'>;
  /** ms since the epoch. */
  readonly now: () => number;
};

const RANDOM_STEPS = 2 ** 32;

/** What HighLevel sends beside the signature; `Host` and `Content-Length` are the connection's. */
export const webhookHeaders: HeaderPairs = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json'],
  ['User-Agent', 'highlevel-companion'],
];

export function createTriggers({
  store,
  profiles,
  tokens,
  forwarding,
  ingress,
  now,
}: TriggersDeps): Triggers {
  const profileOf = (id: ProfileId | null): Profile | null => (id === null ? null : profiles.get(id));
  const ownUrl = (profile: Profile | null, event: string): URL | null => {
    const { url } = ingress.status();
    return url === null ? null : new URL(ownPath(profile, event), url);
  };

  return {
    async draft({ profileId, event: name, withType }) {
      const profile = profileOf(profileId);
      const event = documented(name);
      const book = await knownIds({ store, profile, tokens: tokens.list(profile?.id) });
      const body = eventPayload(event, {
        now: new Date(now()),
        webhookId: randomUUID(),
        withType,
        knownId: (kind) => book.get(kind)?.[0]?.value ?? null,
        random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
      });
      const paths = [...Object.keys(body ?? {}), ...(documentedFields(event) ?? []).map(({ path }) => path)];
      const kinds = paths.flatMap((path) => {
        const kind = idKindOf(event, path);
        return kind === null ? [] : [{ path, kind }];
      });
      return {
        event,
        namesItself: namesItself(event),
        body: body ?? {},
        ids: Object.fromEntries(kinds.map(({ kind }) => [kind, book.get(kind) ?? []])),
        idOf: Object.fromEntries(kinds.map(({ path, kind }) => [path, kind])),
        ownUrl: ownUrl(profile, event)?.href ?? null,
      };
    },

    async send({ profileId, event: name, body: text, to, allowRemote }) {
      const profile = profileOf(profileId);
      const event = documented(name);
      const body = Buffer.from(text);
      const own = to !== null && isOwnAddress(to, ingress.status().port) ? new URL(to) : null;
      const self = to === null ? ownUrl(profile, event) : own;
      if (to !== null && self === null) {
        const headers = await forwarding.signed(webhookHeaders, body);
        return forwarding.send(
          { causeId: null, profileId, method: 'POST', requestTarget: '/', headers, body },
          { url: to, allowRemote },
        );
      }
      if (self === null) {
        throw new AppError(
          'request_failed',
          'The companion does not listen, so it cannot be sent a webhook.',
          {
            remedy: 'See the status for the reason, or give the address of your own server.',
          },
        );
      }
      return deliverToSelf(store, self, await forwarding.signed(webhookHeaders, body), body);
    },
  };
}

function documented(name: string): string {
  const event = eventNamed(name);
  if (event !== null) return event;
  throw new AppError('not_found', `HighLevel documents no event "${name}".`, {
    remedy: 'Names are those of the documentation, such as ContactCreate, INSTALL or InvoicePaid.',
  });
}

/** Messages for a conversation provider go to its delivery URL, which is another one than the app's webhook URL. */
function ownPath(profile: Profile | null, event: string): string {
  if (profile === null) return defaultWebhookPath;
  const isProvider = providerMessages.some((message) => message === event);
  const provider = isProvider ? profile.routes.find(({ kind }) => kind === 'provider') : undefined;
  return provider?.path ?? pathOf(profile, 'webhook');
}
