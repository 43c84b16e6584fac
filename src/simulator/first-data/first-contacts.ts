import type { Directory } from '../world/directory.ts';
import type { Random } from '../world/random.ts';
import type { ContactBook } from '../contacts/contact-book.ts';

const FIRST_NAMES = [
  'Ada',
  'Bruno',
  'Carla',
  'Deven',
  'Elena',
  'Farid',
  'Grace',
  'Hugo',
  'Isla',
  'Jonas',
] as const;
const LAST_NAMES = [
  'Adler',
  'Brooks',
  'Castillo',
  'Dunn',
  'Egan',
  'Fischer',
  'Gupta',
  'Hale',
  'Ito',
  'Jensen',
] as const;
const TAGS = ['new patient', 'vip', 'newsletter', 'recall due', 'referral'] as const;
const HOUR_MS = 3_600_000;
/** However many there are, the oldest is no older than two years. */
const LONGEST_AGO_MS = 2 * 365 * 24 * HOUR_MS;
/** More than one page of the default 20. */
export const PER_LOCATION = 24;

/** Gives every location the contacts it starts with, the newest an hour old. */
export function addFirstContacts(
  book: ContactBook,
  directory: Directory,
  random: Random,
  now: number,
  perLocation: number,
): void {
  for (const location of directory.locations) {
    for (let index = 0; index < perLocation; index += 1) {
      const firstName = random.pick(FIRST_NAMES);
      const lastName = random.pick(LAST_NAMES);
      const fields = {
        firstName,
        lastName,
        email: `${firstName}.${lastName}.${index}@mail.example`,
        phone: `+1312555${String(1000 + index)}`,
        city: location.city,
        state: location.state,
        timezone: location.timezone,
        source: 'website form',
        tags: [random.pick(TAGS)],
      };
      book.create(location.id, fields, now - (index + 1) * Math.min(HOUR_MS, LONGEST_AGO_MS / perLocation));
    }
  }
}
