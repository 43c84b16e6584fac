import type { Records } from '../collections/records.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { Directory } from '../world/directory.ts';
import type { Random } from '../world/random.ts';
import { addFirstCalendars } from './first-calendars.ts';
import { addFirstContacts, PER_LOCATION } from './first-contacts.ts';
import { addFirstConversations } from './first-conversations.ts';
import { addFirstFields } from './first-fields.ts';
import { addFirstOpportunities } from './first-opportunities.ts';
import { addFirstMarketing } from './first-marketing.ts';
import { addFirstObjects, addFirstSnapshots } from './first-objects.ts';
import { addFirstSales } from './first-sales.ts';
import { hoursBefore } from './seeding.ts';

/** Fills every sub-account with a little of everything, so that every list shows something. */
export function addFirstData(
  records: Records,
  book: ContactBook,
  directory: Directory,
  random: Random,
  now: number,
  contactsPerLocation: number = PER_LOCATION,
): void {
  addFirstContacts(book, directory, random, now, contactsPerLocation);
  addFirstSnapshots(records, directory, random, hoursBefore(now));
  for (const location of directory.locations) {
    const user = directory.users.find(
      ({ role, locationIds }) => role === 'user' && locationIds.includes(location.id),
    );
    const seeding = {
      records,
      location,
      contacts: book.inLocation(location.id),
      user: user ?? directory.users[0],
      random,
      ago: hoursBefore(now),
    };
    addFirstFields(seeding);
    addFirstOpportunities(seeding);
    addFirstConversations(seeding);
    addFirstCalendars(seeding);
    addFirstSales(seeding);
    addFirstMarketing(seeding);
    addFirstObjects(seeding);
  }
}
