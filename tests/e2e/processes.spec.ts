import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import * as z from 'zod';
import { end, firstLine, hlc, spawnHlc, startCompanion } from './companion.ts';
import { chooseLocation } from './journey.ts';

const simulatorLine = z.object({ url: z.string(), clientId: z.string(), appId: z.string() });
const exchangeLine = z.object({
  purpose: z.string(),
  event: z.object({
    type: z.string(),
    signature: z.object({ verdict: z.string(), scheme: z.string(), keyOwner: z.string() }),
  }),
});

test('serve, simulator, profiles and exchanges work together as processes of their own', async ({ page }) => {
  const companion = await startCompanion();
  const redirect = `${companion.ingress}${companion.callbackPath}`;
  const simulatorProcess = spawnHlc([
    'simulator',
    '--port',
    '0',
    '--redirect',
    redirect,
    '--webhook',
    `${companion.ingress}${companion.webhookPath}`,
    '--json',
  ]);
  const simulator = simulatorLine.parse(JSON.parse(await firstLine(simulatorProcess)));

  const here = ['--data-dir', companion.dataDir, '--json'];
  const profile: unknown = JSON.parse(await hlc(['profiles', 'add', '--simulator', simulator.url, ...here]));
  expect(profile).toMatchObject({ clientId: simulator.clientId, environment: 'simulator' });

  const following = spawnHlc(['exchanges', '--purpose', 'webhook', '--follow', ...here]);
  const link = new URL('/v2/oauth/chooselocation', simulator.url);
  link.search = new URLSearchParams({
    response_type: 'code',
    redirect_uri: redirect,
    client_id: simulator.clientId,
    scope: 'contacts.readonly contacts.write',
  }).toString();
  await page.goto(link.href);
  await chooseLocation(page, 'Harbor Fitness');
  await page.getByRole('button', { name: 'Allow & Install' }).click();
  await expect(page.getByText(/close this window/)).toBeVisible();

  if (following.stdout === null) throw new Error('no pipe');
  let installed: unknown = null;
  for await (const line of createInterface({ input: following.stdout })) {
    const exchange = exchangeLine.safeParse(JSON.parse(line));
    if (exchange.success && exchange.data.event.type === 'INSTALL') {
      installed = exchange.data;
      break;
    }
  }
  expect(installed).toMatchObject({
    purpose: 'webhook',
    event: { signature: { verdict: 'valid', scheme: 'ed25519', keyOwner: 'simulator' } },
  });

  await Promise.all([end(following), end(simulatorProcess)]);
  await companion.stop();
});
