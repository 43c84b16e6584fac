/** What the rules find worth saying, one exchange or token at a time. */
import type { ExchangeFilter, ExchangeSummary, Purpose } from '../../../shared/model/exchange.ts';
import type { NotificationRule, NotificationTarget } from '../../../shared/model/notification.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';

export type News = {
  /** What it is counted under in a group. */
  readonly label: string;
  readonly title: string;
  readonly body: string;
  readonly target: NotificationTarget;
  readonly isWebhook: boolean;
};

type Owner = Pick<Profile, 'id' | 'name' | 'environment'>;

const longest = 80;
/** Event types come from whoever sends: they are shown short. */
const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

const isOf = (rule: NotificationRule, owner: Owner | undefined): boolean =>
  (rule.profileId === null || owner?.id === rule.profileId) &&
  (rule.environment === null || owner?.environment === rule.environment);

const holds = <T>(wanted: readonly T[], value: T | null): boolean =>
  wanted.length === 0 || (value !== null && wanted.includes(value));

/** `Contacts` means `Contacts / Notes` too. */
const isWithin = (wanted: readonly string[], category: string | null): boolean =>
  wanted.length === 0 ||
  (category !== null && wanted.some((one) => category === one || category.startsWith(`${one} / `)));

/** Null where the rule does not ask for it. */
export function newsOfExchange(
  rule: NotificationRule,
  row: ExchangeSummary,
  owner: Owner | undefined,
): News | null {
  if (!isOf(rule, owner)) return null;
  const of = owner === undefined ? '' : ` of ${owner.name}`;
  switch (rule.subject) {
    case 'webhook':
      return webhookNews(rule, row, of);
    case 'forward-failed':
      return forwardNews(row, of);
    case 'token-dead':
      return null;
  }
}

function webhookNews(
  rule: NotificationRule,
  { id, event, purpose }: ExchangeSummary,
  of: string,
): News | null {
  if (event === null || (purpose !== 'webhook' && purpose !== 'inbound')) return null;
  const { verdict } = event.signature;
  const isAsked =
    holds(rule.eventTypes, event.type) &&
    isWithin(rule.categories, event.category) &&
    holds(rule.verdicts, verdict);
  if (!isAsked) return null;
  const type = short(event.type ?? 'a delivery without an event');
  const where = event.locationId === null ? '' : ` for sub-account ${short(event.locationId)}`;
  const common = { isWebhook: true, target: { screen: 'webhooks', item: id } } as const;
  return verdict === 'invalid'
    ? {
        ...common,
        label: 'signature failed',
        title: 'A signature does not hold',
        body: `${type}${of}${where}`,
      }
    : { ...common, label: type, title: type, body: `A webhook${of}${where}` };
}

function forwardNews({ id, purpose, status, outcome, error, url }: ExchangeSummary, of: string): News | null {
  const isFailed = outcome === 'failed' || outcome === 'too-large' || (status !== null && status >= 400);
  if (purpose !== 'forward' || !isFailed) return null;
  const host = URL.canParse(url) ? new URL(url).host : 'the server';
  return {
    label: 'forward failed',
    title: 'A webhook could not be passed on',
    body: status === null ? `${host}${of}: ${error ?? 'no answer'}` : `${host} answered ${status}${of}`,
    target: { screen: 'exchanges', item: id },
    isWebhook: false,
  };
}

export function newsOfToken(
  rule: NotificationRule,
  token: TokenSummary,
  owner: Owner | undefined,
): News | null {
  if (rule.subject !== 'token-dead' || !isOf(rule, owner)) return null;
  const account = token.label ?? token.locationId ?? token.companyId ?? 'an account';
  return {
    label: 'token dead',
    title: 'A token is dead',
    body: `${account}${owner === undefined ? '' : ` of ${owner.name}`}: ${token.source === 'pit' ? 'enter a new one' : 'install the app again'}.`,
    target: { screen: 'tokens', item: token.id },
    isWebhook: false,
  };
}

const purposesOf: Readonly<Record<NotificationRule['subject'], readonly Purpose[]>> = {
  webhook: ['webhook', 'inbound'],
  'forward-failed': ['forward'],
  'token-dead': [],
};

/** Which exchanges these rules have to look at; null for none. As narrow as the store can tell. */
export function filterFor(rules: readonly NotificationRule[]): ExchangeFilter | null {
  const purposes = [...new Set(rules.flatMap(({ subject }) => purposesOf[subject]))];
  if (purposes.length === 0) return null;
  if (purposes.includes('forward')) return { purposes };
  const webhooks = rules.filter(({ subject }) => subject === 'webhook');
  const union = <T>(lists: readonly (readonly T[])[]): T[] =>
    lists.some((list) => list.length === 0) ? [] : [...new Set(lists.flat())];
  const verdicts = union(webhooks.map((rule) => rule.verdicts));
  const eventTypes = union(webhooks.map((rule) => rule.eventTypes));
  return {
    purposes,
    ...(verdicts.length > 0 && { verdicts }),
    ...(eventTypes.length > 0 && { eventTypes }),
  };
}
