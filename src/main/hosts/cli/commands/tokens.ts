import type { Command } from 'commander';
import type { TokenSummary } from '../../../../shared/model/token.ts';
import { findProfile, withCompanion } from '../companion.ts';
import { withCommonOptions, type Setting } from '../options.ts';
import { columns } from '../output.ts';

export function addTokens(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('tokens'), 'those of this profile only')
    .description('list the tokens held, without their secrets')
    .addHelpText(
      'after',
      `
Examples:
  hlc tokens
  hlc tokens --profile acme --json`,
    )
    .action(() => tokens(setting()));
}

function tokens(setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const profile = setting.profile === null ? null : await findProfile(client, setting.profile);
    const held = await client.tokens.list(profile === null ? {} : { profileId: profile.id });
    if (held.length === 0) setting.output.say('There is no token yet. Install the app with "hlc install".');
    for (const token of held) await setting.output.print(token, () => readableToken(token));
  });
}

export function readableToken(token: TokenSummary): string {
  const account =
    token.userType === 'Company' ? `agency ${token.companyId}` : `sub-account ${token.locationId}`;
  return columns([
    [
      token.status,
      account,
      token.label ?? '',
      `until ${new Date(token.expiresAt).toISOString()}`,
      token.problem ?? '',
    ],
  ]);
}
