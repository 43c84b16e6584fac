/**
 * Private integration tokens: made in HighLevel's own settings, entered by hand, never refreshed (HighLevel docs: Private
 * Integrations). Adding one for an account that has one already is how a rotated token takes its place.
 */
import { AppError } from '../../../shared/model/app-error.ts';
import { tokenId, type ProfileId } from '../../../shared/model/ids.ts';
import type { PrivateTokenInput } from '../../../shared/model/token.ts';
import type { Profiles } from '../services.ts';
import { withEvent } from './lineage.ts';
import { privateToken, type TokenRecord } from './token-record.ts';
import type { TokenRecords } from './token-records.ts';

/** HighLevel recommends a new one every 90 days. */
export const rotateAfterMs = 90 * 86_400_000;

export type PrivateTokensDeps = {
  readonly records: TokenRecords;
  readonly profiles: Pick<Profiles, 'get'>;
  readonly now: () => number;
};

/** Durable when it resolves. Rejects with `bad_input` for what is no such token, `not_found` for an unknown profile. */
export async function addPrivateToken(
  { records, profiles, now }: PrivateTokensDeps,
  input: PrivateTokenInput,
): Promise<TokenRecord> {
  const profileId: ProfileId = profiles.get(input.profileId).id;
  const accessToken = input.token.trim();
  if (!/^pit-[\w-]{8,}$/.test(accessToken)) {
    throw new AppError('bad_input', 'A private integration token begins with "pit-"; this text does not.', {
      remedy:
        'Copy it from Settings > Private Integrations; HighLevel shows it once, when it is made or rotated.',
    });
  }
  const isAgency = input.level === 'agency';
  const id = tokenId.parse(`pit:${profileId}:${input.accountId}`);
  const at = now();
  const kept = await records.writeAhead(id, (before) =>
    withEvent(
      {
        v: 1,
        id,
        profileId,
        userType: isAgency ? 'Company' : 'Location',
        companyId: isAgency ? input.accountId : null,
        locationId: isAgency ? null : input.accountId,
        label: input.label ?? before?.label ?? null,
        scopes: [],
        userId: null,
        isBulkInstallation: false,
        approvedLocations: [],
        obtainedAt: at,
        expiresAt: at + rotateAfterMs,
        lastRefreshAt: null,
        source: privateToken,
        mintedFrom: null,
        exchangeId: null,
        accessToken,
        refreshToken: null,
        previous: null,
        dead: null,
        sent: null,
        unknown: null,
        held: null,
        events: before?.events ?? [],
        refreshes: 0,
        unavoidableLosses: 0,
      },
      {
        at,
        kind: 'obtained',
        reason: before === null ? 'Entered by hand.' : 'Entered by hand, in place of the one before.',
        exchangeId: null,
      },
    ),
  );
  if (kept === null) throw new AppError('not_found', `There is no token "${id}".`);
  return kept;
}

/** What a private integration token cannot do, as a refusal with the way out. */
export function refusePrivate(record: Pick<TokenRecord, 'source'>, what: 'refreshed' | 'used to mint'): void {
  if (record.source !== privateToken) return;
  throw what === 'refreshed'
    ? new AppError('unsupported', 'A private integration token is not refreshed.', {
        remedy: 'Rotate it in HighLevel, Settings > Private Integrations, and add the new one here.',
      })
    : new AppError('unsupported', 'A private integration token lists and mints no location tokens.', {
        remedy: 'Install the app for the agency; its OAuth token can.',
      });
}
