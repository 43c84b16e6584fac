import type { Records } from '../collections/records.ts';
import type { Contact } from '../contacts/contact.ts';
import type { Location, User } from '../world/directory.ts';
import type { Random } from '../world/random.ts';

/** What the first data of one sub-account is made from. */
export interface Seeding {
  readonly records: Records;
  readonly location: Location;
  /** Its contacts, the newest first. */
  readonly contacts: readonly Contact[];
  /** The person who looks after it. */
  readonly user: User;
  readonly random: Random;
  /** The instant so many hours ago, or ahead where they are negative, in ISO 8601. */
  readonly ago: (hours: number) => string;
}

const HOUR_MS = 3_600_000;

/** Instants before and after `now`, in ISO 8601. */
export function hoursBefore(now: number): (hours: number) => string {
  return (hours) => new Date(now - hours * HOUR_MS).toISOString();
}
