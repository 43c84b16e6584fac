import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type {
  AnswersState,
  DeliveryRule,
  DeliveryRuleInput,
  DeliveryRuleState,
} from '../../../../shared/model/delivery-rule.ts';
import { routeKinds } from '../../../../shared/model/profile.ts';
import { findProfile, withCompanion } from '../companion.ts';
import { UsageError } from '../failures.ts';
import { collect, countNumber, withCommonOptions, type Setting } from '../options.ts';
import { columns } from '../output.ts';

type AddOptions = {
  readonly status?: number;
  readonly hang?: true;
  readonly reset?: true;
  readonly header?: [string, string][];
  readonly body?: string;
  readonly delay?: number;
  readonly event?: string[];
  readonly location?: string[];
  readonly route: DeliveryRule['routeKind'];
  readonly first?: number;
  readonly every?: number;
  readonly firstOfEach?: number;
};

const header = (text: string): [string, string] => {
  const colon = text.indexOf(':');
  if (colon < 1) throw new InvalidArgumentError('It must be of the form "Name: value".');
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
};

export function addAnswers(program: Command, setting: () => Setting): void {
  const answers = withCommonOptions(program.command('answers'), 'accepted and not used')
    .description('list the answer rules: what deliveries are answered on purpose')
    .addHelpText(
      'after',
      `
Examples:
  hlc answers
  hlc answers add --status 429 --first-of-each 2
  hlc answers add --hang --event ContactCreate
  hlc answers off`,
    )
    .action(() =>
      withCompanion(setting(), async ({ client }) => print(await client.answers.state(), setting())),
    );

  withCommonOptions(answers.command('add'), 'deliveries to this profile only')
    .description('add a rule and switch it on; rules that are there already are asked first')
    .option('--status <status>', 'answer with this status', countNumber)
    .option('--hang', 'give no answer until the sender gives up')
    .option('--reset', 'reset the connection')
    .option('--header <header>', '"Name: value" of the answer; may be given again', collect(header))
    .option('--body <text>', 'body of the answer')
    .option('--delay <ms>', 'hold the answer or the reset back; for --hang the longest it lasts', countNumber)
    .option('--event <type>', 'deliveries of this event only; may be given again', collect(String))
    .option('--location <id>', 'deliveries of this sub-account only; may be given again', collect(String))
    .addOption(
      new Option('--route <kind>', 'deliveries on this kind of route')
        .choices(routeKinds.filter((kind) => kind !== 'callback'))
        .default('webhook'),
    )
    .option('--first <n>', 'the first so many deliveries', countNumber)
    .option('--every <n>', 'every so many deliveries', countNumber)
    .option('--first-of-each <n>', 'the first so many of each webhookId', countNumber)
    .addHelpText(
      'after',
      '\nExample:\n  hlc answers add --status 429 --header "Retry-After: 30" --first-of-each 2',
    )
    .action((options: AddOptions) => add(options, setting()));

  withCommonOptions(answers.command('off'), 'accepted and not used')
    .description('switch every rule off and let go of senders that wait')
    .addHelpText('after', '\nExample:\n  hlc answers off')
    .action(() =>
      withCompanion(setting(), async ({ client }) => print(await client.answers.allOff(), setting())),
    );
}

function actionOf(options: AddOptions): DeliveryRuleInput['action'] {
  const { status, hang, reset, delay } = options;
  if ([status, hang, reset].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('Say one of --status, --hang and --reset.');
  if (status === undefined) {
    if (options.header !== undefined || options.body !== undefined)
      throw new UsageError('--header and --body go with --status.');
    return hang === true
      ? { kind: 'hang', ...(delay !== undefined && { forMs: delay }) }
      : { kind: 'reset', ...(delay !== undefined && { delayMs: delay }) };
  }
  return {
    kind: 'answer',
    status,
    ...(options.header !== undefined && { headers: options.header }),
    ...(options.body !== undefined && { body: options.body }),
    ...(delay !== undefined && { delayMs: delay }),
  };
}

function turnOf({ first, every, firstOfEach }: AddOptions): DeliveryRuleInput['turn'] {
  if ([first, every, firstOfEach].filter((one) => one !== undefined).length > 1)
    throw new UsageError('Say only one of --first, --every and --first-of-each.');
  if (first !== undefined) return { kind: 'first', times: first };
  if (every !== undefined) return { kind: 'every', times: every };
  return firstOfEach === undefined ? { kind: 'all' } : { kind: 'first-of-each', times: firstOfEach };
}

function add(options: AddOptions, setting: Setting): Promise<void> {
  const action = actionOf(options);
  const turn = turnOf(options);
  return withCompanion(setting, async ({ client }) => {
    const profile = setting.profile === null ? null : await findProfile(client, setting.profile);
    const { rules } = await client.answers.state();
    const rule: DeliveryRuleInput = {
      id: randomUUID(),
      profileId: profile?.id ?? null,
      routeKind: options.route,
      eventTypes: options.event ?? [],
      locationIds: options.location ?? [],
      turn,
      action,
    };
    await print(await client.answers.set({ rules: [...rules.map((each) => each.rule), rule] }), setting);
  });
}

async function print({ rules }: AnswersState, { output }: Setting): Promise<void> {
  if (rules.length === 0) output.say('There is no answer rule: every delivery gets its usual answer.');
  for (const { rule, ...counts } of rules)
    await output.print({ ...rule, ...counts }, () => readable({ rule, ...counts }));
}

function readable({ rule, matched, decided }: DeliveryRuleState): string {
  const { action, turn } = rule;
  const held = action.kind === 'hang' ? action.forMs : action.delayMs;
  return columns([
    [
      rule.on ? 'on' : 'off',
      rule.routeKind,
      rule.profileId ?? 'any app',
      rule.eventTypes.length === 0 ? 'any event' : rule.eventTypes.join(','),
      turn.kind === 'all' ? 'all' : `${turn.kind} ${turn.times}`,
      action.kind === 'answer' ? String(action.status) : action.kind,
      held === 0 ? '' : `${held} ms`,
      `${decided} of ${matched}`,
    ],
  ]);
}
