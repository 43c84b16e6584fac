import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import {
  largestDocument,
  type CatalogueDifference,
  type CatalogueInfo,
  type CatalogueReading,
  type DocumentInput,
} from '../../../../shared/model/catalogue.ts';
import type { ContractClient } from '../../node/owner-client.ts';
import { withCompanion } from '../companion.ts';
import { withCommonOptions, type Setting } from '../options.ts';
import { columns } from '../output.ts';

type ImportOptions = { readonly refresh?: true; readonly name?: string };

const unused = 'accepted and not used';

export function addCatalogue(program: Command, setting: () => Setting): void {
  const catalogue = withCommonOptions(program.command('catalogue'), unused)
    .description('the catalogues of operations, and OpenAPI documents imported into them')
    .addHelpText(
      'after',
      `
Examples:
  hlc catalogue list
  hlc catalogue import petstore.yaml --name Petstore
  hlc catalogue diff contacts.json
  hlc catalogue import https://example.com/contacts.json --refresh`,
    );

  withCommonOptions(catalogue.command('list'), unused)
    .description("HighLevel's own, what refreshes it, and the further ones")
    .action(() => list(setting()));

  withCommonOptions(catalogue.command('import <file-or-url>'), unused)
    .description('import an OpenAPI 3 document, JSON or YAML, as a further catalogue')
    .option('--refresh', "take it as a newer state of HighLevel's operations instead")
    .option('--name <name>', 'what it is called (default: its title)')
    .action((from: string, options: ImportOptions) => importDocument(from, options, setting()));

  withCommonOptions(catalogue.command('diff <file-or-url>'), unused)
    .description("say what a document changes in HighLevel's operations, and take nothing over")
    .action((from: string) => compare(from, setting()));

  withCommonOptions(catalogue.command('update <id>'), unused)
    .description('fetch the document of a catalogue once more from its address')
    .action((id: string) => update(id, setting()));

  withCommonOptions(catalogue.command('rename <id> <name>'), unused)
    .description('give an imported catalogue another name; its id stays')
    .action((id: string, name: string) => rename(id, name, setting()));

  withCommonOptions(catalogue.command('rm <id>'), unused)
    .description("remove an imported catalogue; of a refresh, HighLevel's operations are as before")
    .action((id: string) => remove(id, setting()));
}

const rowOf = ({ id, name, kind, operations, version, failure }: CatalogueInfo): string[] => [
  id,
  kind,
  failure ?? `${operations} operations`,
  version === null ? '' : `version ${version}`,
  name,
];

function list(setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    for (const info of await client.catalogues.list())
      await setting.output.print(info, () => columns([rowOf(info)]));
  });
}

function importDocument(from: string, { refresh, name }: ImportOptions, setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const reading = await client.catalogues.read({ source: await documentAt(from) });
    sayProblems(reading, setting);
    const use = refresh === true ? 'refresh' : 'further';
    await take(client, reading, { use, ...(name !== undefined && { name }) }, setting);
  });
}

function update(id: string, setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const known = (await client.catalogues.list()).find((one) => one.id === id);
    const reading = await client.catalogues.readAgain({ id });
    await take(client, reading, { use: known?.kind === 'refresh' ? 'refresh' : 'further' }, setting);
  });
}

async function take(
  client: ContractClient,
  reading: CatalogueReading,
  how: { use: 'further' | 'refresh'; name?: string },
  setting: Setting,
): Promise<void> {
  const difference = how.use === 'refresh' ? reading.refresh : reading.update;
  const info = await client.catalogues.apply({ id: reading.id, ...how });
  await setting.output.print({ ...info, difference }, () =>
    [columns([rowOf(info)]), ...(difference === null ? [] : linesOf(difference))].join('\n'),
  );
}

function compare(from: string, setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const reading = await client.catalogues.read({ source: await documentAt(from) });
    await client.catalogues.discard({ id: reading.id });
    sayProblems(reading, setting);
    await setting.output.print(reading.refresh, () => linesOf(reading.refresh).join('\n'));
  });
}

function rename(id: string, name: string, setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    const info = await client.catalogues.rename({ id, name });
    await setting.output.print(info, () => columns([rowOf(info)]));
  });
}

function remove(id: string, setting: Setting): Promise<void> {
  return withCompanion(setting, async ({ client }) => {
    await client.catalogues.remove({ id });
    await setting.output.print({ removed: id }, () => `Removed ${id}.`);
  });
}

function sayProblems({ problems }: CatalogueReading, { output }: Setting): void {
  for (const { where, problem } of problems) output.say(`${where}: ${problem}`);
}

function linesOf({ added, removed, changed, same }: CatalogueDifference): string[] {
  const used = ({ calls, saved }: CatalogueDifference['added'][number]): string => {
    const uses = [
      ...(calls > 0 ? [`${calls} recent ${calls === 1 ? 'call' : 'calls'}`] : []),
      ...saved.map((name) => `saved as ${name}`),
    ];
    return uses.length === 0 ? '' : `  (${uses.join(', ')})`;
  };
  return [
    ...added.map((one) => `+ ${one.method} ${one.path}`),
    ...removed.map((one) => `- ${one.method} ${one.path}${used(one)}`),
    ...changed.flatMap((one) => [
      `~ ${one.method} ${one.path}${used(one)}`,
      ...one.changes.map(({ what, breaks }) => `  ${breaks ? '!' : ' '} ${what}`),
    ]),
    `${added.length} added, ${removed.length} removed, ${changed.length} changed, ${same} as they were.`,
  ];
}

async function documentAt(from: string): Promise<DocumentInput> {
  if (/^https?:\/\//i.test(from)) return { kind: 'url', url: from };
  const name = basename(from);
  try {
    const { size } = await stat(from);
    if (size > largestDocument) throw new AppError('bad_input', `${name} is larger than 16 MiB.`);
    return { kind: 'file', name, text: await readFile(from, 'utf8') };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = (error as NodeJS.ErrnoException | null)?.code;
    if (code === 'ENOENT') throw new AppError('bad_input', `There is no file ${from}.`, { cause: error });
    throw new AppError('bad_input', `The file ${from} cannot be read (${code ?? 'unknown reason'}).`, {
      cause: error,
    });
  }
}
