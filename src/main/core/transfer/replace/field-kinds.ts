/** What the name of a field says of the personal data in it (HighLevel docs: contacts, users, locations, conversations). */
import type { ReplacedKind } from '../../../../shared/model/transfer.ts';

const fields: Readonly<Record<Exclude<ReplacedKind, 'ids' | 'dates'>, readonly string[]>> = {
  names: [
    'name',
    'first_name',
    'last_name',
    'full_name',
    'middle_name',
    'contact_name',
    'company_name',
    'business_name',
    'display_name',
    'user_name',
    'location_name',
    'first_name_lower_case',
    'last_name_lower_case',
    'full_name_lower_case',
    'first_name_raw',
    'last_name_raw',
    'assigned_to_name',
    'from_name',
    'to_name',
  ],
  emails: ['email', 'email_lower_case', 'email_from', 'email_to', 'cc', 'bcc'],
  phones: ['phone', 'phone_number', 'phone_raw', 'mobile', 'mobile_phone', 'fax', 'whatsapp'],
  addresses: [
    'address',
    'address1',
    'address2',
    'address_line1',
    'address_line2',
    'street',
    'street_address',
    'full_address',
    'city',
    'state',
    'region',
    'postal_code',
    'zip',
    'zip_code',
    'ip',
    'ip_address',
    'latitude',
    'longitude',
  ],
  birthdays: ['date_of_birth', 'birth_date', 'birthday', 'dob'],
  text: [
    'body',
    'message',
    'text',
    'html',
    'note',
    'notes',
    'comment',
    'comments',
    'description',
    'subject',
    'title',
    'bio',
    'review',
    'value',
    'values',
    'field_value',
    'field_values',
    'tags',
    'snippet',
    'transcript',
  ],
};

const squeeze = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const kinds = new Map<string, ReplacedKind>(
  // Typed by the record above.
  (Object.entries(fields) as [ReplacedKind, readonly string[]][]).flatMap(([kind, names]) =>
    names.map((name) => [squeeze(name), kind] as const),
  ),
);

/** They name the app, not a person. */
const impersonal = new Set(['appid', 'versionid', 'clientid']);

/** Null for a field whose name says nothing. */
export function kindOfField(name: string): ReplacedKind | null {
  const known = kinds.get(squeeze(name));
  if (known !== undefined) return known;
  return /^_?ids?$|_ids?$|[a-z\d]I[dD]s?$|^uuid$/.test(name) && !impersonal.has(squeeze(name)) ? 'ids' : null;
}
