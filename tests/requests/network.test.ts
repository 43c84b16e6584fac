/** Proxies and certificate authorities, from the settings and from the environment. */
import { X509Certificate } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttpClient, type HttpAnswer } from '../../src/main/core/requests/http-client.ts';
import { checkNetwork } from '../../src/main/core/requests/outbound-agents.ts';
import type { NetworkSettings } from '../../src/shared/model/system.ts';
import { createBench, type Bench } from '../oauth/bench.ts';
import { selfSigned } from '../tunnel/edge/certificate.ts';

const host = 'api.example.test';
const certificate = selfSigned(host);

let bench: Bench;
let caFile: string;
/** Answers for `api.example.test`, which only the proxy knows. */
let secure: Server;
let plain: Server;
let proxy: Server;
let proxyUrl: string;
/** What the proxy was asked for. */
let asked: { line: string; authorization: string | undefined }[];
let refuses: boolean;

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
async function listening(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

beforeEach(async () => {
  bench = await createBench();
  asked = [];
  refuses = false;
  caFile = join(bench.dataDir, 'authorities.pem');
  await writeFile(caFile, certificate.cert);
  secure = await listening(
    createHttpsServer(certificate, (request, response) => response.end(`secure ${request.url}`)),
  );
  plain = await listening(createHttpServer((_request, response) => void response.end('local')));
  proxy = createHttpServer((request, response) => {
    asked.push({
      line: `${request.method} ${request.url}`,
      authorization: request.headers['proxy-authorization'],
    });
    response.end('through the proxy');
  });
  proxy.on('connect', (request, socket) => {
    asked.push({ line: `CONNECT ${request.url}`, authorization: request.headers['proxy-authorization'] });
    if (refuses) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const upstream = connect(portOf(secure), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  await listening(proxy);
  proxyUrl = `http://127.0.0.1:${portOf(proxy)}`;
});
afterEach(async () => {
  for (const server of [secure, plain, proxy]) {
    server.closeAllConnections();
    server.close();
  }
  await bench.dispose();
});

async function send(
  url: string,
  network: Partial<NetworkSettings>,
  env: NodeJS.ProcessEnv = {},
  purpose: 'token' | 'api' = 'api',
): Promise<HttpAnswer> {
  const client = createHttpClient({
    store: bench.store,
    redactor: bench.vault.redactor,
    log: () => {},
    now: Date.now,
    network: () => ({ proxy: null, caFile: null, ...network }),
    env,
  });
  try {
    const answer = await client.send({
      purpose,
      method: 'GET',
      url,
      headers: [],
      body: null,
      profileId: null,
    });
    await answer.recorded;
    return answer;
  } finally {
    await client.dispose();
  }
}

const body = (answer: HttpAnswer): string => Buffer.from(answer.body).toString('utf8');

describe('a proxy', () => {
  test.each(['token', 'api'] as const)('of the settings carries %s traffic in a tunnel', async (purpose) => {
    const answer = await send(`https://${host}/a?b=1`, { proxy: proxyUrl, caFile }, {}, purpose);
    expect(answer).toMatchObject({ status: 200, error: null });
    expect(body(answer)).toBe('secure /a?b=1');
    expect(asked).toEqual([{ line: `CONNECT ${host}:443`, authorization: undefined }]);
    const { url, connection } = await bench.store.get(answer.exchangeId);
    expect(url).toBe(`https://${host}/a?b=1`);
    expect(connection).toMatchObject({ remote: new URL(proxyUrl).host, reused: false, proxy: proxyUrl });
    expect(connection?.local).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(connection?.tls).toMatchObject({
      protocol: 'TLSv1.3',
      certificate: {
        names: [host, '127.0.0.1'],
        fingerprint: new X509Certificate(certificate.cert).fingerprint256,
      },
    });
    expect(connection?.tls?.certificate?.validTo).toBeGreaterThan(Date.now());
  });

  test('of the environment does as well, with its password, which is recorded nowhere', async () => {
    const withPassword = proxyUrl.replace('http://', 'http://ada:s3cret-word@');
    const env = { HTTPS_PROXY: withPassword, http_proxy: withPassword };
    expect(body(await send(`https://${host}/`, { caFile }, env))).toBe('secure /');
    const answer = await send(`http://${host}/plain`, {}, env);
    expect(body(answer)).toBe('through the proxy');
    expect((await bench.store.get(answer.exchangeId)).connection).toMatchObject({
      proxy: proxyUrl,
      tls: null,
    });
    const authorization = `Basic ${Buffer.from('ada:s3cret-word').toString('base64')}`;
    expect(asked).toEqual([
      { line: `CONNECT ${host}:443`, authorization },
      { line: `GET http://${host}/plain`, authorization },
    ]);
    const recorded = JSON.stringify(await bench.store.get(answer.exchangeId));
    expect(recorded).not.toContain(authorization.slice('Basic '.length));
  });

  test('is left out for what NO_PROXY names, and always for this machine', async () => {
    const env = { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl, NO_PROXY: `other.test,${host}` };
    const answer = await send(`http://${host}/`, {}, env);
    expect(answer.error?.kind).toBe('unreachable');
    for (const local of ['127.0.0.1', 'localhost']) {
      const own = await send(`http://${local}:${portOf(plain)}/`, { proxy: proxyUrl }, env);
      expect(body(own)).toBe('local');
    }
    expect(asked).toEqual([]);
  });

  test('that refuses is said so, and nothing has reached the host', async () => {
    refuses = true;
    const answer = await send(`https://${host}/`, { proxy: proxyUrl, caFile });
    expect(answer).toMatchObject({
      status: null,
      error: { kind: 'unreachable', sentence: `The proxy did not open a way to ${host}.` },
    });
  });

  test.each([
    ['socks5://127.0.0.1:1', 'http://host:port'],
    ['proxy:8080', 'http://host:port'],
    ['http://ada:word@127.0.0.1:1', 'password'],
  ])('%s is refused in the settings', (address, words) => {
    expect(() => checkNetwork({ proxy: address, caFile: null })).toThrow(words);
  });
});

describe('a certificate authority of one’s own', () => {
  test('is missed, and is then trusted from the settings', async () => {
    const unknown = await send(`https://${host}/`, { proxy: proxyUrl });
    expect(unknown.error?.sentence).toContain('has no certificate this machine trusts');
    expect((await send(`https://${host}/`, { proxy: proxyUrl, caFile })).status).toBe(200);
  });

  test('is trusted from NODE_EXTRA_CA_CERTS, with and without one in the settings', async () => {
    const other = join(bench.dataDir, 'other.pem');
    await writeFile(other, selfSigned().cert);
    const program = fileURLToPath(new URL('./programs/call-https.ts', import.meta.url));
    const url = `https://127.0.0.1:${portOf(secure)}/`;
    const run = async (args: string[], env: NodeJS.ProcessEnv): Promise<unknown> => {
      const child = spawn(process.execPath, [program, url, ...args], {
        env: { PATH: process.env['PATH'], ...env },
      });
      return JSON.parse(await text(child.stdout));
    };
    const extra = { NODE_EXTRA_CA_CERTS: caFile };
    const [without, alone, both] = await Promise.all([run([], {}), run([], extra), run([other], extra)]);
    expect(without).toMatchObject({ status: null, error: expect.stringContaining('no certificate') });
    expect(alone).toEqual({ status: 200, error: null });
    expect(both).toEqual({ status: 200, error: null });
  });

  test('in a file that is missing or holds none is refused in one sentence', async () => {
    const missing = { proxy: null, caFile: join(bench.dataDir, 'missing.pem') };
    expect(() => checkNetwork(missing)).toThrow('cannot be read');
    await writeFile(caFile, 'not a certificate');
    expect(() => checkNetwork({ proxy: null, caFile })).toThrow('no certificate in PEM form');
    await expect(send(`https://${host}/`, { caFile })).rejects.toMatchObject({ code: 'bad_input' });
  });
});
