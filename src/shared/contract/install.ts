import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { exchangeId, profileId, tokenId } from '../model/ids.ts';
import {
  installedLocation,
  installProgress,
  mintProgress,
  privateTokenInput,
  tokenLineage,
  tokenSummary,
  uninstalled,
} from '../model/token.ts';
import { nothing, procedure } from './base.ts';

export const install = {
  /** Makes a link with a fresh `state`, waits for its callback, and opens the browser when asked to. */
  begin: procedure
    .input(
      z.object({
        profileId,
        openBrowser: z.boolean().default(false),
        /** Asked for beside those of the app's own link. */
        addScopes: z
          .array(z.string().regex(/^[\w./:-]{1,200}$/, 'a scope has no blanks'))
          .max(100)
          .optional(),
      }),
    )
    .output(z.object({ installUrl: z.string() })),
  cancel: procedure.output(nothing),
  /** Exchanges the code of a callback that came without a state; answers once the token is held. */
  confirm: procedure.input(z.object({ id: exchangeId })).output(z.object({ tokenId })),
  /** Throws the code of such a callback away. */
  reject: procedure.input(z.object({ id: exchangeId })).output(nothing),
  /** Sends the code of the failed install once more, where HighLevel gave no verdict on it. */
  retry: procedure.output(z.object({ tokenId })),
  /** Exchanges a code given by hand: the code itself, or the whole address the browser ended on. */
  paste: procedure.input(z.object({ profileId, text: z.string().max(20_000) })).output(z.object({ tokenId })),
  /** Begins with the present state; says each change. */
  progress: procedure.output(eventIterator(installProgress)),
};

const one = z.object({ id: tokenId });

export const tokens = {
  list: procedure.input(z.object({ profileId: profileId.optional() })).output(z.array(tokenSummary)),
  /** The secret itself, asked for on purpose. */
  reveal: procedure.input(one).output(z.object({ accessToken: z.string() })),
  refresh: procedure.input(one).output(tokenSummary),
  /** What became of it since it was first obtained: refreshes, failures, unavoidable losses. */
  lineage: procedure.input(one).output(tokenLineage),
  /** Keeps a private integration token; of an account that has one already, it takes its place. */
  addPrivate: procedure.input(privateTokenInput).output(tokenSummary),
  forget: procedure.input(one).output(nothing),
  installedLocations: procedure
    .input(
      one.extend({
        query: z.string().max(200).optional(),
        skip: z.int().nonnegative().default(0),
        limit: z.int().min(1).max(100).default(20),
      }),
    )
    .output(z.object({ items: z.array(installedLocation), count: z.int() })),
  mintLocation: procedure.input(one.extend({ locationId: z.string().min(1) })).output(tokenSummary),
  /**
   * Location tokens one after another, below the rate limit; ends with the last one, or when the client stops
   * listening. Without `locationIds`: for every sub-account that has the app and no token here yet.
   */
  mintMany: procedure
    .input(one.extend({ locationIds: z.array(z.string().min(1)).min(1).max(10_000).optional() }))
    .output(eventIterator(mintProgress)),
  /** Uninstalls the app from the account at HighLevel, then forgets the tokens that ends. */
  uninstall: procedure.input(one.extend({ reason: z.string().max(500).optional() })).output(uninstalled),
  /** Whether location tokens are minted from verified INSTALL webhooks of sub-accounts, app by app. */
  futureLocations: procedure.input(z.object({ profileId })).output(z.object({ mint: z.boolean() })),
  setFutureLocations: procedure
    .input(z.object({ profileId, mint: z.boolean() }))
    .output(z.object({ mint: z.boolean() })),
};
