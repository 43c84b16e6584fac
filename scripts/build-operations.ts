/**
 * Writes src/shared/highlevel/operations/generated/operations.json: HighLevel's published API client, read and
 * not run, joined with our own tables of facts. Does nothing when the inputs are those of the last run.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkOperations } from './operations/check.ts';
import { joinOperations } from './operations/join.ts';
import { readFacts } from './operations/read-facts.ts';
import { loadServices, readAllOperations } from './operations/read-sdk.ts';

const root = join(import.meta.dirname, '..');
const client = join(root, 'node_modules/@gohighlevel/api-client');
const facts = join(root, 'src/shared/highlevel/operations');
const generated = join(facts, 'generated');
const target = join(generated, 'operations.json');
const stamp = join(generated, 'operations.hash');

function build(): string {
  const codeFolder = join(client, 'dist/lib/code');
  if (!existsSync(codeFolder))
    throw new Error('the package @gohighlevel/api-client is not installed; run "npm install"');
  const services = loadServices(codeFolder);
  const v2 = readFileSync(join(facts, 'facts-v2.tsv'), 'utf8');
  const v3 = readFileSync(join(facts, 'facts-v3.tsv'), 'utf8');

  const hash = createHash('sha256')
    .update(JSON.stringify([services, v2, v3, ...ownSources()]))
    .digest('hex');
  if (existsSync(target) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return 'up to date';

  const sdk = readAllOperations(services);
  const operations = joinOperations(sdk, {
    v2: readFacts('facts-v2.tsv', v2),
    v3: readFacts('facts-v3.tsv', v3),
  });

  checkOperations(operations);

  mkdirSync(generated, { recursive: true });
  replace(target, `[\n${operations.map((operation) => JSON.stringify(operation)).join(',\n')}\n]\n`);
  replace(stamp, hash);
  return `${operations.length} operations, ${sdk.length} of them from @gohighlevel/api-client`;
}

function ownSources(): string[] {
  const folder = join(import.meta.dirname, 'operations');
  const files = readdirSync(folder).map((name) => join(folder, name));
  files.push(import.meta.filename, join(root, 'src/shared/highlevel/versions.ts'));
  return files.map((file) => readFileSync(file, 'utf8'));
}

/** Another build may read the file at this moment: it must see the old one or the new one, whole. */
function replace(file: string, content: string): void {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, content);
  renameSync(fresh, file);
}

try {
  console.log(`operations: ${build()}`);
} catch (error) {
  console.error(`operations: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
