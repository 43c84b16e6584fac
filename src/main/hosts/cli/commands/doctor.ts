import type { Command } from 'commander';
import { findProfile, withCompanion } from '../companion.ts';
import { withCommonOptions, type Setting } from '../options.ts';
import { columns } from '../output.ts';

const marks = { ok: 'ok', warn: 'WARN', fail: 'FAIL' } as const;

export function addDoctor(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('doctor'), 'checks this app; default the active one')
    .description('check everything an install, a webhook or a call needs, and say what to do')
    .addHelpText(
      'after',
      `
With a running companion it looks at that one; without, at what can be seen from here. What it finds is its result:
the exit code is 0 whatever the verdicts are.

Examples:
  hlc doctor
  hlc doctor --json --profile "My app"`,
    )
    .action(() => doctor(setting()));
}

function doctor(setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const profile = setting.profile === null ? null : await findProfile(client, setting.profile);
    const checks = await client.system.doctor(profile === null ? {} : { profileId: profile.id });
    for (const check of checks) {
      await setting.output.print(check, () => {
        const { id, verdict, sentence, remedy } = check;
        return columns([
          [marks[verdict].padEnd(4), id.padEnd(14), remedy === null ? sentence : `${sentence} ${remedy}`],
        ]);
      });
    }
  });
}
