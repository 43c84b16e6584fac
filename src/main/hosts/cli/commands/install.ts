import type { Command } from 'commander';
import { AppError, appErrorCodes, type AppErrorCode } from '../../../../shared/model/app-error.ts';
import type { InstallProgress } from '../../../../shared/model/token.ts';
import type { ContractClient } from '../../node/owner-client.ts';
import { openExternal } from '../../node/open-external.ts';
import { chosenProfile, withCompanion } from '../companion.ts';
import { collect, withCommonOptions, type Setting } from '../options.ts';
import { stopSignal } from '../stop-signal.ts';
import { readableToken } from './tokens.ts';

type InstallOptions = { readonly open?: true; readonly scope?: readonly string[] };

export function addInstall(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('install'), 'this profile (default: the active one)')
    .description('install the app: print the install link, wait for the callback, keep the token')
    .option('--open', 'open the link in the browser')
    .option(
      '--scope <scope>',
      'ask for this scope too; may be given several times (the app must have it in the portal)',
      collect(String),
    )
    .addHelpText(
      'after',
      `
The callback arrives at the companion that has the data folder open; where there is none, this command listens itself
while it waits, on the port of the settings. Ctrl-C cancels the install.

Examples:
  hlc install
  hlc install --open
  hlc install --profile acme --json`,
    )
    .action((options: InstallOptions) => install(options, setting()));
}

function install({ open, scope }: InstallOptions, setting: Setting): Promise<void> {
  const stop = stopSignal();
  const run = async (client: ContractClient): Promise<void> => {
    const { output } = setting;
    const profile = await chosenProfile(client, setting);
    const { ingress } = await client.system.status();
    if (!ingress.listening) {
      throw new AppError('port_busy', ingress.error ?? 'Nothing listens for the callback.', {
        remedy: 'Stop what uses the port, or start the companion with "hlc serve".',
      });
    }
    const { installUrl } = await client.install.begin({
      profileId: profile.id,
      openBrowser: false,
      ...(scope !== undefined && { addScopes: [...scope] }),
    });
    await output.print({ installUrl }, () => installUrl);
    if (open === true) {
      await openExternal(installUrl).catch((error: unknown) => {
        setting.log('info', 'the browser was not opened', { error });
        output.say('The browser could not be opened from here; open the link yourself.');
      });
    }
    output.say('Waiting for the callback …');
    const ended = await endOf(client, installUrl, stop, (warning) => output.say(warning));
    if (ended === null) {
      await client.install.cancel();
      throw new AppError('cancelled', 'The install was cancelled.');
    }
    const token = (await client.tokens.list({ profileId: profile.id })).find(
      ({ id }) => id === ended.tokenId,
    );
    if (token === undefined) throw new AppError('no_token', 'The install ended without a token.');
    await output.print({ token }, () => readableToken(token));
  };
  return withCompanion(setting, ({ client }) => run(client), { listens: true });
}

/** The install as it ended well; null when it was stopped here. Rejects with why it failed. */
async function endOf(
  client: ContractClient,
  installUrl: string,
  stop: AbortSignal,
  say: (warning: string) => void,
): Promise<InstallProgress | null> {
  const said = new Set<string>();
  try {
    for await (const progress of await client.install.progress(undefined, { signal: stop })) {
      if (progress.installUrl !== installUrl) {
        throw new AppError('conflict', 'Another install was begun in the companion; this one waits no more.');
      }
      const refused = progress.phase === 'waiting' && progress.error !== null ? [progress.error.message] : [];
      for (const warning of [...progress.warnings, ...refused].filter((one) => !said.has(one))) {
        said.add(warning);
        say(warning);
      }
      if (progress.phase === 'done') return progress;
      if (progress.phase === 'cancelled') {
        throw new AppError('cancelled', 'The install was cancelled in the companion.');
      }
      if (progress.phase === 'failed') throw failed(progress);
    }
  } catch (error) {
    if (stop.aborted) return null;
    throw error;
  }
  if (stop.aborted) return null;
  throw new AppError('cancelled', 'The companion went away before the install had ended.');
}

function failed({ error }: InstallProgress): AppError {
  const code: AppErrorCode = appErrorCodes.find((known) => known === error?.code) ?? 'internal';
  return new AppError(code, error?.message ?? 'The install failed.', {
    ...(typeof error?.remedy === 'string' && { remedy: error.remedy }),
  });
}
