import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { defaultNotifications, notificationRule } from '../../src/shared/model/notification.ts';
import { profileId } from '../../src/shared/model/ids.ts';
import { forwardTarget } from '../../src/shared/model/forwarding.ts';
import type { NotificationRuleInput } from '../../src/shared/model/notification.ts';
import { createCore } from '../../src/main/core/create-core.ts';
import type { DesktopNotification } from '../../src/main/core/ports.ts';
import type { Core } from '../../src/main/core/services.ts';
import { eventually } from '../answers/support.ts';
import { nodePorts, openCore } from '../contract/support.ts';
import { tempFolder } from '../exchanges/support.ts';
import { createBench, simulated } from '../oauth/bench.ts';
import { startDesktop } from './support.ts';
import type { Desktop } from './support.ts';

const clientId = '65f0c0ffee65f0c0ffee65f0-lx1a2b3c';

type Start = {
  readonly core: Core;
  readonly desktop: Desktop;
  /** Delivers, and lets time pass until the log has been looked at. */
  readonly deliver: (count: number, body: unknown, signature?: string) => Promise<void>;
};

async function start(rules?: readonly NotificationRuleInput[]): Promise<Start> {
  const opened = await openCore();
  onTestFinished(() => opened.dispose());
  const { core } = opened;
  await core.profiles.add({ name: 'Booking', clientId });
  const desktop = await startDesktop(
    { store: core.exchanges, tokens: core.tokens, profiles: () => core.profiles.list() },
    rules,
  );
  const { url } = core.ingress.status();
  return {
    core,
    desktop,
    async deliver(count, body, signature) {
      for (let index = 0; index < count; index += 1) {
        const answer = await fetch(`${url}/webhooks`, {
          method: 'POST',
          body: JSON.stringify(body),
          ...(signature !== undefined && { headers: { 'X-GHL-Signature': signature } }),
        });
        expect(answer.status).toBe(200);
      }
      await core.exchanges.settled();
    },
  };
}

/** Time passes until this holds. */
const until = (desktop: Desktop, holds: () => void): Promise<void> =>
  eventually(() => {
    desktop.pass();
    holds();
  });

const wrong = Buffer.alloc(64, 7).toString('base64');
const contact = { type: 'ContactCreate', locationId: 'loc1', webhookId: 'w1' };
const anyWebhook = notificationRule.parse({ id: 'any', on: true, subject: 'webhook' });

describe('what is worth a notification', () => {
  test('from the start: a signature that does not hold at a live app, and no other webhook', async () => {
    const { desktop, deliver, core } = await start();
    await deliver(1, contact);
    await deliver(1, contact, wrong);
    await until(desktop, () => expect(desktop.shown).toHaveLength(1));
    expect(desktop.shown[0]).toMatchObject({
      title: 'A signature does not hold',
      body: 'ContactCreate of Booking for sub-account loc1',
    });
    expect(desktop.notifications.state().unseen).toBe(1);
    desktop.shown[0]?.onOpen();
    const [newest] = (await core.exchanges.page({ verdicts: ['invalid'] })).items;
    expect(desktop.notifications.state()).toMatchObject({
      unseen: 0,
      wanted: { screen: 'webhooks', item: newest?.id },
    });
    desktop.notifications.opened();
    expect(desktop.notifications.state().wanted).toBeNull();
  });

  test('by event, category, verdict and app; what came before the rule was set is not its business', async () => {
    const { desktop, deliver } = await start([]);
    await deliver(2, contact);
    desktop.notifications.set({
      rules: [
        { ...anyWebhook, id: 'type', eventTypes: ['INSTALL'] },
        { ...anyWebhook, id: 'category', categories: ['no such category'] },
        { ...anyWebhook, id: 'signature', verdicts: ['valid'] },
        { ...anyWebhook, id: 'simulator', environment: 'simulator' },
      ],
    });
    await deliver(2, contact);
    await deliver(1, { type: 'INSTALL', appId: clientId.split('-')[0] });
    await until(desktop, () => expect(desktop.notifications.state().unseen).toBe(1));
    await until(desktop, () => expect(desktop.shown).toMatchObject([{ title: 'INSTALL' }]));
  });

  test('a webhook that could not be passed on', async () => {
    const { core, desktop, deliver } = await start([{ id: 'f', on: true, subject: 'forward-failed' }]);
    core.forwarding.set({ on: true, targets: [forwardTarget.parse({ url: 'http://127.0.0.1:1/hook' })] });
    await deliver(1, contact);
    await until(desktop, () => expect(desktop.shown).toHaveLength(1));
    expect(desktop.shown[0]).toMatchObject({ title: 'A webhook could not be passed on' });
    expect(desktop.shown[0]?.body).toMatch(/^127\.0\.0\.1:1 of Booking: /);
    expect(desktop.notifications.state().latest?.target.screen).toBe('exchanges');
  });

  describe('a token', () => {
    let bench: Awaited<ReturnType<typeof createBench>> | null = null;
    afterEach(async () => {
      await bench?.dispose();
      bench = null;
    });

    test('that dies is said once, with the way out', async () => {
      bench = await createBench();
      const { tokens, install, simulator, profile, store } = bench;
      const { locations } = await simulated(simulator);
      const { installUrl } = await install.begin(profile.id, { openBrowser: false });
      await bench.browse(installUrl, { location: locations[0]?.id ?? '' });
      const [token] = tokens.list();
      if (token === undefined) throw new Error('There is no token.');
      const desktop = await startDesktop({ store, tokens, profiles: () => [profile] }, [
        { id: 't', on: true, subject: 'token-dead' },
      ]);
      simulator.setFaults([{ path: '/oauth/token', kind: { type: 'garbage' }, count: 1 }]);
      await expect(tokens.refresh(token.id)).rejects.toMatchObject({ retryable: true });
      await expect(tokens.refresh(token.id)).rejects.toMatchObject({ code: 'token_endpoint_refused' });
      expect(tokens.list()[0]?.status).toBe('dead');
      await until(desktop, () => expect(desktop.shown).toHaveLength(1));
      expect(desktop.shown[0]?.title).toBe('A token is dead');
      expect(desktop.shown[0]?.body).toMatch(/: install the app again\.$/);
      expect(desktop.notifications.state().latest?.target).toEqual({ screen: 'tokens', item: token.id });
      await expect(tokens.refresh(token.id)).rejects.toBeDefined();
      expect(desktop.notifications.state().unseen).toBe(1);
    });
  });
});

