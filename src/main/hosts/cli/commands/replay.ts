import { InvalidArgumentError, type Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import { exchangeId, type ExchangeId } from '../../../../shared/model/ids.ts';
import { withCompanion } from '../companion.ts';
import { detailOf, lineOf, readableLine } from '../exchange-line.ts';
import { collect, webAddress, withCommonOptions, type Setting } from '../options.ts';
import { aborted, stopSignal } from '../stop-signal.ts';

type ReplayOptions = {
  readonly to?: string;
  readonly recordedPace?: true;
  readonly allowRemote?: true;
};

export function addReplay(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('replay'), 'has no effect here: the webhook says whose it is')
    .description('send webhooks again to a server of yours, and print the deliveries')
    .argument('<id...>', 'exchange ids, as "hlc exchanges --json" prints them', collect(readId))
    .option(
      '--to <url>',
      'http or https URL of the server (default: where webhooks are forwarded to)',
      webAddress,
    )
    .option('--recorded-pace', 'with the pauses there were between them')
    .option('--allow-remote', 'the server may be outside this machine and its private networks')
    .addHelpText(
      'after',
      `
Ends with code 1 when a delivery got no answer. Any answer counts, whatever its status.

Examples:
  hlc replay 01980f2e-7a31-7c55-9a10-0c2f8a3d5b11 --to http://localhost:3000/webhooks
  hlc replay ID1 ID2 ID3 --recorded-pace`,
    )
    .action((ids: ExchangeId[], options: ReplayOptions) => replay(ids, options, setting()));
}

async function replay(ids: ExchangeId[], options: ReplayOptions, setting: Setting): Promise<void> {
  const stop = stopSignal();
  await withCompanion(setting, async ({ client }) => {
    const reports = await client.forwarding.replay({
      ids,
      to: options.to ?? null,
      allowRemote: options.allowRemote === true,
      pace: options.recordedPace === true ? 'recorded' : 'at-once',
    });
    let failure: AppError | null = null;
    const print = async (): Promise<void> => {
      for await (const { last } of reports) {
        if (last === null) continue;
        const detail = await detailOf(client, last);
        await setting.output.print(lineOf(detail), () => readableLine(detail));
        if (detail.outcome !== 'answered')
          failure = new AppError('request_failed', detail.error ?? 'The delivery got no answer.', {
            exchangeId: detail.id,
          });
      }
    };
    // Closing the companion cancels what has not been sent.
    await Promise.race([print(), aborted(stop)]);
    if (failure !== null) throw failure;
  });
}

function readId(text: string): ExchangeId {
  const parsed = exchangeId.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('It must be the id of an exchange, as "hlc exchanges --json" prints it.');
}
