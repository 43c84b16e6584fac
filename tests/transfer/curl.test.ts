import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import type { HeaderPairs } from '../../src/shared/model/exchange.ts';
import { apiCall } from '../exchanges/support.ts';
import { temporaryFolder } from '../vault/support.ts';
import { cases } from './fidelity.ts';
import { openDesk } from './support.ts';

const canRun =
  spawnSync('curl', ['--version']).status === 0 && spawnSync('base64', ['--version']).status === 0;

type Heard = { method: string; url: string; headers: HeaderPairs; body: Buffer };

async function hear(): Promise<{ origin: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const take = async (request: IncomingMessage): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { rawHeaders, method = '', url = '' } = request;
    const headers: HeaderPairs = [];
    for (let at = 0; at < rawHeaders.length; at += 2)
      headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
    heard.push({ method, url, headers, body: Buffer.concat(parts) });
  };
  const server = createServer((request, response) => {
    void take(request).then(() => response.end('ok'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

/** Run from a file: the command with a body of megabytes is longer than a command line may be. */
async function runInShell(command: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const script = join(await temporaryFolder(), 'command.sh');
  await writeFile(script, command);
  await promisify(execFile)('sh', [script], {
    env: { PATH: process.env['PATH'], ...env },
    cwd: await temporaryFolder(),
  });
}

const moved = new Set(['content-length', 'host']);

it.skipIf(!canRun)('curl sends each of the twelve cases again as it came', async () => {
  const { origin, heard } = await hear();
  const desk = await openDesk();
  for (const { name, capture } of cases) {
    const requestHeaders = capture.requestHeaders.map(([header, value]): [string, string] => [
      header,
      header === 'Host' ? origin : value,
    ]);
    const { id } = await desk.store.append({ ...capture, requestHeaders });
    await runInShell(await desk.transfer.curl(id));
    const sent = heard.at(-1);
    const kept = (pairs: HeaderPairs): HeaderPairs =>
      pairs.filter(([header]) => !moved.has(header.toLowerCase()));
    expect({
      name,
      method: sent?.method,
      url: sent?.url,
      headers: kept(sent?.headers ?? []),
      same: sent?.body.equals(Buffer.from(capture.requestBody.bytes)),
    }).toEqual({ name, method: 'POST', url: capture.url, headers: kept(requestHeaders), same: true });
  }
});

it.skipIf(!canRun)(
  'nothing in a URL or a header is run by the shell, and the token comes from the environment',
  async () => {
    const { origin, heard } = await hear();
    const desk = await openDesk();
    const { id } = await desk.store.append(
      apiCall({
        method: 'DELETE',
        url: `http://${origin}/a/../b[1]{x}?q='$(touch%20gone)'&r=\`id\``,
        requestHeaders: [
          ['Authorization', 'Bearer ********'],
          ['X-Trap', `'; touch gone; echo '`],
          ['User-Agent', 'companion $(id)'],
        ],
      }),
    );
    await runInShell(await desk.transfer.curl(id), { HIGHLEVEL_ACCESS_TOKEN: 'of the environment' });
    expect(heard[0]).toMatchObject({
      method: 'DELETE',
      url: "/a/../b[1]{x}?q='$(touch%20gone)'&r=`id`",
      headers: expect.arrayContaining([
        ['Authorization', 'Bearer of the environment'],
        ['X-Trap', "'; touch gone; echo '"],
        ['User-Agent', 'companion $(id)'],
      ]),
    });
  },
);
