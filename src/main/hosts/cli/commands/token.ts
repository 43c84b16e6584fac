import type { Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import type { Profile } from '../../../../shared/model/profile.ts';
import type { TokenSummary } from '../../../../shared/model/token.ts';
import type { ContractClient } from '../../node/owner-client.ts';
import { chosenProfile, withCompanion } from '../companion.ts';
import { withCommonOptions, type Setting } from '../options.ts';

type TokenOptions = { readonly location?: string; readonly env?: true };

const variable = 'HIGHLEVEL_ACCESS_TOKEN';

export function addToken(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('token'), 'of this profile (default: the active one)')
    .description('print one fresh access token, for use in your own code')
    .option('--location <id>', 'of this sub-account; minted from the agency token where none is held')
    .option('--env', `print a line for a .env file: ${variable}=…`)
    .addHelpText(
      'after',
      `
The token is a secret: whoever has it can act in the account until it expires. It is refreshed first where it is about
to expire. Without --location it is the only token held.

Examples:
  hlc token --location ve9EPM428h8vShlRW1KT
  hlc token --location ve9EPM428h8vShlRW1KT --env >> .env
  curl -H "Authorization: Bearer $(hlc token --location ve9EPM428h8vShlRW1KT)" …`,
    )
    .action((options: TokenOptions) => token(options, setting()));
}

function token({ location, env }: TokenOptions, setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const profile = await chosenProfile(client, setting);
    const { id } = await tokenOf(client, profile, location ?? null);
    const { accessToken } = await client.tokens.reveal({ id });
    // Read after it was revealed, which may have refreshed it.
    const held = (await client.tokens.list({ profileId: profile.id })).find((one) => one.id === id);
    const line = `${variable}=${accessToken}`;
    await setting.output.print(
      {
        accessToken,
        id,
        userType: held?.userType ?? null,
        companyId: held?.companyId ?? null,
        locationId: held?.locationId ?? null,
        expiresAt: held === undefined ? null : new Date(held.expiresAt).toISOString(),
        ...(env === true && { env: line }),
      },
      () => (env === true ? line : accessToken),
    );
  });
}

async function tokenOf(
  client: ContractClient,
  profile: Profile,
  location: string | null,
): Promise<TokenSummary> {
  const held = await client.tokens.list({ profileId: profile.id });
  if (held.length === 0) {
    throw new AppError('no_token', `The app "${profile.name}" has no token yet.`, {
      remedy: 'Install it with "hlc install".',
    });
  }
  if (location === null) {
    const [only] = held;
    if (only !== undefined && held.length === 1) return only;
    const accounts = held.map((one) => one.locationId ?? one.companyId ?? one.id).join(', ');
    throw new AppError('no_token', `There are ${held.length} tokens (${accounts}): say which one.`, {
      remedy: 'Give --location.',
    });
  }
  const own = held.find((one) => one.locationId === location);
  const agencies = held.filter(
    // A private integration token cannot mint.
    (one) => one.userType === 'Company' && one.status !== 'dead' && one.source !== 'pit',
  );
  const agency =
    agencies.find((one) => one.approvedLocations.includes(location)) ??
    (agencies.length === 1 ? agencies[0] : undefined);
  if (own !== undefined && (own.status !== 'dead' || agency === undefined)) return own;
  if (agency !== undefined) return client.tokens.mintLocation({ id: agency.id, locationId: location });
  throw new AppError(
    'no_token',
    `No token is held for the sub-account ${location}, and no agency token to mint one from.`,
    { remedy: 'Install the app for this sub-account, or for the agency it belongs to.' },
  );
}
