import { InvalidArgumentError, type Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import { chosenProfile, withCompanion } from '../companion.ts';
import { detailOf, lineOf, readableLine } from '../exchange-line.ts';
import { collect, webAddress, withCommonOptions, type Setting } from '../options.ts';
import { readAssignment, setPath, type Assignment } from '../set-path.ts';

type TriggerOptions = {
  readonly to?: string;
  readonly set?: readonly Assignment[];
  readonly withType?: true;
  readonly allowRemote?: true;
};

export function addTrigger(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('trigger'), 'the profile whose webhook it is (default: the active one)')
    .description(
      'send a documented webhook, signed with the development key, and print the delivered exchange',
    )
    .argument('<event>', 'ContactCreate, INSTALL, InvoicePaid, … or SMS and Email of a conversation provider')
    .option(
      '--to <url>',
      "http or https URL of your server (default: the companion's own webhook route)",
      webAddress,
    )
    .option(
      '--set <path=value>',
      'another value for a field, path:=value for JSON; may be given again',
      collect(readSet),
    )
    .option('--with-type', 'name the event in "type" where HighLevel\'s documented body does not')
    .option('--allow-remote', 'the server may be outside this machine and its private networks')
    .addHelpText(
      'after',
      `
Every documented field is filled, with ids of the profile's installs and of stored exchanges where there are some.
With --to the delivery is printed, and the exit code is 1 when it got no answer. Any answer counts.

Examples:
  hlc trigger ContactCreate
  hlc trigger InvoicePaid --to http://localhost:3000/webhooks --set total=99.5
  hlc trigger ContactTagUpdate --set 'tags:=["vip"]' --set customFields[0].value=Green`,
    )
    .action((event: string, options: TriggerOptions) => trigger(event, options, setting()));
}

async function trigger(event: string, options: TriggerOptions, setting: Setting): Promise<void> {
  await withCompanion(
    setting,
    async ({ client }) => {
      const isAnybodys = setting.profile === null && (await client.profiles.list()).length === 0;
      const profileId = isAnybodys ? null : (await chosenProfile(client, setting)).id;
      const draft = await client.triggers.draft({ profileId, event, withType: options.withType === true });
      for (const assignment of options.set ?? []) setPath(draft.body, assignment);
      const sent = await client.triggers.send({
        profileId,
        event: draft.event,
        body: JSON.stringify(draft.body),
        to: options.to ?? null,
        allowRemote: options.allowRemote === true,
      });
      const detail = await detailOf(client, sent);
      await setting.output.print(lineOf(detail), () => readableLine(detail));
      if (detail.outcome !== 'answered') {
        throw new AppError('request_failed', detail.error ?? 'The delivery got no answer.', {
          exchangeId: detail.id,
        });
      }
    },
    { listens: options.to === undefined },
  );
}

function readSet(text: string): Assignment {
  const assignment = readAssignment(text);
  if (assignment !== null) return assignment;
  throw new InvalidArgumentError(
    'It must be a path and a value: contact.name=Ada, or tags:=["vip"] for JSON.',
  );
}
