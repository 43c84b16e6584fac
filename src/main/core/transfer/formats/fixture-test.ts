import type { TestRunner } from '../../../../shared/model/transfer.ts';

const imports: Readonly<Record<TestRunner, string>> = {
  node: "import { test } from 'node:test';",
  vitest: "import { test } from 'vitest';",
  jest: "import { test } from '@jest/globals';",
};

/**
 * The text of a test that reads a fixture file beside it and checks each webhook's signature with nothing but Node.
 *
 * @param fixture name of the file
 */
export function fixtureTest(runner: TestRunner, fixture: string): { fileName: string; code: string } {
  const base = fixture.replace(/(\.fixture)?\.json$/, '');
  const extension = runner === 'vitest' ? 'test.ts' : 'test.mjs';
  return { fileName: `${base}.${extension}`, code: testCode(runner, fixture) };
}

const testCode = (runner: TestRunner, fixture: string): string => `${imports[runner]}
import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const { events, keys } = JSON.parse(
  readFileSync(new URL(${JSON.stringify(`./${encodeURIComponent(fixture)}`)}, import.meta.url), 'utf8'),
);

/** The body exactly as it came: parsing and writing it again would break the signature. */
const bytesOf = (body) =>
  'base64' in body ? Buffer.from(body.base64, 'base64') : Buffer.from(body.text, 'utf8');

const headerOf = (headers, wanted) =>
  headers.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];

/** Ed25519 where there is one, else RSA, over the raw body. */
function verifies({ headers, body, expected }) {
  const ed25519 = headerOf(headers, 'X-GHL-Signature');
  const scheme = ed25519 && ed25519 !== 'N/A' ? 'ed25519' : 'rsa';
  const signature = scheme === 'ed25519' ? ed25519 : headerOf(headers, 'X-WH-Signature');
  if (!signature) return false;
  const trusted = expected.key
    ? [keys[expected.key]]
    : Object.values(keys).filter((key) => key.owner === 'highlevel');
  return trusted
    .filter((key) => key.scheme === scheme)
    .some((key) =>
      verify(
        scheme === 'ed25519' ? null : 'RSA-SHA256',
        bytesOf(body),
        key.pem,
        Buffer.from(signature, 'base64'),
      ),
    );
}

for (const event of events) {
  test(\`\${event.type ?? event.path} \${event.id}: \${event.expected.verdict}\`, () => {
    // Your own handler goes here as well: give it event.headers and bytesOf(event.body).
    assert.equal(verifies(event), event.expected.verifies);
  });
}
`;
