import type { Random } from './random.ts';

export interface Company {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** A sub-account. An inactive one refuses token refreshes, as a paused or unpaid account does. */
export interface Location {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly postalCode: string;
  readonly timezone: string;
  readonly email: string;
  readonly phone: string;
  readonly website: string;
  active: boolean;
}

export interface User {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly role: 'admin' | 'user';
  readonly locationIds: readonly string[];
}

/** The accounts this HighLevel knows: one agency, its sub-accounts, and their people. */
export interface Directory {
  readonly company: Company;
  readonly locations: readonly Location[];
  readonly users: readonly [User, ...User[]];
  location(id: string): Location | undefined;
}

const PLACES = [
  ['Northside Dental', '1820 N Clark St', 'Chicago', 'IL', '60614', 'America/Chicago'],
  ['Lakeview Spa', '3325 N Halsted St', 'Chicago', 'IL', '60657', 'America/Chicago'],
  ['Harbor Fitness', '410 Pier View Way', 'Oceanside', 'CA', '92054', 'America/Los_Angeles'],
  ['Cedar Street Auto', '77 Cedar St', 'Austin', 'TX', '78701', 'America/Chicago'],
  ['Bluebird Realty', '12 Elm Row', 'Portland', 'ME', '04101', 'America/New_York'],
] as const;

export function createDirectory(random: Random): Directory {
  const company = { id: random.id(), name: 'Acme Agency', email: 'team@acme-agency.example' };
  const locations = PLACES.map(([name, address, city, state, postalCode, timezone], index): Location => {
    const domain = `${name.toLowerCase().replaceAll(' ', '-')}.example`;
    return {
      id: random.id(),
      companyId: company.id,
      name,
      address,
      city,
      state,
      country: 'US',
      postalCode,
      timezone,
      email: `hello@${domain}`,
      phone: `+1312555010${index}`,
      website: `https://${domain}`,
      active: true,
    };
  });
  const owner = user(random, 'Dana', 'Whitfield', locations, 'admin');
  const staff = locations.map((location, index) =>
    user(random, ['Ines', 'Marco', 'Priya', 'Owen', 'Lena'][index] ?? 'Alex', 'Keller', [location], 'user'),
  );
  return {
    company,
    locations,
    users: [owner, ...staff],
    location: (id) => locations.find((location) => location.id === id),
  };
}

function user(
  random: Random,
  firstName: string,
  lastName: string,
  locations: readonly Location[],
  role: User['role'],
): User {
  return {
    id: random.id(),
    firstName,
    lastName,
    email: `${firstName}.${lastName}@acme-agency.example`.toLowerCase(),
    phone: '+13125550199',
    role,
    locationIds: locations.map((location) => location.id),
  };
}
