/** The seven steps from nothing to a working loop, each done because its exchange, token or address was seen. */
import type { ExchangeDetail, ExchangeSummary, Purpose } from '../../../shared/model/exchange.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { Addresses, ChecklistStep, Profile } from '../../../shared/model/profile.ts';
import type { IngressStatus, TunnelState } from '../../../shared/model/system.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import type { Log } from '../ports.ts';
import { fetchSimulatorInfo } from './simulator-app.ts';

export type ChecklistDeps = {
  readonly store: Pick<ExchangeStore, 'page' | 'get'>;
  tokens(profileId: ProfileId): readonly TokenSummary[];
  tunnel(): TunnelState;
  ingress(): IngressStatus;
  readonly log: Log;
};

type Finding = Omit<ChecklistStep, 'id'>;

/** How far back a successful call is looked for among failed ones. */
const callsLookedAt = 200;

const done = (sentence: string, at: number | null, exchangeId: string | null = null): Finding => ({
  done: true,
  at,
  sentence,
  exchangeId,
});
const open = (sentence: string, exchangeId: string | null = null): Finding => ({
  done: false,
  at: null,
  sentence,
  exchangeId,
});

/** @returns what `createProfiles` takes as its `checklist`: the steps of one profile, in order, read afresh at each call. */
export function createChecklist(deps: ChecklistDeps) {
  const latest = async (profile: Profile, purpose: Purpose, verdicts?: ['valid']) => {
    const page = await deps.store.page({
      purposes: [purpose],
      profileId: profile.id,
      // What was read from a file proves nothing about this machine.
      imported: false,
      limit: 1,
      ...(verdicts === undefined ? {} : { verdicts }),
    });
    return page.items[0] ?? null;
  };

  /** A callback on a path that profiles share belongs to nobody; the token it led to names it as its cause. */
  async function callbackOf(
    profile: Profile,
    tokens: readonly TokenSummary[],
  ): Promise<ExchangeSummary | null> {
    const attributed = await latest(profile, 'callback');
    if (attributed !== null) return attributed;
    const brought = tokens.find(({ source, exchangeId }) => source === 'code' && exchangeId !== null);
    const exchange = brought?.exchangeId ? await look(brought.exchangeId) : null;
    return exchange?.causeId ? await look(exchange.causeId) : null;
  }

  async function look(id: Parameters<ExchangeStore['get']>[0]): Promise<ExchangeDetail | null> {
    try {
      return await deps.store.get(id);
    } catch (cause) {
      deps.log('debug', 'An exchange the checklist looked for is gone.', { exchangeId: id, cause });
      return null;
    }
  }

  async function redirectStep(
    profile: Profile,
    addresses: Addresses,
    callback: ExchangeSummary | null,
  ): Promise<Finding> {
    const { redirectUrl } = addresses;
    if (callback !== null) {
      return done(
        'A callback has arrived, so the redirect URL is registered.',
        callback.receivedAt,
        callback.id,
      );
    }
    if (profile.environment === 'live') {
      return open(`Register ${redirectUrl} as a redirect URL of the app in the developer portal.`);
    }
    try {
      const { redirectUrls } = await fetchSimulatorInfo(profile.hosts.api);
      return redirectUrls.includes(redirectUrl)
        ? done(`The simulator has ${redirectUrl} among its redirect URLs.`, null)
        : open(
            `The simulator does not have ${redirectUrl} among its redirect URLs: add the simulator again.`,
          );
    } catch (cause) {
      deps.log('debug', 'The checklist could not ask the simulator.', { cause });
      return open(`No simulator answers at ${profile.hosts.api}: start it, then install its app.`);
    }
  }

  function addressStep(profile: Profile, addresses: Addresses): Finding {
    const { listening, error } = deps.ingress();
    if (!listening) return open(error ?? 'The companion is not listening for callbacks and webhooks yet.');
    if (profile.environment === 'simulator')
      return done(`The simulator reaches this companion at ${addresses.base}.`, null);
    const tunnel = deps.tunnel();
    if (tunnel.status === 'online' && addresses.public) {
      return done(`HighLevel reaches this companion at ${addresses.base}.`, tunnel.since);
    }
    if (tunnel.status === 'failed')
      return open(tunnel.error ?? 'The public address could not be brought up.');
    if (tunnel.status === 'off')
      return open('Turn on the public address, so that HighLevel can reach this companion.');
    return open('The public address is being brought up.');
  }

  async function webhookStep(profile: Profile, addresses: Addresses): Promise<Finding> {
    const verified = await latest(profile, 'webhook', ['valid']);
    if (verified !== null) {
      const type = verified.event?.type;
      return done(
        `${type ? `The webhook ${type}` : 'A webhook'} arrived and its signature holds.`,
        verified.receivedAt,
        verified.id,
      );
    }
    const any = await latest(profile, 'webhook');
    if (any === null) {
      return profile.environment === 'simulator'
        ? open('Install the app: its INSTALL webhook arrives once the code has been exchanged.')
        : open(
            `Set ${addresses.webhookUrl} as the default webhook URL in the developer portal, then install the app.`,
          );
    }
    const reason = any.event?.signature.reason;
    return open(
      reason
        ? `A webhook arrived, but it is not verified: ${reason}`
        : 'A webhook arrived and is being looked at.',
      any.id,
    );
  }

  async function callStep(profile: Profile): Promise<Finding> {
    const { items } = await deps.store.page({
      purposes: ['api'],
      profileId: profile.id,
      imported: false,
      limit: callsLookedAt,
    });
    const good = items.find(({ status }) => status !== null && status >= 200 && status < 300);
    if (good !== undefined) {
      return done(`${good.method} ${pathOf(good.url)} answered ${good.status}.`, good.receivedAt, good.id);
    }
    const last = items[0];
    if (last === undefined) return open('Send a first request, such as "Get contacts".');
    const outcome = last.status === null ? (last.error ?? 'it failed') : `it answered ${last.status}`;
    return open(`The last request, ${last.method} ${pathOf(last.url)}, did not succeed: ${outcome}`, last.id);
  }

  return async (profile: Profile, addresses: Addresses): Promise<ChecklistStep[]> => {
    const tokens = deps.tokens(profile.id);
    const callback = await callbackOf(profile, tokens);
    const [redirect, webhook, call] = await Promise.all([
      redirectStep(profile, addresses, callback),
      webhookStep(profile, addresses),
      callStep(profile),
    ]);
    return [
      { id: 'credentials', ...credentialsStep(profile) },
      { id: 'address', ...addressStep(profile, addresses) },
      { id: 'redirect', ...redirect },
      { id: 'callback', ...callbackStep(callback) },
      { id: 'token', ...tokenStep(tokens) },
      { id: 'webhook', ...webhook },
      { id: 'call', ...call },
    ];
  };
}

const credentialsStep = (profile: Profile): Finding =>
  profile.hasSecret
    ? done(`The client ID and client secret of "${profile.name}" are saved.`, profile.createdAt)
    : open('Enter the client secret: the developer portal shows it once, on the Auth page of the app.');

const callbackStep = (callback: ExchangeSummary | null): Finding =>
  callback === null
    ? open('Open the install link, choose a sub-account (location) and allow the install.')
    : done('The browser came back with the callback.', callback.receivedAt, callback.id);

function tokenStep(tokens: readonly TokenSummary[]): Finding {
  const held =
    tokens.find(({ status }) => status === 'active') ?? tokens.find(({ status }) => status === 'expired');
  if (held === undefined) {
    const problem = tokens[0]?.problem;
    return open(
      problem
        ? `Install the app again: ${problem}`
        : 'Install the app: the code in the callback brings the first token.',
    );
  }
  const whose = held.userType === 'Company' ? 'agency (company)' : 'sub-account (location)';
  const account = held.label ?? held.locationId ?? held.companyId;
  return done(
    `A token for the ${whose}${account ? ` ${account}` : ''} is held.`,
    held.obtainedAt,
    held.exchangeId,
  );
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);
