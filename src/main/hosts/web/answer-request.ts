import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { refuseCrossSite, refuseRequest } from './access.ts';
import { securityHeaders } from './headers.ts';
import type { PageFiles } from './page-files.ts';
import type { Sessions } from './sessions.ts';

export type AnswerDeps = { readonly files: PageFiles; readonly sessions: Sessions };

const sessionRequest = z.object({ code: z.string().min(1).max(200) });
const sessionRequestBytes = 1024;

const notBuilt =
  '<!doctype html><title>HighLevel Companion</title><p>The window has not been built yet: run <code>npm run build</code> and start the companion again.';

/** Answers one request of a browser: the page, its files, and the swap of a one-time code. */
export async function answerRequest(
  { files, sessions }: AnswerDeps,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refuseRequest(request, port);
  const host = refusal === null ? (request.headers.host ?? '') : `127.0.0.1:${port}`;
  const answer = (status: number, headers: Record<string, string>, body: string | Buffer): void => {
    response.writeHead(status, {
      ...securityHeaders(host),
      'Content-Length': String(Buffer.byteLength(body)),
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const say = (status: number, sentence: string): void =>
    answer(
      status,
      { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
      `${sentence}\n`,
    );

  if (refusal !== null) return say(403, refusal);
  const path = request.url?.split(/[?#]/, 1)[0] ?? '/';
  if (path === '/session') return await swapCode(sessions, request, answer, say);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return say(405, 'Only GET and HEAD are answered here.');
  }
  if (path === '/' || path === '/index.html') {
    const nonce = randomBytes(16).toString('base64');
    const page = files.page(nonce);
    const headers = {
      ...securityHeaders(host, nonce),
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
    };
    return answer(page === null ? 503 : 200, headers, page ?? notBuilt);
  }
  const file = files.file(path);
  if (file === null) return say(404, 'There is nothing here.');
  answer(200, { 'Content-Type': file.contentType, 'Cache-Control': file.cacheControl }, await file.read());
}

async function swapCode(
  sessions: Sessions,
  request: IncomingMessage,
  answer: (status: number, headers: Record<string, string>, body: string) => void,
  say: (status: number, sentence: string) => void,
): Promise<void> {
  if (request.method !== 'POST') return say(405, 'A code is swapped with POST.');
  const refusal = refuseCrossSite(request);
  if (refusal !== null) return say(403, refusal);
  // A form of another page cannot send this type without asking first, and nobody answers it.
  if (request.headers['content-type']?.split(';', 1)[0]?.trim() !== 'application/json') {
    return say(415, 'The code is sent as application/json.');
  }
  const body = sessionRequest.safeParse(await readJson(request));
  if (!body.success) return say(400, 'The body must be {"code": "…"}.');
  const token = sessions.redeem(body.data.code);
  if (token === null)
    return say(401, 'This link has been used, or is of an earlier run. Get a new one with "hlc status".');
  answer(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }, JSON.stringify({ token }));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk as Uint8Array);
    bytes += part.length;
    // The rest is read and dropped, so that the sender sees the refusal.
    if (bytes <= sessionRequestBytes) chunks.push(part);
  }
  if (bytes > sessionRequestBytes) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
