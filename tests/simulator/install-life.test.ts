import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decryptUserContext } from '../../src/main/core/sso/decrypt-user-context.ts';
import { toRecord } from './receiver.ts';
import type { TestWorld } from './world.ts';
import { createTestWorld, firstLocation, installed, otherLocation } from './world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.dispose());

const allow = (path: string, locationId: string) => {
  const link = new URL(world.installUrl());
  const body = new URLSearchParams([...link.searchParams, ['target', `location:${locationId}`]]);
  return fetch(world.simulator.url + path, { method: 'POST', body, redirect: 'manual' });
};

/** The body of the newest delivery of a type, once it was sent. */
async function newest(type: string): Promise<Record<string, unknown>> {
  await vi.waitFor(() => expect(world.receiver.types()).toContain(type));
  return world.receiver.received.findLast(({ body }) => body['type'] === type)?.body ?? {};
}

describe('the white-label pages', () => {
  it.each(['/white-label/v2/oauth/chooselocation', '/white-label/oauth/chooselocation'])(
    'install at %s, and INSTALL says so',
    async (path) => {
      const response = await allow(path, firstLocation(world));
      const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
      expect((await world.exchange(code)).status).toBe(200);
      expect(await newest('INSTALL')).toMatchObject({
        isWhitelabelCompany: true,
        whitelabelDetails: { domain: expect.any(String) },
      });
    },
  );

  it('refuse an app that is listed for the other pages alone', async () => {
    const standard = '/v2/oauth/chooselocation';
    await world.control('PUT', 'app', { listing: 'white-label' });
    const refused = await allow(standard, firstLocation(world));
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain(`No integration found with the ID: ${world.simulator.appId}`);
    expect((await allow(`/white-label${standard}`, firstLocation(world))).status).toBe(302);
    await world.control('PUT', 'app', { listing: 'standard' });
    expect((await allow(`/white-label${standard}`, firstLocation(world))).status).toBe(400);
  });
});

describe('installs', () => {
  it('are replaced by one with other scopes: the newer one decides on the events', async () => {
    const locationId = firstLocation(world);
    await installed(world);
    await installed(world, 'contacts.write oauth.write');
    const { body } = await world.control('POST', 'private-tokens', {
      locationId,
      scopes: ['contacts.write'],
    });
    await world.call(String(body['token']), 'POST', '/contacts/', { locationId, firstName: 'Unheard' });
    await installed(world);
    await world.call(String(body['token']), 'POST', '/contacts/', { locationId, firstName: 'Heard' });
    expect(await newest('ContactCreate')).toMatchObject({ firstName: 'Heard' });
    expect(world.receiver.types().filter((type) => type === 'ContactCreate')).toHaveLength(1);
  });

  it('end by the hand of the account, one or all', async () => {
    const token = await installed(world);
    const locationId = firstLocation(world);
    await world.control('POST', 'uninstall', { locationId });
    expect(await newest('UNINSTALL')).toMatchObject({ locationId });
    expect((await world.call(token, 'GET', `/contacts/?locationId=${locationId}`)).status).toBe(401);
    expect((await world.control('POST', 'uninstall', { locationId })).status).toBe(404);
    await world.exchange(await world.agencyCode([locationId, otherLocation(world)]));
    expect((await world.control('POST', 'uninstall', {})).body).toEqual({ uninstalled: 3 });
    expect((await world.control('GET', 'state')).body).toMatchObject({
      installations: 0,
      agencyInstalled: false,
    });
  });

  it('follow the app to a new version', async () => {
    await installed(world);
    const { body } = await world.control('POST', 'version');
    expect(body['previousVersionId']).toBe(world.simulator.versionId);
    expect(await newest('UPDATE')).toMatchObject({
      locationId: firstLocation(world),
      versionId: body['versionId'],
      previousVersionId: world.simulator.versionId,
    });
  });

  it('change their plan, which tokens name from then on', async () => {
    const locationId = firstLocation(world);
    await installed(world);
    await world.control('POST', 'plan', { locationId, planId: 'pro' });
    expect(await newest('PLAN_CHANGE')).toMatchObject({ locationId, currentPlanId: null, newPlanId: 'pro' });
    await world.control('POST', 'plan', { locationId, planId: 'max' });
    await vi.waitFor(async () => expect(await newest('PLAN_CHANGE')).toMatchObject({ currentPlanId: 'pro' }));
    const other = otherLocation(world);
    expect((await world.control('POST', 'plan', { locationId: other, planId: 'pro' })).status).toBe(404);
  });

  it('tell of an external account that was connected', async () => {
    await installed(world);
    await world.control('POST', 'external-auth', { locationId: firstLocation(world), authType: 'basic' });
    expect(await newest('EXTERNAL_AUTH_CONNECTED')).toMatchObject({ authType: 'basic' });
  });

  it('reach sub-accounts that are made later, where the agency agreed to it', async () => {
    const { companyId } = world;
    world.simulator.setScopes([...world.simulator.info().scopes, 'locations.write']);
    const response = await world.allow([
      ['target', `company:${companyId}`],
      ['approved', firstLocation(world)],
      ['future', 'on'],
    ]);
    const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const { body } = await world.exchange(code);
    const made = await world.call(String(body['access_token']), 'POST', '/locations/', {
      companyId,
      name: 'Later',
    });
    expect(made.status).toBe(200);
    await vi.waitFor(async () =>
      expect(await newest('INSTALL')).toMatchObject({ locationId: made.body['id'] }),
    );
  });
});

