import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  actOnSimulator,
  makePrivateToken,
  viewSimulator,
} from '../../src/main/core/simulator/simulator-api.ts';
import type { SimulatorAction } from '../../src/shared/model/simulator.ts';
import type { TestWorld } from './world.ts';
import { createTestWorld, firstLocation, installed } from './world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.dispose());

const act = (action: SimulatorAction) => actOnSimulator(world.simulator.url, action);

it('shows what the simulator holds', async () => {
  await installed(world);
  await vi.waitFor(() => expect(world.simulator.deliveries()[0]?.state).toBe('delivered'));
  const view = await viewSimulator(world.simulator.url);
  expect(view).toMatchObject({
    contacts: 120,
    accessTokens: 1,
    agencyInstalled: false,
    events: null,
    faults: [],
    breaker: { state: 'closed', settled: 1, failed: 0 },
    deliveries: [{ type: 'INSTALL', state: 'delivered', attempts: [{ status: 200 }] }],
  });
  expect(view.locations[0]).toMatchObject({ id: firstLocation(world), installedAt: expect.any(String) });
  expect(view.switches.map(({ name }) => name)).toContain('grantRefusals');
});

it('does everything a click asks for', async () => {
  const locationId = firstLocation(world);
  await installed(world);
  const before = await viewSimulator(world.simulator.url);
  const later = await act({ do: 'advance', ms: 86_400_000 });
  expect(Date.parse(later.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(86_400_000);
  expect((await act({ do: 'faults', faults: ['/users:500'] })).faults).toEqual(['/users:500']);
  expect((await act({ do: 'events', events: ['INSTALL'] })).events).toEqual(['INSTALL']);
  expect((await act({ do: 'events', events: null })).events).toBeNull();
  expect((await act({ do: 'keep', name: 'a base' })).snapshots).toMatchObject([{ name: 'a base' }]);
  expect((await act({ do: 'pause', locationId, active: false })).locations[0]).toMatchObject({
    active: false,
  });
  expect((await act({ do: 'version' })).versionId).not.toBe(before.versionId);
  await act({ do: 'plan', locationId, planId: 'pro' });
  const changed = await act({ do: 'switch', name: 'codeLifetimeMs', value: 1000 });
  expect(changed.switches.find(({ name }) => name === 'codeLifetimeMs')?.value).toBe(1000);
  expect((await act({ do: 'uninstall', locationId })).locations[0]).toMatchObject({ installedAt: null });
  const [delivery] = (await act({ do: 'resume' })).deliveries;
  const again = await act({ do: 'resend', webhookId: delivery?.webhookId ?? '' });
  expect(again.deliveries[0]?.attempts.length).toBeGreaterThan(1);
  const restored = await act({ do: 'restore', name: 'a base' });
  expect(restored.locations[0]).toMatchObject({ active: true, installedAt: expect.any(String) });
  expect((await act({ do: 'forget', name: 'a base' })).snapshots).toEqual([]);
  expect((await act({ do: 'seed', size: 'small', seed: 4 })).contacts).toBe(120);
  expect((await act({ do: 'reset' })).accessTokens).toBe(0);
});

it('makes private integration tokens', async () => {
  const { token } = await makePrivateToken(world.simulator.url, {
    locationId: firstLocation(world),
    scopes: ['contacts.readonly'],
  });
  expect((await world.call(token, 'GET', `/contacts/?locationId=${firstLocation(world)}`)).status).toBe(200);
});

it('passes on why the simulator refuses, and says when it is not there', async () => {
  await expect(act({ do: 'faults', faults: ['/x:explode'] })).rejects.toMatchObject({
    code: 'bad_input',
    message: expect.stringContaining('"/x:explode"'),
  });
  await expect(viewSimulator('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'simulator_failed' });
});
