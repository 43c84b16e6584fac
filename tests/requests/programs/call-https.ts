/** Calls the address given as the first argument and prints what came of it; the second is a file of authorities. */
import { createHttpClient } from '../../../src/main/core/requests/http-client.ts';
import { createRedactor } from '../../../src/main/core/vault/redaction/create-redactor.ts';
import { createKnownSecrets } from '../../../src/main/core/vault/redaction/known-secrets.ts';

const [url = '', caFile] = process.argv.slice(2);
const client = createHttpClient({
  store: {
    append: () => Promise.reject(new Error('not stored here')),
    spool: () => {
      throw new Error('not stored here');
    },
  },
  redactor: createRedactor(createKnownSecrets()),
  log: () => {},
  now: Date.now,
  network: () => ({ proxy: null, caFile: caFile ?? null }),
});
const answer = await client.send({
  purpose: 'token',
  method: 'GET',
  url,
  headers: [],
  body: null,
  profileId: null,
});
process.stdout.write(JSON.stringify({ status: answer.status, error: answer.error?.sentence ?? null }));
await client.dispose();
