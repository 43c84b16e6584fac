import * as z from 'zod';

/** Identifies an exchange for ever: a UUID version 7, so that ids sort by the time of capture. */
export const exchangeId = z.uuid().brand<'ExchangeId'>();
export type ExchangeId = z.infer<typeof exchangeId>;

/** Identifies a profile: a short slug that also stands in its webhook path (`/webhooks/<profile>`). */
export const profileId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a profile id has 1 to 40 lower-case letters, digits and hyphens')
  .brand<'ProfileId'>();
export type ProfileId = z.infer<typeof profileId>;

/** Identifies a token in the vault: `company:<profile>:<companyId>` or `location:<profile>:<locationId>`. */
export const tokenId = z.string().min(1).brand<'TokenId'>();
export type TokenId = z.infer<typeof tokenId>;
