import { Option, type Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import type { DataRun, DataRunId, RowOutcome } from '../../../../shared/model/data-run.ts';
import { rowsFormat, type RowsFormat, type Run } from '../../../../shared/model/run.ts';
import type { ContractClient } from '../../node/owner-client.ts';
import { findProfile, withCompanion } from '../companion.ts';
import { UsageError } from '../failures.ts';
import { followPages, followRows } from '../follow-runs.ts';
import { withCommonOptions, type Setting } from '../options.ts';
import { columns } from '../output.ts';
import { stopSignal } from '../stop-signal.ts';

type RetryOptions = { readonly unknown?: true };
type ResumeOptions = { readonly format: RowsFormat; readonly out?: string };

export function addRuns(program: Command, setting: () => Setting): void {
  const runs = withCommonOptions(program.command('runs'), 'only the runs of this profile');
  runs.description('list the runs over pages and over files').action(() => list(setting()));
  withCommonOptions(runs.command('resume <id>'), 'not used')
    .description('go on with a run that was paused, stopped or cut off')
    .addOption(
      new Option('--format <format>', 'of the rows of a run over pages')
        .choices(rowsFormat.options)
        .default('ndjson'),
    )
    .option('--out <file>', 'where those rows go (default: standard output)')
    .action((id: string, options: ResumeOptions) => resume(id, options, setting()));
  withCommonOptions(runs.command('retry <id>'), 'not used')
    .description('send the failed rows of a run over a file again')
    .option('--unknown', 'those of an unknown outcome too: HighLevel may have taken them already')
    .action((id: string, options: RetryOptions) => retry(id, options, setting()));
}

type Found = { readonly kind: 'pages'; readonly run: Run } | { readonly kind: 'file'; readonly run: DataRun };

async function allRuns(client: ContractClient): Promise<Found[]> {
  const [pages, files] = await Promise.all([client.runs.list(), client.dataRuns.list()]);
  const found: Found[] = [
    ...pages.map((run) => ({ kind: 'pages' as const, run })),
    ...files.map((run) => ({ kind: 'file' as const, run })),
  ];
  return found.toSorted((one, other) => one.run.startedAt - other.run.startedAt);
}

function list(setting: Setting): Promise<void> {
  const { output, json, profile } = setting;
  return withCompanion(setting, async ({ client }) => {
    const wanted = profile === null ? null : (await findProfile(client, profile)).id;
    const found = (await allRuns(client)).filter(({ run }) => wanted === null || run.profileId === wanted);
    if (json) {
      for (const { kind, run } of found) await output.print({ kind, ...run }, () => run.id);
      return;
    }
    if (found.length === 0) {
      output.say('There is no run yet.');
      return;
    }
    const lines = found.map(({ kind, run }) => [
      run.id,
      run.state,
      kind === 'pages' ? `${run.rows} rows` : `${run.ok} of ${run.rows} ok`,
      run.title,
    ]);
    await output.print({}, () => columns(lines));
  });
}

async function find(client: ContractClient, id: string): Promise<Found> {
  const found = (await allRuns(client)).find(({ run }) => run.id === id);
  if (found !== undefined) return found;
  throw new AppError('not_found', `There is no run "${id}".`, { remedy: 'List them with "hlc runs".' });
}

/** How many reports there are before more come. */
async function toldBefore(client: ContractClient, id: DataRunId): Promise<number> {
  const { next } = await client.dataRuns.settled({ id, after: Number.MAX_SAFE_INTEGER, limit: 1 });
  return next;
}

function resume(id: string, { format, out }: ResumeOptions, setting: Setting): Promise<void> {
  const stop = stopSignal();
  const { output } = setting;
  return withCompanion(setting, async ({ client }) => {
    const found = await find(client, id);
    if (found.kind === 'pages') {
      await client.runs.resume({ id: found.run.id });
      await followPages(client, found.run.id, { format, out: out ?? null }, output, stop);
      return;
    }
    const told = await toldBefore(client, found.run.id);
    await client.dataRuns.resume({ id: found.run.id });
    await followRows(client, found.run.id, output, stop, told);
  });
}

function retry(id: string, { unknown }: RetryOptions, setting: Setting): Promise<void> {
  const stop = stopSignal();
  return withCompanion(setting, async ({ client }) => {
    const found = await find(client, id);
    if (found.kind === 'pages') {
      throw new UsageError(
        'Only the rows of a run over a file can be sent again; start one over pages anew.',
      );
    }
    const told = await toldBefore(client, found.run.id);
    const outcomes: RowOutcome[] = unknown === true ? ['failed', 'unknown'] : ['failed'];
    await client.dataRuns.retry({ id: found.run.id, outcomes });
    await followRows(client, found.run.id, setting.output, stop, told);
  });
}
