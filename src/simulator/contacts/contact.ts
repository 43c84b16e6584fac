import { z } from 'zod';
import { requiredText } from '../api/validation.ts';
import type { FieldValue } from '../locations/custom-field.ts';

const text = z.string().nullish();

const dndSetting = z.strictObject({
  status: z.enum(['active', 'inactive', 'permanent']),
  message: z.string().optional(),
  code: z.string().optional(),
});

const dndChannels = z.strictObject({
  Call: dndSetting.optional(),
  Email: dndSetting.optional(),
  SMS: dndSetting.optional(),
  WhatsApp: dndSetting.optional(),
  GMB: dndSetting.optional(),
  FB: dndSetting.optional(),
});

/** Writers name a field by id or key and may call its value `field_value`; readers get `id` and `value`. */
export const customField = z
  .object({
    id: z.string().optional(),
    key: z.string().optional(),
    field_value: z.unknown().optional(),
    value: z.unknown().optional(),
  })
  .transform((field): FieldValue => ({
    id: field.id ?? field.key ?? '',
    value: field.field_value ?? field.value ?? null,
  }));

const writable = {
  firstName: text,
  lastName: text,
  name: text,
  email: z.email().nullish(),
  phone: text,
  address1: text,
  city: text,
  state: text,
  postalCode: text,
  website: text,
  timezone: text,
  dnd: z.boolean().optional(),
  dndSettings: dndChannels.optional(),
  inboundDndSettings: z.unknown().optional(),
  tags: z.array(z.string()).optional(),
  customFields: z.array(customField).optional(),
  source: z.string().optional(),
  dateOfBirth: text,
  country: text,
  assignedTo: text,
};

export const updateContactBody = z.strictObject(writable);

export const createContactBody = z.strictObject({
  ...writable,
  locationId: requiredText,
  gender: z.string().optional(),
  companyName: text,
});

export const upsertContactBody = createContactBody.extend({
  createNewIfDuplicateAllowed: z.boolean().optional(),
});

export type ContactFields = Partial<z.infer<typeof createContactBody>>;

export interface Contact extends Omit<ContactFields, 'locationId' | 'tags' | 'dnd' | 'customFields'> {
  readonly id: string;
  readonly locationId: string;
  readonly type: 'lead';
  readonly dateAdded: string;
  readonly dateUpdated: string;
  readonly tags: readonly string[];
  readonly dnd: boolean;
  readonly customFields: readonly FieldValue[];
  /** Ids of users. */
  readonly followers?: readonly string[];
  readonly businessId?: string | null;
}

export function fullName(contact: Pick<Contact, 'firstName' | 'lastName'>): string {
  return [contact.firstName, contact.lastName].filter(Boolean).join(' ');
}

/** A contact as the API answers it; what it does not have is left out. */
export function toContactAnswer(contact: Contact): Record<string, unknown> {
  const name = fullName(contact);
  const fields = {
    ...contact,
    name,
    contactName: name,
    firstNameLowerCase: contact.firstName?.toLowerCase(),
    lastNameLowerCase: contact.lastName?.toLowerCase(),
    fullNameLowerCase: name.toLowerCase(),
    emailLowerCase: contact.email?.toLowerCase(),
    followers: contact.followers ?? [],
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
