import type { Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import type { Profile } from '../../../../shared/model/profile.ts';
import type { Core } from '../../../core/services.ts';
import { openExternal } from '../../node/open-external.ts';
import type { WebHost } from '../../web/start.ts';
import { portNumber, withCommonOptions, type Setting } from '../options.ts';
import { aborted, stopSignal } from '../stop-signal.ts';

type ServeOptions = {
  readonly port?: number;
  readonly ingressPort?: number;
  readonly open: boolean;
};

const defaultPort = 4401;

export function addServe(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('serve'), 'makes this profile the active one')
    .description('serve the companion in the browser, and receive callbacks and webhooks')
    .option('--port <number>', `port of the window; 0 for any free one (default: ${defaultPort})`, portNumber)
    .option(
      '--ingress-port <number>',
      'port that receives callbacks and webhooks; 0 for any free one (default: the one in Settings, 4400)',
      portNumber,
    )
    .option('--no-open', 'do not open the browser')
    .addHelpText(
      'after',
      `
Prints the address of the window once it listens. The address holds a code that opens the window once; "hlc status"
prints a fresh one. SIGTERM or Ctrl-C shuts it down cleanly.

Examples:
  hlc serve
  hlc serve --no-open --json
  hlc serve --data-dir ./try-out --port 0 --ingress-port 0`,
    )
    .action((options: ServeOptions) => serve(options, setting()));
}

async function serve(options: ServeOptions, setting: Setting): Promise<void> {
  const stop = stopSignal();
  const host = await start(options, setting);
  try {
    if (setting.profile !== null) await activate(host.core, setting.profile);
    const { url, error } = host.core.ingress.status();
    const paths = pathsOf(host.core);
    const ui = host.link();
    await setting.output.print(
      { ui, ingress: url, ...paths },
      () =>
        `The companion is open at ${ui}\n${
          url === null
            ? `Callbacks and webhooks cannot arrive: ${error ?? 'the ingress does not listen.'}`
            : `Callbacks arrive at ${url}${paths.callbackPath}, webhooks at ${url}${paths.webhookPath}`
        }`,
    );
    if (options.open) {
      // A code of its own, so that the printed address still opens a window.
      await openExternal(host.link()).catch((error: unknown) =>
        setting.log('info', 'the browser was not opened', { error }),
      );
    }
    await aborted(stop);
  } finally {
    await host.close();
  }
}

/** A port that was asked for by name is that one or none; the usual one gives way to any free one. */
async function start({ port, ingressPort }: ServeOptions, setting: Setting): Promise<WebHost> {
  const { dataDir, hostEntry, log, output } = setting;
  const { startWebHost } = await import('../../web/start.ts');
  const common = { dataDir, hostEntry, log, ...(ingressPort !== undefined && { ingressPort }) };
  try {
    return await startWebHost({ ...common, port: port ?? defaultPort });
  } catch (error) {
    const isUsualPort =
      port === undefined && error instanceof AppError && error.message.includes(`${defaultPort}`);
    if (!isUsualPort || error.code !== 'port_busy') throw error;
    output.say(`Port ${defaultPort} is in use by another program; the window takes a free one.`);
    return await startWebHost({ ...common, port: 0 });
  }
}

async function activate(core: Core, name: string): Promise<void> {
  const profiles = core.profiles.list();
  const found = profiles.find((profile) => profile.id === name || profile.name === name);
  if (found === undefined) throw new AppError('not_found', `There is no profile "${name}".`);
  await core.settings.set({ activeProfile: found.id });
}

/** Where the active profile's callbacks and webhooks arrive; the defaults while there is no profile. */
function pathsOf(core: Core): { callbackPath: string; webhookPath: string } {
  const active = core.profiles.list().find(({ id }) => id === core.settings.get().activeProfile);
  const pathOf = (kind: Profile['routes'][number]['kind'], fallback: string): string =>
    active?.routes.find((route) => route.kind === kind)?.path ?? fallback;
  return { callbackPath: pathOf('callback', '/oauth/callback'), webhookPath: pathOf('webhook', '/webhooks') };
}
