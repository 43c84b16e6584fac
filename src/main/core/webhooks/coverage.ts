/** Every documented event: seen here or not, and why it may be silent. */
import { events } from '../../../shared/highlevel/events.ts';
import type { PlatformEvent } from '../../../shared/highlevel/events.ts';
import { liveName } from '../../../shared/highlevel/scope-catalogue.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type { Addresses, Profile } from '../../../shared/model/profile.ts';
import type { IngressStatus } from '../../../shared/model/system.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { CoverageCheck, EventCoverage, WebhookCoverage } from '../../../shared/model/webhook.ts';
import { familyOf } from './body-shapes.ts';

/** Deliveries of one type. */
export type Seen = {
  readonly count: number;
  readonly last: { readonly at: number; readonly id: ExchangeId } | null;
};

export type CoverageInput = {
  readonly profile: Profile;
  readonly addresses: Addresses;
  readonly ingress: Pick<IngressStatus, 'listening' | 'error'>;
  readonly tokens: readonly TokenSummary[];
  /** By `type` as classified, families told by their fields included. */
  readonly seen: ReadonlyMap<string, Seen>;
};

/** What has to happen for the events that are about the app itself, which come to the default webhook URL only. */
const OCCASIONS: Readonly<Record<string, string>> = {
  UNINSTALL: 'It comes when an account removes the app.',
  UPDATE: 'It comes when an account takes a new version of the app.',
  EXTERNAL_AUTH_CONNECTED: 'It comes when an account connects the external authentication of the app.',
  PLAN_CHANGE: 'It comes when an account changes its plan of a paid app.',
};

const NEVER: Seen = { count: 0, last: null };

/** The events in the order of the docs, each silent one with its reasons, the likeliest first. */
export function coverageOf(input: CoverageInput): WebhookCoverage {
  const checks = checksOf(input);
  const open = checks.filter(({ state, id }) => state === 'open' && id !== 'subscriptions');
  const rows = events.map((event) => rowOf(event, input, open));
  return { checks, events: rows, seen: rows.filter(({ count }) => count > 0).length };
}

/** What must hold before any event can come at all. */
function checksOf({ profile, addresses, ingress, tokens, seen }: CoverageInput): CoverageCheck[] {
  const any = [...seen.values()].some(({ count }) => count > 0);
  const simulator = profile.environment === 'simulator';
  return [
    ingress.listening
      ? { id: 'listening', state: 'ok', sentence: 'The companion is listening.' }
      : { id: 'listening', state: 'open', sentence: ingress.error ?? 'The companion is not listening.' },
    simulator || addresses.public
      ? {
          id: 'address',
          state: 'ok',
          sentence: `${simulator ? 'The simulator' : 'HighLevel'} reaches it at ${addresses.base}.`,
        }
      : {
          id: 'address',
          state: 'open',
          sentence: `${addresses.base} is local: HighLevel cannot reach it until the public address is on.`,
        },
    urlCheck(profile, addresses, any),
    tokens.length > 0
      ? { id: 'code', state: 'ok', sentence: 'The app is installed and its code was exchanged.' }
      : {
          id: 'code',
          state: 'open',
          sentence: 'No code has been exchanged here: events of an account start after that.',
        },
    profile.portal.webhookEvents.length > 0
      ? {
          id: 'subscriptions',
          state: 'ok',
          sentence: `The profile names ${profile.portal.webhookEvents.length} subscribed ${profile.portal.webhookEvents.length === 1 ? 'event' : 'events'}.`,
        }
      : {
          id: 'subscriptions',
          state: 'unknown',
          sentence: simulator
            ? 'The simulator sends every event its calls cause, subscribed or not.'
            : 'HighLevel does not tell which events are subscribed; name them on the App screen.',
        },
  ];
}

function urlCheck({ environment, portal }: Profile, { webhookUrl }: Addresses, any: boolean): CoverageCheck {
  const id = 'webhook-url';
  if (any) return { id, state: 'ok', sentence: 'Webhooks have arrived, so the webhook URL is set.' };
  if (portal.webhookUrl !== null && portal.webhookUrl !== webhookUrl) {
    return {
      id,
      state: 'open',
      sentence: `The portal has ${portal.webhookUrl} as the default webhook URL, which is not this companion's: ${webhookUrl}.`,
    };
  }
  if (environment === 'simulator')
    return {
      id,
      state: 'unknown',
      sentence: `The simulator sends to ${webhookUrl} once its app is installed.`,
    };
  return {
    id,
    state: 'unknown',
    sentence: `Nothing has come yet: set ${webhookUrl} as the default webhook URL.`,
  };
}

function rowOf(event: PlatformEvent, input: CoverageInput, open: readonly CoverageCheck[]): EventCoverage {
  const { count, last } = input.seen.get(event.type) ?? NEVER;
  const family = event.typeInBody === 'event' ? null : familyOf(event.type);
  const familySeen = family === null ? NEVER : (input.seen.get(family) ?? NEVER);
  const held = heldScopes(input.tokens);
  const { webhookEvents } = input.profile.portal;
  const scopeHeld = event.scope === null || held === null ? null : held.has(liveName(event.scope));
  const subscribed =
    webhookEvents.length === 0
      ? null
      : webhookEvents.includes(event.type) || webhookEvents.includes(event.subscription);
  return {
    type: event.type,
    subscription: event.subscription,
    category: event.category,
    scope: event.scope,
    scopeSource: event.scopeSource,
    count,
    family: family === null || familySeen.count === 0 ? null : { name: family, count: familySeen.count },
    last,
    scopeHeld,
    subscribed,
    reasons: count > 0 ? [] : reasonsOf(event, { scopeHeld, subscribed, familySeen, family }, open, input),
  };
}

/** Null where no token says its scopes. */
function heldScopes(tokens: readonly TokenSummary[]): Set<string> | null {
  const alive = tokens.filter(({ status, scopes }) => status !== 'dead' && scopes.length > 0);
  return alive.length === 0 ? null : new Set(alive.flatMap(({ scopes }) => scopes.map(liveName)));
}

function reasonsOf(
  event: PlatformEvent,
  {
    scopeHeld,
    subscribed,
    family,
    familySeen,
  }: {
    readonly scopeHeld: boolean | null;
    readonly subscribed: boolean | null;
    readonly family: string | null;
    readonly familySeen: Seen;
  },
  open: readonly CoverageCheck[],
  { profile }: CoverageInput,
): string[] {
  const reasons = open.map(({ sentence }) => sentence);
  if (family !== null && familySeen.count > 0) {
    reasons.push(
      `Its body may not name it: ${familySeen.count} ${familySeen.count === 1 ? 'delivery was' : 'deliveries were'} recognised as ${family} by their fields alone.`,
    );
  }
  if (scopeHeld === false) {
    const sure = event.scopeSource === 'documented' ? '' : ', as far as is known';
    reasons.push(`No token has ${event.scope}, which unlocks it${sure}.`);
  }
  if (subscribed === false)
    reasons.push(`The profile does not name ${event.subscription} among the subscribed events.`);
  if (subscribed === null && profile.environment === 'live' && event.entity !== 'app') {
    reasons.push(`${event.subscription} may not be subscribed in the portal.`);
  }
  const occasion = OCCASIONS[event.type];
  if (occasion !== undefined) reasons.push(occasion);
  if (reasons.length === 0) reasons.push('Nothing stands in its way: it has simply not happened yet.');
  return reasons;
}
