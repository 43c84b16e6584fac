/** Reads what has come, asks the rules, and says at most so much of it on the desktop. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type {
  CompanionNotification,
  NotificationRule,
  NotificationSettings,
  NotificationsState,
  NotificationTarget,
} from '../../../shared/model/notification.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import type { Timer } from '../oauth/auto-refresh.ts';
import type { Ports } from '../ports.ts';
import { createGatherer } from './gather.ts';
import type { Gathered } from './gather.ts';
import { filterFor, newsOfExchange, newsOfToken } from './news.ts';
import type { News } from './news.ts';
import type { Notifications } from './types.ts';

export type NotificationsDeps = {
  readonly ports: Pick<Ports, 'settings' | 'notify' | 'badge' | 'log'>;
  readonly store: Pick<ExchangeStore, 'page' | 'tick' | 'onTick' | 'settled'>;
  readonly tokens: {
    list(): readonly TokenSummary[];
    onChange(listener: (tokens: readonly TokenSummary[]) => void): () => void;
  };
  readonly profiles: () => readonly Profile[];
  /** Left out where the core is open for a moment only: nothing is followed then. */
  readonly timer?: Timer;
};

/** The log is looked at no more often than this. */
const LOOK_MS = 1000;
const PAGE = 1000;

export function createNotifications({
  ports,
  store,
  tokens,
  profiles,
  timer,
}: NotificationsDeps): Notifications {
  const { settings, log } = ports;
  const listeners = new Set<(state: NotificationsState) => void>();
  let state: NotificationsState = { unseen: 0, latest: null, wanted: null };
  let after = store.tick().endSeq;
  let cancelLook: (() => void) | null = null;
  let work: Promise<void> = Promise.resolve();
  let disposed = false;
  const isOver = (): boolean => disposed;
  let statuses = statusesOf(tokens.list());

  const become = (changes: Partial<NotificationsState>): void => {
    const unseen = changes.unseen ?? state.unseen;
    if (unseen !== state.unseen) ports.badge(unseen);
    state = { ...state, ...changes };
    for (const listener of listeners) listener(state);
  };
  const open = (wanted: NotificationTarget): void => become({ wanted, unseen: 0 });
  const show = ({ title, body, target }: Gathered): void => {
    const latest: CompanionNotification = { number: (state.latest?.number ?? 0) + 1, title, body, target };
    become({ latest });
    ports.notify({ title, body, onOpen: () => open(target) });
  };
  const gatherer = timer === undefined ? null : createGatherer(timer, show);

  const rulesOn = (): NotificationRule[] => settings.get('notifications').rules.filter(({ on }) => on);
  const ownerOf = (id: Profile['id'] | null): Profile | undefined => profiles().find((one) => one.id === id);

  /** The first rule that asks for it says it. */
  const first = (rules: readonly NotificationRule[], find: (rule: NotificationRule) => News | null) => {
    for (const rule of rules) {
      const news = find(rule);
      if (news !== null) return [news];
    }
    return [];
  };
  const take = (news: readonly News[]): void => {
    if (news.length === 0 || isOver()) return;
    for (const each of news) gatherer?.add(each);
    if (settings.get('notifications').badge) become({ unseen: state.unseen + news.length });
  };

  const ofRow = (rules: readonly NotificationRule[], row: ExchangeSummary): News[] =>
    first(rules, (rule) => newsOfExchange(rule, row, ownerOf(row.profileId)));

  const look = async (): Promise<void> => {
    const end = store.tick().endSeq;
    const rules = rulesOn();
    const filter = filterFor(rules);
    if (filter === null) {
      after = end;
      return;
    }
    // Rows have no facts before that, and would be passed over.
    await store.settled();
    for (let more = true; more && !isOver();) {
      // A file that is imported is no news.
      const page = await store.page({ ...filter, imported: false, after, limit: PAGE });
      const rows = page.items.filter(({ seq }) => seq <= end);
      take(rows.flatMap((row) => ofRow(rules, row)));
      more = page.more && rows.length === page.items.length;
      after = more ? (rows.at(-1)?.seq ?? end) : end;
    }
  };

  const lookSoon = (): void => {
    if (timer === undefined || store.tick().endSeq <= after) return;
    cancelLook ??= timer(LOOK_MS, () => {
      work = work
        .then(look)
        .catch((error: unknown) => log('error', 'The log could not be read for notifications', { error }))
        .finally(() => {
          cancelLook = null;
          if (!isOver()) lookSoon();
        });
    });
  };

  const onTokens = (present: readonly TokenSummary[]): void => {
    const died = present.filter(({ id, status }) => status === 'dead' && isAlive(statuses.get(id)));
    statuses = statusesOf(present);
    const rules = rulesOn();
    take(died.flatMap((token) => first(rules, (rule) => newsOfToken(rule, token, ownerOf(token.profileId)))));
  };

  const stops = timer === undefined ? [] : [store.onTick(lookSoon), tokens.onChange(onTokens)];

  return {
    settings: () => settings.get('notifications'),
    set(changes) {
      const before = settings.get('notifications');
      const next: NotificationSettings = { ...before, ...changes };
      const known = new Set(before.rules.map((rule) => rule.profileId));
      const missing = next.rules.find(
        ({ profileId: id }) => id !== null && !known.has(id) && ownerOf(id) === undefined,
      );
      if (missing !== undefined)
        throw new AppError('not_found', `There is no profile "${missing.profileId ?? ''}".`);
      // What came before a rule was set is not its business.
      if (filterFor(rulesOn()) === null) after = store.tick().endSeq;
      settings.set('notifications', next);
      if (!next.badge) become({ unseen: 0 });
      return next;
    },
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    seen() {
      if (state.unseen > 0) become({ unseen: 0 });
    },
    opened() {
      if (state.wanted !== null) become({ wanted: null });
    },
    test: () =>
      show({
        title: 'Notifications work',
        body: 'This is how the companion speaks up.',
        target: { screen: 'webhooks', item: null },
      }),
    async dispose() {
      disposed = true;
      for (const stop of stops) stop();
      cancelLook?.();
      gatherer?.dispose();
      await work;
      listeners.clear();
    },
  };
}

type Status = TokenSummary['status'];

const statusesOf = (tokens: readonly TokenSummary[]): ReadonlyMap<string, Status> =>
  new Map(tokens.map(({ id, status }) => [id, status]));

/** A token first seen dead, as when a vault is unlocked, is no news. */
const isAlive = (status: Status | undefined): boolean => status === 'active' || status === 'expired';
