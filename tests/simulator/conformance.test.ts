import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openAccount } from '../../scripts/conformance/account.ts';
import type { Account } from '../../scripts/conformance/account.ts';
import { reportLines, shares } from '../../scripts/conformance/report.ts';
import { runConformance } from '../../scripts/conformance/run.ts';
import { readDocuments } from '../../scripts/shapes/openapi.ts';

const documents = readDocuments(join(import.meta.dirname, 'openapi'));
let account: Account;
beforeEach(async () => {
  account = await openAccount(documents);
});
afterEach(() => account.dispose());

it('calls every operation with ids that exist, and tells valid, invalid and refused apart', async () => {
  const results = await runConformance(documents, account, null);
  const outcome = Object.fromEntries(
    results.map(({ operation, status, problem }) => [operation, [status, problem]]),
  );
  expect(outcome).toEqual({
    'GET /businesses/': [200, null],
    'POST /businesses/': [201, '/buiseness must be number'],
    'GET /businesses/{businessId}': [200, null],
    'DELETE /businesses/{businessId}': [200, null],
    'GET /businesses/{businessId}/nowhere': [
      404,
      expect.stringMatching(/^refused: Cannot GET \/businesses\/\w{20}\/nowhere$/),
    ],
  });
  expect(shares(results)).toEqual({ answered: 4 / 5, valid: 2 / 3 });
  expect(reportLines(results)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^answered 2xx +4 \(80.0 %\)$/),
      expect.stringMatching(/^valid against their schema +2 of 3 \(66.7 %\)$/),
      expect.stringMatching(/^declare no answer schema +2$/),
    ]),
  );
});

it('asks for the version it is told to', async () => {
  const results = await runConformance(documents, account, '1999-01-01');
  expect(new Set(results.map((result) => result.problem))).toEqual(
    new Set(['refused: version header is invalid', expect.stringMatching(/^refused: Cannot GET/)]),
  );
});
