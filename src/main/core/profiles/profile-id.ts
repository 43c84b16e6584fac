import { profileId, type ProfileId } from '../../../shared/model/ids.ts';

const longest = 40;

/**
 * A short slug for a profile's name, as it stands in its webhook path; numbered where it is taken.
 * `Acme Booking` becomes `acme-booking`, then `acme-booking-2`; a name without letters or digits becomes `app`.
 */
export function newProfileId(name: string, taken: ReadonlySet<string>): ProfileId {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    const stem = (slug === '' ? 'app' : slug).slice(0, longest - suffix.length).replace(/-+$/, '');
    if (!taken.has(stem + suffix)) return profileId.parse(stem + suffix);
  }
}