describe('custom pages', () => {
  const opened = (payload: unknown, secret: unknown) => decryptUserContext(String(payload), String(secret));

  it('get a user context that the tool for it opens with the shared secret', async () => {
    const { ssoKey } = (await world.control('GET', 'keys')).body;
    const locationId = firstLocation(world);
    const { body } = await world.control('POST', 'user-context', { locationId });
    const reading = opened(body['payload'], ssoKey);
    expect(reading).toMatchObject({ ok: true, context: 'sub-account' });
    expect(reading.ok && JSON.parse(reading.json)).toEqual(body['context']);
    const agency = await world.control('POST', 'user-context', {});
    expect(opened(agency.body['payload'], ssoKey)).toMatchObject({ ok: true, context: 'agency' });
  });

  it('need the new secret once it was changed', async () => {
    const { ssoKey: before } = (await world.control('GET', 'keys')).body;
    const { ssoKey } = (await world.control('POST', 'sso-key')).body;
    const { body } = await world.control('POST', 'user-context', {});
    expect(opened(body['payload'], before)).toMatchObject({ ok: false });
    expect(opened(body['payload'], ssoKey)).toMatchObject({ ok: true });
  });
});

describe('workflows', () => {
  it("tell the app of its triggers, and take the app's firing with a token of the sub-account", async () => {
    const token = await installed(world);
    const locationId = firstLocation(world);
    const made = await world.control('POST', 'workflow-triggers', {
      key: 'visit_booked',
      subscriptionUrl: world.receiver.url,
      locationId,
      filters: [{ field: 'kind', operator: '==', value: 'first' }],
    });
    expect(made.status).toBe(201);
    const told = async (eventType: string) => {
      const ofType = () =>
        world.receiver.received.find(
          ({ body }) => (body['triggerData'] as { eventType?: string } | undefined)?.eventType === eventType,
        );
      await vi.waitFor(() => expect(ofType()).toBeDefined());
      return ofType();
    };
    const created = await told('CREATED');
    expect(created?.body).toMatchObject({
      triggerData: { id: made.body['id'], key: 'visit_booked', filters: [{ value: 'first' }] },
      meta: { key: 'visit_booked', version: '1.0' },
      extras: { locationId, companyId: world.companyId },
    });
    expect(created?.headers).not.toHaveProperty('x-ghl-signature');
    const { targetUrl } = toRecord(created?.body['triggerData']);
    const path = String(targetUrl).slice(world.simulator.url.length);
    expect((await world.call(token, 'POST', path, { visit: 7 })).body).toMatchObject({ success: true });
    expect((await world.call('none', 'POST', path, {})).status).toBe(401);
    const other = await world.exchange(await world.codeFor(otherLocation(world)));
    expect((await world.call(String(other.body['access_token']), 'POST', path, {})).status).toBe(403);
    expect((await world.control('GET', 'workflow-triggers')).body).toMatchObject({
      triggers: [{ fired: [{ body: { visit: 7 } }] }],
    });
    await world.control('PUT', `workflow-triggers/${String(made.body['id'])}`);
    await told('UPDATED');
    await world.control('DELETE', `workflow-triggers/${String(made.body['id'])}`);
    await told('DELETED');
    expect((await world.call(token, 'POST', path, {})).status).toBe(404);
  });

  it("run the app's actions", async () => {
    await installed(world);
    const locationId = firstLocation(world);
    const action = { key: 'send_card', url: world.receiver.url, locationId, data: { card: 'birthday' } };
    const { status, body } = await world.control('POST', 'workflow-actions', action);
    expect(status).toBe(202);
    await vi.waitFor(() => expect(world.receiver.received.some((one) => 'data' in one.body)).toBe(true));
    expect(world.receiver.received.find((one) => 'data' in one.body)?.body).toMatchObject({
      data: { card: 'birthday' },
      extras: { locationId, workflowId: expect.any(String) },
      meta: { key: 'send_card' },
    });
    expect(world.simulator.deliveries()[0]).toMatchObject({
      type: 'Workflow action',
      webhookId: body['webhookId'],
    });
    const elsewhere = { ...action, locationId: otherLocation(world) };
    expect((await world.control('POST', 'workflow-actions', elsewhere)).status).toBe(404);
  });
});
