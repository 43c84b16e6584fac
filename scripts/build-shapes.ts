/**
 * Condenses a folder of HighLevel's OpenAPI documents (`*.json`, and `v3/*.json` below it) into the tables of
 * src/shared/highlevel/operations/shapes. Run by hand when HighLevel publishes new ones: `node scripts/build-shapes.ts FOLDER`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinContracts } from './shapes/contracts.ts';
import { readDocuments } from './shapes/openapi.ts';
import { createShapeNames } from './shapes/shape-names.ts';

const target = join(import.meta.dirname, '../src/shared/highlevel/operations/shapes');

function build(folder: string): string {
  const names = createShapeNames();
  const contracts = joinContracts(readDocuments(folder), readDocuments(join(folder, 'v3')), names);
  const shapes = Object.entries(names.shapes());
  write('contracts.json', `[\n${contracts.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
  const lines = shapes.map(([name, shape]) => `${JSON.stringify(name)}:${JSON.stringify(shape)}`);
  write('shapes.json', `{\n${lines.join(',\n')}\n}\n`);
  return `${contracts.length} contracts, ${shapes.length} shapes`;
}

function write(name: string, content: string): void {
  writeFileSync(join(target, name), content);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error(
    'Usage: node scripts/build-shapes.ts FOLDER, a folder of OpenAPI documents with a folder v3 in it.',
  );
  process.exitCode = 2;
} else {
  console.log(build(folder));
}
