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
  readonly settings: LocationSettings;
  readonly social: Readonly<Record<string, string>>;
  active: boolean;
}

export interface LocationSettings {
  readonly allowDuplicateContact: boolean;
  readonly allowDuplicateOpportunity: boolean;
  readonly allowFacebookNameMerge: boolean;
  readonly disableContactTimezone: boolean;
}

export const DEFAULT_SETTINGS: LocationSettings = {
  allowDuplicateContact: false,
  allowDuplicateOpportunity: false,
  allowFacebookNameMerge: false,
  disableContactTimezone: false,
};

export interface User {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly type: 'agency' | 'account';
  readonly role: 'admin' | 'user';
  readonly locationIds: readonly string[];
  readonly extension?: string | undefined;
  readonly permissions?: Readonly<Record<string, boolean>> | undefined;
  readonly scopes?: readonly string[] | undefined;
}

/** What the directory holds, as plain data. */
export interface DirectoryData {
  readonly locations: readonly Location[];
  readonly users: readonly [User, ...User[]];
}

/** The accounts this HighLevel knows: one agency, its sub-accounts, and their people; the first is the agency's owner. */
export interface Directory {
  readonly company: Company;
  readonly locations: readonly Location[];
  readonly users: readonly [User, ...User[]];
  location(id: string): Location | undefined;
  user(id: string): User | undefined;
  /** Adds a sub-account, or takes the place of the one with its id. */
  putLocation(location: Location): void;
  removeLocation(id: string): void;
  /** Adds a person, or takes the place of the one with its id. */
  putUser(user: User): void;
  /** The owner stays. */
  removeUser(id: string): void;
  export(): DirectoryData;
  import(data: DirectoryData): void;
  /** Back to the accounts it began with. */
  reset(): void;
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
      settings: DEFAULT_SETTINGS,
      social: {},
      active: true,
    };
  });
  const owner = user(random, 'Dana', 'Whitfield', locations, 'admin');
  const staff = locations.map((location, index) =>
    user(random, ['Ines', 'Marco', 'Priya', 'Owen', 'Lena'][index] ?? 'Alex', 'Keller', [location], 'user'),
  );
  return createDirectoryOf(company, { locations, users: [owner, ...staff] });
}

function createDirectoryOf(company: Company, first: DirectoryData): Directory {
  let { locations, users }: DirectoryData = copyOf(first);
  return {
    company,
    get locations() {
      return locations;
    },
    get users() {
      return users;
    },
    location: (id) => locations.find((location) => location.id === id),
    user: (id) => users.find((user) => user.id === id),
    putLocation(location) {
      const known = locations.some(({ id }) => id === location.id);
      locations = known ? replaced(locations, location) : [...locations, location];
    },
    removeLocation(id) {
      locations = locations.filter((location) => location.id !== id);
    },
    putUser(user) {
      const [owner, ...others] = users;
      if (user.id === owner.id) users = [user, ...others];
      else if (others.some(({ id }) => id === user.id)) users = [owner, ...replaced(others, user)];
      else users = [owner, ...others, user];
    },
    removeUser(id) {
      const [owner, ...others] = users;
      users = [owner, ...others.filter((user) => user.id !== id)];
    },
    export: () => copyOf({ locations, users }),
    import: (data) => void ({ locations, users } = copyOf(data)),
    reset: () => void ({ locations, users } = copyOf(first)),
  };
}

function replaced<T extends { readonly id: string }>(list: readonly T[], item: T): T[] {
  return list.map((one) => (one.id === item.id ? item : one));
}

/** A location's `active` changes in place; nobody else's copy may change with it. */
function copyOf({ locations, users }: DirectoryData): DirectoryData {
  return { locations: locations.map((location) => ({ ...location })), users };
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
    type: role === 'admin' ? 'agency' : 'account',
    role,
    locationIds: locations.map((location) => location.id),
  };
}
