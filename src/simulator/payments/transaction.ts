import type { Document } from '../collections/family.ts';
import type { Fields } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { fullName } from '../contacts/contact.ts';
import type { World } from '../world/world.ts';

/** What a payment was for, and by whom. */
export interface Payment {
  readonly locationId: string;
  readonly contactId: string;
  readonly amount: number;
  readonly currency: string;
  readonly liveMode: boolean;
  readonly entityType: string;
  readonly entityId: string;
  readonly sourceType: string;
  readonly sourceName: string;
}

/** A payment that succeeded, as it is kept. */
export function transactionOf(payment: Payment, id: string, now: string): Document {
  const { locationId, contactId, amount, currency, liveMode, entityType, entityId } = payment;
  const { sourceType, sourceName } = payment;
  return {
    id,
    locationId,
    contactId,
    currency,
    amount,
    liveMode,
    status: 'succeeded',
    entityType,
    entityId,
    entitySourceType: sourceType,
    entitySourceName: sourceName,
    entitySourceId: entityId,
    paymentProviderType: 'manual',
    amountRefunded: 0,
    createdAt: now,
    updatedAt: now,
    fulfilledAt: now,
  };
}

/** A record of the payments family as lists show it, with the name of its contact. */
export function paymentAnswer({ id, locationId, ...row }: Document, world: World): Fields {
  const contact = world.records.contacts.get(textOf(row.contactId));
  return {
    _id: id,
    altId: locationId,
    altType: 'location',
    ...row,
    ...(contact && { contactName: fullName(contact), contactEmail: contact.email ?? '' }),
  };
}

/** The person behind a payment, as detailed answers and order events show it. */
export function contactSnapshot(row: Document, world: World): Fields {
  const contact = world.records.contacts.get(textOf(row.contactId));
  if (contact === undefined) return {};
  const { id, locationId, email, phone, firstName, lastName, tags, source, dateAdded, dnd, city, state } =
    contact;
  const name = fullName(contact);
  return {
    id,
    locationId,
    name,
    email,
    phone,
    firstName,
    lastName,
    tags,
    source,
    dateAdded,
    dnd,
    city,
    state,
  };
}
