import { expect, it, onTestFinished } from 'vitest';
import { notificationRule } from '../../src/shared/model/notification.ts';
import { eventually } from '../answers/support.ts';
import { openCore } from '../contract/support.ts';
import { webhook } from '../exchanges/support.ts';
import { startDesktop } from '../notifications/support.ts';
import { exported, openDesk } from './support.ts';

it('what a file brings proves nothing on the checklist and is no news', async () => {
  const opened = await openCore();
  onTestFinished(() => opened.dispose());
  const { core } = opened;
  const profile = await core.profiles.add({ name: 'Booking', clientId: '65f0c0ffee65f0c0ffee65f0-lx1a2b3c' });
  const rule = notificationRule.parse({ id: 'any', on: true, subject: 'webhook' });
  const desktop = await startDesktop(
    { store: core.exchanges, tokens: core.tokens, profiles: () => core.profiles.list() },
    [rule],
  );

  const elsewhere = await openDesk();
  await elsewhere.store.append(webhook({ type: 'ContactCreate' }, { profileId: profile.id }));
  await elsewhere.store.append(
    webhook(Buffer.alloc(0), {
      purpose: 'callback',
      method: 'GET',
      url: '/oauth/callback',
      profileId: profile.id,
    }),
  );
  const { text } = await exported(elsewhere, { format: 'ndjson' });
  const id = core.transfer.openImport('elsewhere.ndjson', { dryRun: false });
  await core.transfer.importPiece(id, Buffer.from(text));
  expect(await core.transfer.closeImport(id)).toMatchObject({ imported: 2 });
  await core.exchanges.settled();
  expect(await core.exchanges.count({ imported: true })).toBe(2);
  const steps = await core.profiles.checklist(profile.id);
  const exchangesOf = (step: string): unknown => steps.find(({ id }) => id === step)?.exchangeId;
  expect([exchangesOf('callback'), exchangesOf('webhook')]).toEqual([null, null]);

  // One that crosses the wire is news; by then those of the file have been passed over.
  const { url } = core.ingress.status();
  expect((await fetch(`${url}/webhooks`, { method: 'POST', body: '{"type":"ContactCreate"}' })).status).toBe(
    200,
  );
  await eventually(() => {
    desktop.pass();
    expect(desktop.notifications.state().unseen).toBe(1);
  });
  expect(await core.exchanges.count({ imported: false })).toBe(1);
});
