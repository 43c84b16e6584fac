import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { WebhookMiddleware, WebhookRequest } from '@gohighlevel/api-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Sdk, SdkWorld } from './sdk.ts';
import { createSdkWorld, exchangeCode } from './sdk.ts';
import { firstLocation, otherLocation } from './world.ts';

interface Host {
  readonly url: string;
  /** The requests that came through the middleware, as it left them. */
  readonly passed: readonly WebhookRequest[];
  dispose(): Promise<void>;
}

/** A server with one middleware of Express's style before its answer, as an app of the SDK has it. */
async function createHost(middleware: WebhookMiddleware): Promise<Host> {
  const passed: WebhookRequest[] = [];
  const server = createServer((req, res) => {
    const serve = async (): Promise<void> => {
      const rawBody = await buffer(req);
      const { method = 'POST', url = '/', headers } = req;
      const request: WebhookRequest = { method, url, headers, rawBody, body: JSON.parse(String(rawBody)) };
      await middleware(request, res, (error) => {
        passed.push(request);
        res.writeHead(error === undefined ? 200 : 500).end();
      });
    };
    serve().catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/webhooks`,
    passed,
    async dispose() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let world: SdkWorld;
let sdk: Sdk;
let host: Host;

beforeEach(async () => {
  world = await createSdkWorld();
  vi.stubEnv('WEBHOOK_SIGNATURE_PUBLIC_KEY', world.simulator.ed25519PublicKey);
  sdk = world.client();
  host = await createHost(sdk.webhooks.subscribe());
  world.simulator.setWebhookUrl(host.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await world.dispose();
  await host.dispose();
});

it('takes INSTALL with a valid signature, and mints and keeps the token of the sub-account', async () => {
  const locationId = firstLocation(world);
  const agency = await exchangeCode(sdk, world, await world.agencyCode([locationId, otherLocation(world)]));
  // The middleware mints from the agency's session, so an install that comes before it is kept mints nothing.
  await sdk.getSessionStorage().setSession(world.companyId, agency);
  await world.exchange(await world.codeFor(locationId));
  await vi.waitFor(async () =>
    expect(await sdk.getSessionStorage().getSession(locationId)).toMatchObject({
      userType: 'Location',
      locationId,
    }),
  );
  const install = host.passed.findLast(({ body }) => body.locationId === locationId);
  expect(install).toMatchObject({
    body: { type: 'INSTALL', companyId: world.companyId },
    isSignatureValid: true,
    skippedSignatureVerification: false,
  });
  expect(install?.installTokenError).toBeUndefined();
  expect((await sdk.contacts.getContacts({ locationId })).contacts).toHaveLength(20);
});

it('takes UNINSTALL and forgets the session of the sub-account', async () => {
  const locationId = firstLocation(world);
  const { appId } = world.simulator;
  const session = await exchangeCode(sdk, world, await world.codeFor(locationId));
  await sdk.getSessionStorage().setSession(locationId, session);
  await sdk.marketplace.uninstallApplication({ appId }, { locationId }, { headers: { locationId } });
  await vi.waitFor(() => expect(host.passed.map(({ body }) => body.type)).toContain('UNINSTALL'));
  expect(host.passed.at(-1)).toMatchObject({
    body: { type: 'UNINSTALL', locationId },
    isSignatureValid: true,
  });
  expect(await sdk.getSessionStorage().getSession(locationId)).toBeNull();
});

it('finds a signature invalid where another key is expected, and mints nothing', async () => {
  vi.stubEnv('WEBHOOK_SIGNATURE_PUBLIC_KEY', (await otherKey()).ed25519PublicKey);
  await world.exchange(await world.codeFor(firstLocation(world)));
  await vi.waitFor(() => expect(host.passed).toHaveLength(1));
  expect(host.passed[0]).toMatchObject({ isSignatureValid: false, skippedSignatureVerification: false });
  expect(await sdk.getSessionStorage().getSession(firstLocation(world))).toBeNull();
});

async function otherKey() {
  const other = await createSdkWorld({ seed: 8 });
  await other.dispose();
  return other.simulator;
}