describe('how much is said', () => {
  test('a burst is one notification with its count, and opens its newest', async () => {
    const { core, desktop, deliver } = await start([anyWebhook]);
    await deliver(30, contact);
    await deliver(7, { type: 'INSTALL' });
    await until(desktop, () => expect(desktop.notifications.state().unseen).toBe(37));
    await until(desktop, () => expect(desktop.shown).toHaveLength(1));
    expect(desktop.shown[0]).toMatchObject({ title: '37 webhooks', body: 'ContactCreate: 30, INSTALL: 7' });
    const [newest] = (await core.exchanges.page({ limit: 1 })).items;
    expect(desktop.notifications.state().latest?.target).toEqual({ screen: 'webhooks', item: newest?.id });
    expect(desktop.badges.at(-1)).toBe(37);
    desktop.notifications.seen();
    expect(desktop.badges.at(-1)).toBe(0);
  });

  test('what comes within the pause waits, and is said together after it', async () => {
    const { desktop, deliver } = await start([anyWebhook]);
    await deliver(1, contact);
    await until(desktop, () => expect(desktop.shown).toHaveLength(1));
    await deliver(3, contact);
    await eventually(() => {
      desktop.pass(1000);
      expect(desktop.notifications.state().unseen).toBe(4);
    });
    desktop.pass(1000);
    expect(desktop.shown).toHaveLength(1);
    await until(desktop, () => expect(desktop.shown.at(-1)?.title).toBe('3 webhooks'));
    expect(desktop.shown).toHaveLength(2);
  });

  test('without a badge nothing is counted, and notifications come all the same', async () => {
    const { desktop, deliver } = await start([anyWebhook]);
    desktop.notifications.set({ badge: false });
    await deliver(1, contact);
    await until(desktop, () => expect(desktop.shown).toHaveLength(1));
    expect(desktop.badges).toEqual([]);
    expect(desktop.notifications.state().unseen).toBe(0);
  });
});

describe('in the core', () => {
  test('the port is told, and rules are there after a restart', async () => {
    const dataDir = await tempFolder();
    const shown: DesktopNotification[] = [];
    const ports = { ...nodePorts(dataDir), notify: (one: DesktopNotification) => void shown.push(one) };
    const core = await createCore(ports, { ingressPort: null });
    expect(core.notifications.settings()).toEqual(defaultNotifications);
    core.notifications.test();
    expect(shown).toMatchObject([{ title: 'Notifications work' }]);
    core.notifications.set({ rules: [], badge: false });
    expect(() =>
      core.notifications.set({ rules: [{ ...anyWebhook, id: 'x', profileId: profileId.parse('gone') }] }),
    ).toThrow('There is no profile "gone".');
    await core.dispose();
    const again = await createCore(nodePorts(dataDir), { ingressPort: null });
    onTestFinished(() => again.dispose());
    expect(again.notifications.settings()).toEqual({ rules: [], badge: false });
  });
});
