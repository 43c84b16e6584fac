/**
 * Calls every operation of a folder of OpenAPI documents on a simulator of its own, with input made from the documents,
 * and checks each answer against them: `node scripts/conformance.ts FOLDER [--v3]`.
 *
 * With `--v3` the documents are those of FOLDER/v3, and every call asks for `Version: v3`. Ends with status 1 where fewer
 * answer or fit than the project promises.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openAccount } from './conformance/account.ts';
import { reportLines, shares } from './conformance/report.ts';
import { runConformance } from './conformance/run.ts';
import { readDocuments } from './shapes/openapi.ts';

/** Shares that are promised: of operations that answer 2xx, and of answers that fit. */
const PROMISED = { v2: { answered: 0.99, valid: 0.95 }, v3: { answered: 0.9, valid: 0.9 } };

async function main(folder: string, isV3: boolean): Promise<boolean> {
  const documents = readDocuments(isV3 ? join(folder, 'v3') : folder);
  const account = await openAccount(documents);
  const results = await runConformance(documents, account, isV3 ? 'v3' : null);
  await account.dispose();
  console.log(`conformance, ${isV3 ? 'v3' : 'v2'}, ${documents.length} documents`);
  for (const line of reportLines(results)) console.log(line);
  const promised = PROMISED[isV3 ? 'v3' : 'v2'];
  const { answered, valid } = shares(results);
  return answered >= promised.answered && valid >= promised.valid;
}

const { values, positionals } = parseArgs({
  options: { v3: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('Usage: node scripts/conformance.ts FOLDER [--v3], a folder of OpenAPI documents.');
  process.exitCode = 2;
} else if (!(await main(folder, values.v3))) {
  process.exitCode = 1;
}
