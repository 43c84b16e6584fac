import type { ContactBook } from '../contacts/contact-book.ts';
import type { Collections } from '../generic/collections.ts';
import type { Records } from '../collections/records.ts';
import type { Faults } from '../http/faults.ts';
import type { Grants } from '../oauth/grants.ts';
import type { Installations } from '../oauth/installations.ts';
import type { RateLimits } from '../api/rate-limits.ts';
import type { Breaker } from '../webhooks/breaker.ts';
import type { SigningKeys } from '../webhooks/signing-keys.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { Snapshots } from '../saving/snapshots.ts';
import type { Triggers } from '../workflows/triggers.ts';
import type { AppRegistration } from './app.ts';
import type { Clock } from './clock.ts';
import type { Directory } from './directory.ts';
import type { Random } from './random.ts';
import type { Switches } from './switches.ts';

/** What the sub-accounts are filled with. */
export interface Filling {
  /** In all sub-accounts together; default 24 in each. */
  readonly contacts?: number | undefined;
  /** Makes the data, and all ids and codes from then on, the same each time. */
  readonly seed?: number | undefined;
}

/** Everything this HighLevel knows and has; requests read and change it. */
export interface World {
  /** Origin, such as `http://127.0.0.1:4402`. */
  readonly url: string;
  readonly app: AppRegistration;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly random: Random;
  /** What made-up answers grow from: the same one makes the same. */
  readonly seed: string | number;
  readonly keys: SigningKeys;
  readonly faults: Faults;
  readonly grants: Grants;
  readonly installations: Installations;
  readonly records: Records;
  readonly contacts: ContactBook;
  /** The objects of families without code of their own. */
  readonly collections: Collections;
  readonly rateLimits: RateLimits;
  readonly webhooks: Webhooks;
  /** What HighLevel's sources leave open. */
  readonly switches: Switches;
  readonly breaker: Breaker;
  readonly triggers: Triggers;
  readonly snapshots: Snapshots;
  /** Back to the state after the start: no installs, no tokens, the first contacts. The app keeps its settings. */
  reset(): void;
  /** Other contacts and families in the place of the present ones. Installs and tokens stay. */
  refill(filling: Filling): void;
}
