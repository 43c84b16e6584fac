import type { Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import type { RunRequestResult } from '../../../../shared/model/collection-run.ts';
import { checkWords } from '../../../../shared/model/check-words.ts';
import { chosenProfile, withCompanion } from '../companion.ts';
import { bodyOf } from '../exchange-line.ts';
import { findCollection, pathIn } from '../find-collection.ts';
import type { ContractClient } from '../../node/owner-client.ts';
import { collect, nameAndValue, withCommonOptions, type NameAndValue, type Setting } from '../options.ts';
import { readBody } from '../read-body.ts';
import { stopSignal } from '../stop-signal.ts';

type RunOptions = {
  readonly folder?: string;
  readonly env?: string;
  readonly var?: readonly NameAndValue[];
  readonly bail?: true;
};

export function addRun(program: Command, setting: () => Setting): void {
  withCommonOptions(
    program.command('run <collection>'),
    'with tokens of this profile (default: the active one)',
  )
    .description('send the saved requests of a collection one after the other, and look at their checks')
    .option('--folder <path>', 'only this folder or this request of it, by its path or its name')
    .option('--env <name>', 'the environment whose variables fill in the requests (default: the active one)')
    .option('--var <name=value>', 'a variable of this run; may be given several times', collect(nameAndValue))
    .option('--bail', 'stop at the first request that fails')
    .addHelpText(
      'after',
      `
COLLECTION is a collection's name or the path of its folder, which need not have been opened. Each request waits where
it would pass the rate limit. What an answer sets is there for the requests after it. Ends with code 1 when a check
failed, a value could not be taken, or a request got no answer; an answer of 400 or more that no check looks at is an
answer like any other.

Examples:
  hlc run "Contacts API" --env Staging
  hlc run ./requests --folder contacts --var contactId=ocQHyuzHvysMo5N5VsXc --bail --json`,
    )
    .action((name: string, options: RunOptions) => run(name, options, setting()));
}

async function run(name: string, options: RunOptions, setting: Setting): Promise<void> {
  const stop = stopSignal();
  await withCompanion(setting, async ({ client }) => {
    const profile = await chosenProfile(client, setting);
    const collection = await findCollection(client, name);
    const steps = await client.collections.run(
      {
        collection: collection.id,
        path: pathIn(collection, options.folder),
        profileId: profile.id,
        environment: options.env ?? null,
        values: [...(options.var ?? [])],
        bail: options.bail === true,
      },
      { signal: stop },
    );
    for await (const step of steps) {
      switch (step.kind) {
        case 'waiting':
          if (step.until !== null) sayWait(step.until, setting);
          break;
        case 'answered':
          await printResult(client, step.result, setting);
          break;
        case 'end': {
          const { passed, failed, left } = step;
          const words = `${passed} passed, ${failed} failed${left === 0 ? '' : `, ${left} not sent`}.`;
          if (failed > 0) throw new AppError('request_failed', words);
          if (!setting.json) setting.output.say(words);
          break;
        }
        case 'start':
        case 'sending':
          break;
      }
    }
    if (stop.aborted) throw new AppError('cancelled', 'The run was cancelled.');
  });
}

function sayWait(until: number, { output }: Setting): void {
  const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1000));
  output.say(`The rate limit is used up: the next request follows in ${seconds} s.`);
}

async function printResult(
  client: ContractClient,
  result: RunRequestResult,
  { output, json }: Setting,
): Promise<void> {
  const { name, path, status, headers, timings, exchangeId, captured, sentence } = result;
  const hasBody = json && exchangeId !== null && status !== null;
  const body = hasBody
    ? readBody(await bodyOf(client, await client.exchanges.get({ id: exchangeId }), 'response'))
    : null;
  const checks = result.checks.map(({ check, ok, saw }) => ({ ...check, ok, saw }));
  const line = { name, path, ok: result.ok, status, headers, timings, body, checks, captured };
  await output.print({ ...line, exchangeId, error: sentence }, () => readable(result));
}

function readable(result: RunRequestResult): string {
  const { ok, name, status, timings, sentence, remedy } = result;
  const time = timings === null ? '' : ` ${Math.round(timings.total)} ms`;
  const lines = [`${ok ? 'ok  ' : 'FAIL'}  ${String(status ?? '—').padEnd(3)}  ${name}${time}`];
  for (const { check, ok: isMet, saw } of result.checks)
    lines.push(`      ${isMet ? '✓' : '✗'} ${checkWords(check)}${isMet ? '' : `; it was ${saw}`}`);
  for (const { variable, path, problem } of result.captured)
    if (problem !== null) lines.push(`      ✗ {{${variable}}} from ${path}: ${problem}`);
  if (sentence !== null && (!ok || status === null))
    lines.push(`      ${[sentence, remedy ?? ''].join(' ').trim()}`);
  return lines.join('\n');
}
