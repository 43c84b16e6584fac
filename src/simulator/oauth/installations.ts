import type { Clock } from '../world/clock.ts';
import type { Consent } from './grants.ts';

export interface Installation {
  readonly locationId: string;
  readonly scopes: readonly string[];
  readonly userId: string;
  readonly installedAt: string;
  /** Of a paid app. */
  readonly planId?: string;
}

/** All installs, as plain data. */
export interface InstallationsData {
  readonly locations: readonly Installation[];
  readonly agency: Consent | null;
}

/** Where the app is installed: on sub-accounts, and perhaps on the agency for many of them at once. */
export interface Installations {
  /** Records what a consent covers once its code has been exchanged. */
  add(consent: Consent): void;
  location(locationId: string): Installation | undefined;
  agency(): Consent | undefined;
  list(): readonly Installation[];
  removeLocation(locationId: string): void;
  setPlan(locationId: string, planId: string): void;
  export(): InstallationsData;
  import(data: InstallationsData): void;
  clear(): void;
}

export function createInstallations(clock: Clock): Installations {
  const byLocation = new Map<string, Installation>();
  let agency: Consent | undefined;
  return {
    add(consent) {
      const { scopes, userId } = consent;
      const installedAt = new Date(clock.now()).toISOString();
      if (consent.userType === 'Company') agency = consent;
      const locations = consent.locationId === undefined ? consent.approvedLocations : [consent.locationId];
      for (const locationId of locations)
        byLocation.set(locationId, { locationId, scopes, userId, installedAt });
    },
    location: (locationId) => byLocation.get(locationId),
    agency: () => agency,
    list: () => [...byLocation.values()],
    removeLocation: (locationId) => void byLocation.delete(locationId),
    setPlan(locationId, planId) {
      const found = byLocation.get(locationId);
      if (found !== undefined) byLocation.set(locationId, { ...found, planId });
    },
    export: () => ({ locations: [...byLocation.values()], agency: agency ?? null }),
    import(data) {
      byLocation.clear();
      for (const installation of data.locations) byLocation.set(installation.locationId, installation);
      agency = data.agency ?? undefined;
    },
    clear() {
      byLocation.clear();
      agency = undefined;
    },
  };
}
