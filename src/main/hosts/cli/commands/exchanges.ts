import { setTimeout as delay } from 'node:timers/promises';
import { ORPCError } from '@orpc/client';
import { Option, type Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import { purposes, type Purpose } from '../../../../shared/model/exchange.ts';
import type { Condition } from '../../../../shared/query/condition.ts';
import { fieldKeys, fields } from '../../../../shared/query/fields.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { toFilter } from '../../../../shared/query/to-filter.ts';
import { attachToOwner, type ContractClient } from '../../node/owner-client.ts';
import { findProfile, withCompanion } from '../companion.ts';
import { bodyOf, detailOf, lineOf, readableLine } from '../exchange-line.ts';
import { countNumber, sequenceNumber, withCommonOptions, type Setting } from '../options.ts';
import { aborted, stopSignal } from '../stop-signal.ts';

type ExchangesOptions = {
  readonly purpose?: Purpose;
  readonly search?: string;
  readonly after?: number;
  readonly limit?: number;
  readonly follow?: true;
  readonly body?: true;
};

/** How far the printing has come. */
type Cursor = { after: number; left: number };

const pageRows = 200;
const ownerEvery = 300;

export function addExchanges(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('exchanges'), 'those of this profile only')
    .description('print what has crossed the wire, oldest first')
    .addOption(new Option('--purpose <purpose>', 'those of one purpose only').choices(purposes))
    .option('--search <query>', 'text, and conditions such as event:ContactCreate or answer:5xx')
    .option('--after <seq>', 'those after this sequence number', sequenceNumber)
    .option('--limit <number>', 'at most this many', countNumber)
    .option('--follow', 'go on with what arrives, until Ctrl-C or the limit')
    .option('--body', 'with the body: {"text"}, or {"base64"} where it is no valid UTF-8')
    .addHelpText(
      'after',
      `
A query is text, "an exact phrase", =word, start* and conditions, each with - for its opposite:
${fieldKeys.map((key) => `  ${fields[key].example.padEnd(36)}${fields[key].help}`).join('\n')}

With --follow it waits for a companion to be started, and goes on where it was when the companion comes back.

Examples:
  hlc exchanges --purpose webhook --json
  hlc exchanges --search ContactCreate --limit 20
  hlc exchanges --search 'event:ContactCreate -is:duplicate last:1h "Ada Lovelace"'
  hlc exchanges --after 1200 --follow --body --json`,
    )
    .action((options: ExchangesOptions) => exchanges(options, setting()));
}

async function exchanges(options: ExchangesOptions, setting: Setting): Promise<void> {
  const cursor: Cursor = { after: options.after ?? 0, left: options.limit ?? Number.POSITIVE_INFINITY };
  const { conditions, problems } = parseQuery(options.search ?? '');
  for (const problem of problems) setting.output.say(problem);
  if (options.follow === true) {
    await follow(options, conditions, setting, cursor);
    return;
  }
  await withCompanion(setting, ({ client }) => printAll(client, options, conditions, setting, cursor));
}

/** Prints every row after the cursor, page by page, and moves the cursor along. */
async function printAll(
  client: ContractClient,
  options: ExchangesOptions,
  conditions: readonly Condition[],
  setting: Setting,
  cursor: Cursor,
): Promise<void> {
  const profile = setting.profile === null ? null : await findProfile(client, setting.profile);
  const filter = toFilter(conditions, { now: Date.now(), apps: await client.profiles.list() });
  for (;;) {
    if (cursor.left <= 0) return;
    const page = await client.exchanges.page({
      ...filter,
      ...(options.purpose !== undefined && { purposes: [options.purpose] }),
      ...(profile !== null && { profileId: profile.id }),
      after: cursor.after,
      limit: Math.min(pageRows, cursor.left),
    });
    for (const summary of page.items) {
      const detail = await detailOf(client, summary);
      const body = options.body === true ? { body: await bodyOf(client, detail) } : {};
      await setting.output.print({ ...lineOf(detail), ...body }, () => readable(readableLine(detail), body));
      cursor.after = summary.seq;
      cursor.left -= 1;
    }
    if (!page.more) return;
  }
}

function readable(line: string, { body }: { body?: { text: string } | { base64: string } }): string {
  if (body === undefined) return line;
  return `${line}\n${'text' in body ? body.text : `(base64) ${body.base64}`}`;
}

/** Only an owner receives anything, so one is waited for; the data folder is not opened here, which would keep it out. */
async function follow(
  options: ExchangesOptions,
  conditions: readonly Condition[],
  setting: Setting,
  cursor: Cursor,
): Promise<void> {
  const stop = stopSignal();
  let isTold = false;
  while (!stop.aborted && cursor.left > 0) {
    const owner = await attachToOwner(setting.dataDir);
    if (owner === null) {
      if (!isTold) setting.output.say('Waiting for the companion: start it with "hlc serve" or "npm start".');
      isTold = true;
      await delay(ownerEvery, undefined, { signal: stop }).catch(() => {});
      continue;
    }
    isTold = false;
    try {
      await Promise.race([
        followOwner(owner.client, options, conditions, setting, cursor),
        aborted(stop),
        owner.closed,
      ]);
    } catch (error) {
      if (error instanceof ORPCError || error instanceof AppError) throw error;
      // Anything else is the connection that went away under a call.
      setting.log('debug', 'the owner was lost', { error });
    } finally {
      owner.close();
    }
  }
}

/** Ends with the connection: a signal would have to be sent over it just as it closes. */
async function followOwner(
  client: ContractClient,
  options: ExchangesOptions,
  conditions: readonly Condition[],
  setting: Setting,
  cursor: Cursor,
): Promise<void> {
  let end = 0;
  for await (const tick of await client.exchanges.ticks()) {
    if (tick.endSeq <= end) continue;
    end = tick.endSeq;
    await printAll(client, options, conditions, setting, cursor);
    if (cursor.left <= 0) return;
  }
}
