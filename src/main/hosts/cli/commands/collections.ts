import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import {
  savedExportFormat,
  type SavedExportFormat,
  type SavedImportReport,
  type TransferNote,
} from '../../../../shared/model/collection-transfer.ts';
import { withCompanion } from '../companion.ts';
import { findCollection, pathIn } from '../find-collection.ts';
import { withCommonOptions, type Setting } from '../options.ts';
import { columns } from '../output.ts';
import { fileError } from '../write-pieces.ts';
import { readError } from './import.ts';

type ImportOptions = { readonly name?: string; readonly into?: string; readonly dryRun?: true };
type ExportOptions = {
  readonly format: SavedExportFormat;
  readonly folder?: string;
  readonly out?: string;
};

const unused = 'accepted and not used';
const formats = savedExportFormat.options;

export function addCollections(program: Command, setting: () => Setting): void {
  const collections = withCommonOptions(program.command('collections'), unused)
    .description('saved requests: list them, and take them from and to other tools')
    .addHelpText(
      'after',
      `
Examples:
  hlc collections list
  hlc collections import contacts.postman_collection.json
  hlc collections export "Contacts API" --format postman --out contacts.json`,
    );

  withCommonOptions(collections.command('list'), unused)
    .description('every collection, with its requests')
    .action(() => list(setting()));

  withCommonOptions(collections.command('import <file>'), unused)
    .description(
      'take the requests of a Postman collection, a HAR file, an OpenAPI document or cURL commands',
    )
    .option('--name <name>', 'of the new collection (default: as the file says)')
    .option('--into <collection>', 'an existing collection, by its name or the path of its folder')
    .option('--dry-run', 'say what would be taken, changed and left out, and write nothing')
    .action((file: string, options: ImportOptions) => importFile(file, options, setting()));

  withCommonOptions(collections.command('export <collection>'), unused)
    .description('write a collection as another tool reads it, without secrets')
    .option('--format <format>', `${formats.join(', ')} (default: postman)`, formatOf, 'postman')
    .option('--folder <path>', 'only this folder or this request of it')
    .option('--out <file>', 'a new file (default: standard output)')
    .action((name: string, options: ExportOptions) => exportTo(name, options, setting()));
}

function formatOf(text: string): SavedExportFormat {
  const parsed = savedExportFormat.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It must be one of ${formats.join(', ')}.`);
}

function list(setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    for (const { name, location, items, problem } of await client.collections.list()) {
      const requests = items.filter(({ kind }) => kind === 'request');
      const lines = requests.map((item) => [
        `  ${item.method ?? '–'}`,
        item.name,
        item.problem ?? item.requestPath ?? '',
      ]);
      const shown = requests.map(({ path, name: called, method, requestPath, problem: why }) => ({
        path,
        name: called,
        method,
        requestPath,
        problem: why,
      }));
      await setting.output.print({ name, location, problem, requests: shown }, () =>
        [`${name}  ${location}`, ...(lines.length === 0 ? [] : [columns(lines)])].join('\n'),
      );
    }
  });
}

function importFile(file: string, options: ImportOptions, setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const content = await readFile(file, 'utf8').catch((error: unknown) => {
      throw readError(error, file);
    });
    const into =
      options.into === undefined
        ? null
        : { collection: (await findCollection(client, options.into)).id, folder: '' };
    const report = await client.collections.import({
      fileName: basename(file),
      content,
      into,
      name: options.name ?? null,
      dryRun: options.dryRun === true,
    });
    sayNotes(report.notes, setting);
    if (report.notesInAll > report.notes.length)
      setting.output.say(`… and ${report.notesInAll - report.notes.length} more.`);
    await setting.output.print(report, () => readable(report));
  });
}

function readable({ requests, folders, linked, name, collection }: SavedImportReport): string {
  const verb = collection === null ? 'would be taken' : 'taken';
  const inFolders = folders === 0 ? '' : ` in ${folders} folders`;
  return `${requests} requests${inFolders} ${verb} from “${name}”, ${linked} of them linked with their operation.`;
}

function exportTo(name: string, options: ExportOptions, setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const collection = await findCollection(client, name);
    const path = pathIn(collection, options.folder);
    const { format, out } = options;
    const { content, notes } = await client.collections.export({ collection: collection.id, path, format });
    sayNotes(notes, setting);
    if (out === undefined) {
      await setting.output.print({ format, content, notes }, () => content.trimEnd());
      return;
    }
    await writeFile(out, content, { flag: 'wx' }).catch((error: unknown) => {
      throw fileError(error, out);
    });
    await setting.output.print({ format, file: out, notes }, () => out);
  });
}

function sayNotes(notes: readonly TransferNote[], { output }: Setting): void {
  for (const { where, note } of notes) output.say(where === '' ? note : `${where}: ${note}`);
}
