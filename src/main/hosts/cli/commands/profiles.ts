import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import type { Addresses, Profile } from '../../../../shared/model/profile.ts';
import type { ContractClient } from '../../node/owner-client.ts';
import { findProfile, withCompanion } from '../companion.ts';
import { UsageError } from '../failures.ts';
import { webAddress, withCommonOptions, type Setting } from '../options.ts';
import { columns } from '../output.ts';

type AddOptions = {
  readonly link?: string;
  readonly clientId?: string;
  readonly secretStdin?: true;
  readonly simulator?: string;
};

type Row = Profile & { readonly active: boolean; readonly addresses: Addresses };

export function addProfiles(program: Command, setting: () => Setting): void {
  const profiles = withCommonOptions(program.command('profiles'), 'prints this profile alone')
    .description("list the developer's apps")
    .addHelpText(
      'after',
      `
Examples:
  hlc profiles
  hlc profiles add --simulator http://localhost:4402
  hlc profiles rm acme`,
    )
    .action(() => list(setting()));

  withCommonOptions(profiles.command('add'), 'the name of the new profile')
    .description('add an app: by its install link, its client ID, or a running simulator')
    .option('--link <url>', 'the install link, as the developer portal shows it', webAddress)
    .option('--client-id <id>', 'the client ID, as the developer portal shows it')
    .option('--secret-stdin', 'read the client secret from standard input')
    .option('--simulator <url>', 'the address of a running simulator', webAddress)
    .addHelpText(
      'after',
      `
Examples:
  hlc profiles add --simulator http://localhost:4402
  hlc profiles add --client-id 64f0…-lm2k --secret-stdin < secret.txt
  hlc profiles add --link "https://marketplace.gohighlevel.com/oauth/chooselocation?…" --profile acme`,
    )
    .action((options: AddOptions) => add(options, setting()));

  withCommonOptions(profiles.command('rm <name>'), 'accepted and not used: the profile is named')
    .description('remove a profile with its secret and its tokens; its exchanges stay')
    .addHelpText('after', '\nExample:\n  hlc profiles rm acme')
    .action((name: string) => remove(name, setting()));
}

async function rowOf(client: ContractClient, profile: Profile): Promise<Row> {
  const [{ activeProfile }, addresses] = await Promise.all([
    client.settings.get(),
    client.profiles.addresses({ id: profile.id }),
  ]);
  return { ...profile, active: profile.id === activeProfile, addresses };
}

const readable = (row: Row): string =>
  columns([
    [
      `${row.active ? '*' : ' '} ${row.id}`,
      row.environment,
      row.clientId,
      row.hasSecret ? 'secret kept' : 'no secret',
      row.addresses.redirectUrl,
      row.addresses.webhookUrl,
    ],
  ]);

function list(setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const profiles =
      setting.profile === null ? await client.profiles.list() : [await findProfile(client, setting.profile)];
    if (profiles.length === 0) {
      setting.output.say('There is no profile yet. Add one with "hlc profiles add".');
    }
    for (const profile of profiles) {
      const row = await rowOf(client, profile);
      await setting.output.print(row, () => readable(row));
    }
  });
}

function add(options: AddOptions, setting: Setting): Promise<void> {
  const ways = [options.link, options.clientId, options.simulator].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    throw new UsageError('Give one of --link, --client-id and --simulator.');
  }
  if (options.clientId?.trim() === '') throw new UsageError('The client id is empty.');
  if (options.simulator !== undefined && options.secretStdin === true) {
    throw new UsageError('--secret-stdin does not go with --simulator, which tells its own secret.');
  }
  return withCompanion(setting, async ({ client }) => {
    const added = await addBy(client, options, setting.profile);
    if (options.link !== undefined) await sayFindings(client, added, setting);
    const row = await rowOf(client, added);
    await setting.output.print(row, () => readable(row));
  });
}

async function addBy(
  client: ContractClient,
  { link, clientId, simulator, secretStdin }: AddOptions,
  name: string | null,
): Promise<Profile> {
  const named = name === null ? {} : { name };
  if (simulator !== undefined) {
    const added = await client.profiles.addSimulator({ url: simulator });
    return name === null ? added : await client.profiles.update({ id: added.id, changes: named });
  }
  const secret = secretStdin === true ? { clientSecret: await readSecret() } : {};
  if (link !== undefined) {
    const { clientId: found } = await client.profiles.readLink({ link });
    return await client.profiles.add({ ...named, ...secret, clientId: found, installLink: link });
  }
  return await client.profiles.add({ ...named, ...secret, clientId: clientId ?? '' });
}

/** What the linter says of the link, on standard error: the profile has been added all the same. */
async function sayFindings(client: ContractClient, { id }: Profile, { output }: Setting): Promise<void> {
  const { findings, fixed } = await client.profiles.lint({ id });
  for (const { severity, what } of findings) output.say(`${severity}: ${what}`);
  if (fixed !== null) output.say(`The link put right: ${fixed}`);
}

async function readSecret(): Promise<string> {
  const secret = (await text(process.stdin)).trim();
  if (secret !== '') return secret;
  throw new AppError('bad_input', 'The client secret is missing: standard input is empty.');
}

function remove(name: string, setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const profile = await findProfile(client, name);
    const row = await rowOf(client, profile);
    await client.profiles.remove({ id: profile.id });
    await setting.output.print(row, () => `Removed ${profile.id}.`);
  });
}
