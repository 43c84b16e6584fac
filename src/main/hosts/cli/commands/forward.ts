import { InvalidArgumentError, Option, type Command } from 'commander';
import { verdicts } from '../../../../shared/model/exchange.ts';
import { forwardTarget } from '../../../../shared/model/forwarding.ts';
import { findProfile, withCompanion } from '../companion.ts';
import { detailOf, lineOf, readableLine } from '../exchange-line.ts';
import { collect, webAddress, withCommonOptions, type Setting } from '../options.ts';
import { aborted, stopSignal } from '../stop-signal.ts';

type Verdict = (typeof verdicts)[number];

type ForwardOptions = {
  readonly to: string;
  readonly event?: readonly string[];
  readonly location?: readonly string[];
  readonly verdict?: readonly Verdict[];
  readonly allowRemote?: true;
};

const oneVerdict = (text: string): Verdict => {
  const found = verdicts.find((verdict) => verdict === text);
  if (found === undefined) throw new InvalidArgumentError(`It must be one of ${verdicts.join(', ')}.`);
  return found;
};

export function addForward(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('forward'), 'webhooks of this profile only')
    .description('pass every webhook on to a server of yours as it comes, and print the deliveries')
    .requiredOption('--to <url>', 'http or https URL of the server', webAddress)
    .option('--event <type>', 'webhooks of this event only; may be given again', collect(String))
    .option('--location <id>', 'webhooks of this sub-account only; may be given again', collect(String))
    .addOption(
      new Option('--verdict <verdict>', 'webhooks whose signature is this only; may be given again')
        .choices(verdicts)
        .argParser(collect(oneVerdict)),
    )
    .option('--allow-remote', 'the server may be outside this machine and its private networks')
    .addHelpText(
      'after',
      `
Goes on until Ctrl-C, with the companion that runs or with one of its own. Bytes, method and headers arrive as they
came; Host is the server's. What is set up in the window is left as it is.

Examples:
  hlc forward --to http://localhost:3000/webhooks
  hlc forward --to http://localhost:3000/webhooks --event ContactCreate --event ContactUpdate --json`,
    )
    .action((options: ForwardOptions) => forward(options, setting()));
}

async function forward(options: ForwardOptions, setting: Setting): Promise<void> {
  const stop = stopSignal();
  await withCompanion(
    setting,
    async ({ client }) => {
      const profile = setting.profile === null ? null : await findProfile(client, setting.profile);
      const deliveries = await client.forwarding.run(
        forwardTarget.parse({
          url: options.to,
          allowRemote: options.allowRemote === true,
          filter: {
            eventTypes: options.event ?? [],
            locationIds: options.location ?? [],
            verdicts: options.verdict ?? [],
            profileIds: profile === null ? [] : [profile.id],
          },
        }),
      );
      setting.output.say(`Webhooks are forwarded to ${options.to} until Ctrl-C.`);
      const print = async (): Promise<void> => {
        for await (const delivery of deliveries) {
          const detail = await detailOf(client, delivery);
          await setting.output.print(lineOf(detail), () => readableLine(detail));
        }
      };
      // Closing the companion ends the stream: an end of its own would have to be sent over a connection that closes.
      await Promise.race([print(), aborted(stop)]);
    },
    { listens: true },
  );
}
