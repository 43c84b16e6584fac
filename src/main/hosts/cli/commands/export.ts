import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Option, type Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import { purposes, type Purpose } from '../../../../shared/model/exchange.ts';
import {
  exportFormats,
  testRunner,
  usualKinds,
  type ExportFormat,
  type TestRunner,
} from '../../../../shared/model/transfer.ts';
import type { Condition } from '../../../../shared/query/condition.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { toFilter } from '../../../../shared/query/to-filter.ts';
import type { ContractClient } from '../../node/owner-client.ts';
import { findProfile, withCompanion } from '../companion.ts';
import { UsageError } from '../failures.ts';
import { withCommonOptions, type Setting } from '../options.ts';
import { stopSignal } from '../stop-signal.ts';
import { fileError, printPieces, savePieces } from '../write-pieces.ts';

type ExportOptions = {
  readonly format: ExportFormat;
  readonly purpose?: Purpose;
  readonly search?: string;
  readonly redact?: true;
  readonly seed?: string;
  readonly sign?: true;
  readonly out?: string;
  readonly test?: TestRunner;
};

export function addExport(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('export'), 'those of this profile only')
    .description('write exchanges to a file, or to standard output')
    .addOption(new Option('--format <format>', 'what to write').choices(exportFormats).default('ndjson'))
    .addOption(new Option('--purpose <purpose>', 'those of one purpose only').choices(purposes))
    .option('--search <query>', 'text and conditions, as "hlc exchanges" takes them')
    .option('--redact', 'replace personal data by other data of the same form, the same everywhere')
    .option('--seed <text>', 'with --redact: the same replacements in every export of that seed')
    .option('--sign', 'with --redact: sign changed webhooks anew with the development key')
    .option('--out <file>', 'the file; it must not exist yet')
    .addOption(
      new Option('--test <runner>', 'with --format fixture and --out: a test beside it').choices(
        testRunner.options,
      ),
    )
    .addHelpText(
      'after',
      `
Secrets are cut out of every format. With --json and --out it prints what was written.

Examples:
  hlc export --purpose webhook --out webhooks.ndjson
  hlc export --format har --search 'event:ContactCreate last:1d' > contacts.har
  hlc export --format fixture --purpose webhook --redact --sign --out webhooks.fixture.json --test vitest`,
    )
    .action((options: ExportOptions) => exportAll(options, setting()));
}

async function exportAll(options: ExportOptions, setting: Setting): Promise<void> {
  refuseMisuse(options);
  const { conditions, problems } = parseQuery(options.search ?? '');
  // What is not understood would let more out than was meant.
  if (problems[0] !== undefined) throw new UsageError(problems[0]);
  const stop = stopSignal();
  await withCompanion(setting, async ({ client }) => {
    const steps = await client.transfer.export(await requestOf(options, conditions, client, setting), {
      signal: stop,
    });
    const last = options.out === undefined ? await printPieces(steps) : await savePieces(steps, options.out);
    if (stop.aborted || last === null) throw new AppError('cancelled', 'The export was cancelled.');
    const { done, skipped, cut } = last;
    const test = await testBeside(options, client);
    const report = { exported: done - skipped, skipped, cut, file: options.out ?? null, test };
    const sentence = `${done - skipped} exported${skipped > 0 ? `, ${skipped} left out: no webhooks` : ''}${cut > 0 ? `, secrets cut out of ${cut}` : ''}.`;
    if (options.out === undefined) setting.output.say(sentence);
    else
      await setting.output.print(
        report,
        () => `${sentence} ${[options.out, test].filter(Boolean).join(', ')}`,
      );
  });
}

function refuseMisuse({ redact, seed, sign, out, test, format }: ExportOptions): void {
  if (redact === undefined && (seed !== undefined || sign !== undefined))
    throw new UsageError('--seed and --sign go with --redact.');
  if (test !== undefined && (format !== 'fixture' || out === undefined))
    throw new UsageError('--test goes with --format fixture and --out.');
}

async function requestOf(
  options: ExportOptions,
  conditions: readonly Condition[],
  client: ContractClient,
  setting: Setting,
) {
  const profile = setting.profile === null ? null : await findProfile(client, setting.profile);
  return {
    format: options.format,
    selection: {
      filter: {
        ...toFilter(conditions, { now: Date.now(), apps: await client.profiles.list() }),
        ...(options.purpose !== undefined && { purposes: [options.purpose] }),
        ...(profile !== null && { profileId: profile.id }),
      },
    },
    replace:
      options.redact === undefined
        ? null
        : {
            kinds: [...usualKinds],
            sign: options.sign === true,
            ...(options.seed !== undefined && { seed: options.seed }),
          },
  };
}

async function testBeside({ out, test }: ExportOptions, client: ContractClient): Promise<string | null> {
  if (out === undefined || test === undefined) return null;
  const { fileName, code } = await client.transfer.fixtureTest({ runner: test, fixture: basename(out) });
  const path = join(dirname(out), fileName);
  await writeFile(path, code, { flag: 'wx' }).catch((error: unknown) => {
    throw fileError(error, path);
  });
  return path;
}
