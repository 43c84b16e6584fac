import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import type { ImportReport } from '../../../../shared/model/transfer.ts';
import { withCompanion } from '../companion.ts';
import { withCommonOptions, type Setting } from '../options.ts';
import { stopSignal } from '../stop-signal.ts';

type ImportOptions = { readonly dryRun?: true };

const pieceBytes = 1_048_576;

export function addImport(program: Command, setting: () => Setting): void {
  withCommonOptions(program.command('import'), 'has no effect here: the exchanges say whose they are')
    .description('read exchanges from a HAR, NDJSON or JSON file')
    .argument('<file>', 'a file of this companion, or a HAR of a browser or a proxy')
    .option('--dry-run', 'say what is in it, and store nothing')
    .addHelpText(
      'after',
      `
Nothing that is stored is changed: what is there already is counted as a duplicate.

Examples:
  hlc import webhooks.ndjson
  hlc import recorded.har --dry-run --json`,
    )
    .action((file: string, options: ImportOptions) => importFile(file, options, setting()));
}

async function importFile(path: string, options: ImportOptions, setting: Setting): Promise<void> {
  const stop = stopSignal();
  await withCompanion(setting, async ({ client }) => {
    const { id } = await client.transfer.openImport({
      fileName: basename(path),
      dryRun: options.dryRun === true,
    });
    try {
      for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) {
        // A stream without an encoding reads buffers.
        await client.transfer.importPiece({ id, base64: (piece as Buffer).toString('base64') });
        if (stop.aborted)
          throw new AppError('cancelled', 'The import was cancelled; what was stored before stays.');
      }
    } catch (error) {
      await client.transfer.cancelImport({ id });
      throw readError(error, path);
    }
    const report = await client.transfer.closeImport({ id });
    await setting.output.print(report, () => readable(report, options));
    if (report.imported + report.duplicates === 0)
      throw new AppError('bad_input', `Nothing in ${basename(path)} could be read.`);
  });
}

function readable(report: ImportReport, { dryRun }: ImportOptions): string {
  const { imported, duplicates, skipped, problems } = report;
  const lines = problems.map(({ entry, problem }) => `Entry ${entry}: ${problem}`);
  if (skipped > problems.length) lines.push(`… and ${skipped - problems.length} more.`);
  const what = dryRun === true ? 'would be imported' : 'imported';
  return [`${imported} ${what}, ${duplicates} here already, ${skipped} skipped.`, ...lines].join('\n');
}

/** A file that cannot be read, in a sentence; other errors as they are. */
export function readError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOENT') return new AppError('bad_input', `There is no file ${path}.`);
  if (code === 'EISDIR' || code === 'EACCES')
    return new AppError('bad_input', `The file ${path} cannot be read (${code}).`);
  return error;
}
