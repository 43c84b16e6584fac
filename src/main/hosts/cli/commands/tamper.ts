import type { Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import { answerWords, expectationWords, verdictWords } from '../../../../shared/model/tamper-markdown.ts';
import type { TamperCase, TamperReport } from '../../../../shared/model/tamper.ts';
import { chosenProfile, withCompanion } from '../companion.ts';
import { webAddress, withCommonOptions, type Setting } from '../options.ts';
import { aborted, stopSignal } from '../stop-signal.ts';

type TamperOptions = { readonly to: string; readonly allowRemote?: true };

export function addTamper(program: Command, setting: () => Setting): void {
  withCommonOptions(
    program.command('tamper'),
    'the profile whose webhooks are sent (default: the active one)',
  )
    .description(
      'send good and bad webhooks to a server of yours, and say of each whether the answer was right',
    )
    .requiredOption('--to <url>', 'http or https URL of the server', webAddress)
    .option('--allow-remote', 'the server may be outside this machine and its private networks')
    .addHelpText(
      'after',
      `
The server must trust the development key: the line for its environment is printed first. Ends with code 1 when an
answer was not as it should be.

Example:
  hlc tamper --to http://localhost:3000/webhooks`,
    )
    .action((options: TamperOptions) => tamper(options, setting()));
}

async function tamper(options: TamperOptions, setting: Setting): Promise<void> {
  const stop = stopSignal();
  await withCompanion(setting, async ({ client }) => {
    const { id: profileId } = await chosenProfile(client, setting);
    const { current } = await client.tamper.keys();
    setting.output.say(`The server must trust this key:\n${current.environmentLine}`);
    const progress = await client.tamper.run({
      profileId,
      to: options.to,
      allowRemote: options.allowRemote === true,
    });
    let last: TamperReport | null = null;
    const print = async (): Promise<void> => {
      let printed = 0;
      for await (const { report } of progress) {
        last = report;
        for (const one of report.cases.slice(printed)) await setting.output.print(one, () => readable(one));
        printed = report.cases.length;
      }
    };
    // Closing the companion cancels what has not been sent.
    await Promise.race([print(), aborted(stop)]);
    fail(last);
  });
}

function fail(report: TamperReport | null): void {
  if (report === null || report.cases.every(({ verdict }) => verdict === 'as-it-should')) return;
  throw new AppError(
    'request_failed',
    report.conclusion ?? 'Some cases were not answered as they should be.',
  );
}

function readable({ title, expected, deliveries, verdict, sentence, advice }: TamperCase): string {
  const line = `${verdictWords[verdict].padEnd(12)}  ${title}: should ${expectationWords[expected]}, answered ${answerWords(deliveries)}. ${sentence}`;
  return advice === null ? line : `${line}\n${' '.repeat(14)}${advice}`;
}
