import type { Command } from 'commander';
import { findProfile, withCompanion } from '../companion.ts';
import { withCommonOptions, type Setting } from '../options.ts';
import { columns } from '../output.ts';

export function addStatus(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('status'), "prints this profile's addresses as well")
    .description('say who has the data folder open, what listens where, and what is stored')
    .addHelpText(
      'after',
      `
Where the companion is served in the browser, it also prints a fresh address of the window, good for one use.

Examples:
  hlc status
  hlc status --json`,
    )
    .action(() => status(setting()));
}

function status(setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client, owner }) => {
    const [system, link, profile] = await Promise.all([
      client.system.status(),
      client.system.uiLink(),
      setting.profile === null ? null : findProfile(client, setting.profile),
    ]);
    const addresses = profile === null ? null : await client.profiles.addresses({ id: profile.id });
    const shownOwner =
      owner === null
        ? null
        : {
            pid: owner.pid,
            host: owner.host,
            version: owner.version,
            startedAt: new Date(owner.startedAt).toISOString(),
          };
    const { dataDir, ingress, tunnel, simulator, vault, counts } = system;
    const ports = { ui: link.url === null ? null : Number(new URL(link.url).port), ingress: ingress.port };
    await setting.output.print(
      {
        owner: shownOwner,
        dataDir,
        ui: link.url,
        ports,
        ingress,
        tunnel,
        simulator,
        vault,
        counts,
        ...(addresses !== null && { addresses }),
      },
      () =>
        columns([
          [
            'owner',
            shownOwner === null
              ? 'nobody; opened by this command'
              : `${shownOwner.host}, process ${shownOwner.pid}`,
          ],
          ['data folder', dataDir],
          ...(link.url === null ? [] : [['window', link.url]]),
          [
            'ingress',
            [ingress.url, ingress.error].filter((one) => one !== null).join(': ') || 'not listening',
          ],
          [
            'public address',
            [tunnel.kind, tunnel.status, tunnel.publicUrl ?? '', tunnel.error ?? '']
              .filter(Boolean)
              .join(', '),
          ],
          [
            'simulator',
            [simulator.status, simulator.url ?? '', simulator.error ?? ''].filter(Boolean).join(', '),
          ],
          [
            'vault',
            [vault.label, vault.locked ? 'locked' : 'open', vault.warning ?? ''].filter(Boolean).join('; '),
          ],
          [
            'stored',
            `${counts.exchanges} exchanges (${counts.webhooks} webhooks), ${counts.tokens} tokens, ${counts.profiles} profiles`,
          ],
          ...(addresses === null
            ? []
            : [
                ['redirect URL', addresses.redirectUrl],
                ['webhook URL', addresses.webhookUrl],
              ]),
        ]),
    );
  });
}
