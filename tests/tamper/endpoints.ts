/** Endpoints as developers write them: one right, the others wrong in ways of their own. */
import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HighLevel } from '@gohighlevel/api-client';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { appId } from '../triggers/support.ts';

export type Answer = { readonly status: number; readonly body?: string };
export type Handler = (raw: Buffer, headers: IncomingMessage['headers']) => Answer | Promise<Answer>;

/** Serves until the test ends. */
export async function startEndpoint(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void Promise.resolve(handler(Buffer.concat(chunks), request.headers)).then(({ status, body = '{}' }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(body),
      );
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/hooks`;
}

const webhook = z.object({ webhookId: z.string(), timestamp: z.string() });

function holds(bytes: Buffer, signature: unknown, pem: string): boolean {
  if (typeof signature !== 'string') return false;
  return verify(null, bytes, createPublicKey(pem), Buffer.from(signature, 'base64'));
}

/** Raw bytes, present time, each webhookId once. */
export function correct(pem: string): Handler {
  const seen = new Set<string>();
  return (raw, headers) => {
    if (!holds(raw, headers['x-ghl-signature'], pem)) return { status: 401 };
    const { webhookId, timestamp } = webhook.parse(JSON.parse(raw.toString()));
    if (Math.abs(Date.now() - Date.parse(timestamp)) > 5 * 60_000) return { status: 400 };
    if (seen.has(webhookId)) return { status: 200, body: '{"duplicate":true}' };
    seen.add(webhookId);
    return { status: 200 };
  };
}

/** Verifies and nothing more, over the JSON as it writes it. */
export const reserialising =
  (pem: string): Handler =>
  (raw, headers) => ({
    status: holds(Buffer.from(JSON.stringify(JSON.parse(raw.toString()))), headers['x-ghl-signature'], pem)
      ? 200
      : 401,
  });

export const careless: Handler = () => ({ status: 200 });

type SdkRequest = Parameters<ReturnType<HighLevel['webhooks']['subscribe']>>[0] & {
  isSignatureValid?: boolean;
  skippedSignatureVerification?: boolean;
};

/** The official SDK behind a JSON parser, its flags obeyed as it sets them. @param keepsRaw gives it the raw body */
export function sdk(pem: string, keepsRaw: boolean): Handler {
  const client = new HighLevel({ clientId: `${appId}-x`, clientSecret: 'unused', webhookPublicKey: pem });
  const middleware = client.webhooks.subscribe();
  return async (raw, headers) => {
    const request: SdkRequest = {
      headers,
      body: JSON.parse(raw.toString()),
      method: 'POST',
      url: '/hooks',
      ...(keepsRaw ? { rawBody: raw } : {}),
    };
    await new Promise<void>((resolve) => {
      void middleware(request, {}, () => resolve());
    });
    const isRefused = request.isSignatureValid !== true && request.skippedSignatureVerification !== true;
    return { status: isRefused ? 401 : 200 };
  };
}
