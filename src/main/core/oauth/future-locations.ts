/**
 * Location tokens minted as sub-accounts come in: HighLevel announces each with an INSTALL webhook (HighLevel docs: App
 * Distribution). Only verified webhooks count, and only for apps whose developer has asked for it.
 */
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeSummary, ExchangeTick } from '../../../shared/model/exchange.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import type { Log, SettingsStore } from '../ports.ts';
import type { FutureLocations, Profiles, Tokens } from '../services.ts';
import { isOfInstall } from './uninstall.ts';

export type FutureLocationsDeps = {
  readonly store: Pick<ExchangeStore, 'page' | 'tick' | 'onTick'>;
  readonly tokens: Pick<Tokens, 'list' | 'mintLocation' | 'onChange'>;
  readonly profiles: Pick<Profiles, 'get'>;
  readonly settings: SettingsStore;
  readonly log: Log;
};

type Announced = {
  readonly profileId: ProfileId;
  readonly locationId: string;
  readonly companyId: string | null;
};

/** The INSTALL of a bulk install may come before its agency token: so many are kept for it. */
const waitingLimit = 1000;

export function createFutureLocations(
  deps: FutureLocationsDeps,
): FutureLocations & { dispose(): Promise<void> } {
  const { store, tokens, profiles, settings, log } = deps;
  /** What was captured before the developer asked for it is left alone. */
  let floor = store.tick().endSeq;
  let after = floor;
  let waiting: readonly Announced[] = [];
  let disposed = false;
  const isOver = (): boolean => disposed;
  let work: Promise<void> = Promise.resolve();
  let queued = false;

  const isOn = (id: ProfileId): boolean => settings.get('mintFutureLocations').includes(id);

  const announcedBy = ({ profileId, event, imported }: ExchangeSummary): Announced | null =>
    // A file announces nothing: its webhooks are of another time, or of another machine.
    imported !== null ||
    profileId === null ||
    event === null ||
    event.locationId === null ||
    event.signature.verdict !== 'valid'
      ? null
      : { profileId, locationId: event.locationId, companyId: event.companyId };

  const mint = async (one: Announced): Promise<void> => {
    const { profileId, locationId, companyId } = one;
    const held = tokens.list(profileId).filter((token) => token.status !== 'dead' && isOfInstall(token));
    if (held.some((token) => token.locationId === locationId)) return;
    const agency = held.find(
      (token) => token.userType === 'Company' && (companyId === null || token.companyId === companyId),
    );
    if (agency === undefined) {
      waiting = [...waiting, one].slice(-waitingLimit);
      return;
    }
    try {
      await tokens.mintLocation(agency.id, locationId);
      log('info', 'A location token was minted after its INSTALL webhook.', { locationId });
    } catch (error) {
      const reason = error instanceof AppError ? error.message : 'internal';
      log('warn', 'A location token could not be minted after its INSTALL webhook.', { locationId, reason });
    }
  };

  const pass = async (): Promise<void> => {
    const earlier = waiting;
    waiting = [];
    for (const one of earlier) if (!isOver() && isOn(one.profileId)) await mint(one);
    for (let more = true; more && !isOver();) {
      const page = await store.page({ purposes: ['webhook'], eventTypes: ['INSTALL'], after, limit: 200 });
      more = page.more;
      for (const row of page.items) {
        after = Math.max(after, row.seq);
        const one = announcedBy(row);
        if (one !== null && isOn(one.profileId) && !isOver()) await mint(one);
      }
    }
  };

  const look = (): void => {
    if (queued || disposed) return;
    queued = true;
    work = work.then(async () => {
      queued = false;
      await pass().catch((cause: unknown) => log('error', 'INSTALL webhooks could not be read.', { cause }));
    });
  };

  /** Facts come after the capture, and may change later (a key was added): such rows are read again. */
  const onTick = ({ touchedFrom }: ExchangeTick): void => {
    if (touchedFrom === null) return;
    after = Math.max(floor, Math.min(after, touchedFrom - 1));
    if (settings.get('mintFutureLocations').length > 0) look();
  };

  const stops = [
    store.onTick(onTick),
    tokens.onChange(() => {
      if (waiting.length > 0) look();
    }),
  ];

  return {
    isOn,
    set(profileId, on) {
      profiles.get(profileId);
      const others = settings.get('mintFutureLocations').filter((id) => id !== profileId);
      settings.set('mintFutureLocations', on ? [...others, profileId] : others);
      if (on) floor = store.tick().endSeq;
      after = Math.max(after, floor);
      return on;
    },
    async dispose() {
      disposed = true;
      for (const stop of stops) stop();
      await work;
    },
  };
}
