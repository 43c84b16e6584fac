import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profileId } from '../../src/shared/model/ids.ts';
import { appId, clientId, clientSecret, installLink, openProfiles, otherClientId } from './support.ts';

const unknown = profileId.parse('nobody');

describe('adding a profile', () => {
  it('keeps it over a restart, its secret in the vault and nowhere in the settings', async () => {
    const { dataDir, profiles, reopen } = await openProfiles();
    const added = await profiles.add({ clientId, clientSecret, name: 'Acme Booking' });
    expect(added).toMatchObject({
      id: 'acme-booking',
      name: 'Acme Booking',
      environment: 'live',
      appId,
      hosts: { api: 'https://services.leadconnectorhq.com', consent: 'https://marketplace.gohighlevel.com' },
      redirectUrl: null,
      hasSecret: true,
    });
    const again = await reopen();
    expect(again.profiles.list()).toEqual([added]);
    expect(again.settings.get('activeProfile')).toBe('acme-booking');
    expect(await again.vault.get('profile/acme-booking/client-secret')).toBe(clientSecret);
    expect(await readFile(join(dataDir, 'settings.json'), 'utf8')).not.toContain(clientSecret);
  });

  it('reads everything an install link says', async () => {
    const { profiles } = await openProfiles();
    expect(profiles.readLink(installLink)).toEqual({
      clientId,
      appId,
      redirectUrl: 'https://dev.example/auth/return',
      scopes: ['contacts.readonly', 'locations.readonly'],
      versionId: appId,
      consentHost: 'https://marketplace.leadconnectorhq.com',
    });
    expect(profiles.list()).toEqual([]);
    const added = await profiles.add({ clientId, installLink });
    expect(added).toMatchObject({
      id: `app-${appId.slice(0, 8)}`,
      hosts: { consent: 'https://marketplace.leadconnectorhq.com' },
      redirectUrl: 'https://dev.example/auth/return',
      scopes: ['contacts.readonly', 'locations.readonly'],
      versionId: appId,
      installLink,
      hasSecret: false,
    });
    // The path of the registered redirect URL is served as it is.
    expect(profiles.ingressRoutes()).toContainEqual(
      expect.objectContaining({ profileId: added.id, kind: 'callback', path: '/auth/return' }),
    );
    expect(profiles.addresses(added.id).redirectUrl).toBe('https://dev.example/auth/return');
  });

  it.each([
    [
      'a client ID of another shape',
      { clientId: 'my-app' },
      'The client ID "my-app" is not one of HighLevel\'s',
    ],
    [
      'a link that is none',
      { clientId, installLink: 'hello' },
      'The install link must be a complete address',
    ],
    [
      'a link for another app',
      { clientId: otherClientId, installLink },
      `is for the client ID "${clientId}"`,
    ],
    [
      'a redirect URL that is no web address',
      { clientId, redirectUrl: 'ftp://h/x' },
      '"ftp://h/x" must begin with http',
    ],
  ])('refuses %s, naming it', async (_, draft, sentence) => {
    const { profiles, vault } = await openProfiles();
    await expect(profiles.add({ clientSecret, ...draft })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining(sentence),
    });
    expect([profiles.list(), vault.names('')]).toEqual([[], []]);
  });

  it('makes each id from the name, once', async () => {
    const { profiles } = await openProfiles();
    const names = ['Café Nº 1', 'cafe-no-1', '🔑', 'x'.repeat(60), `${'x'.repeat(60)}y`];
    const added = await Promise.all(
      names.map((name, index) => profiles.add({ name, clientId: `${appId.slice(0, -1)}${index}-aaaaaaaa` })),
    );
    expect(added.map(({ id }) => id)).toEqual([
      'cafe-no-1',
      'cafe-no-1-2',
      'app',
      'x'.repeat(40),
      `${'x'.repeat(38)}-2`,
    ]);
  });

  it('refuses an app that has a profile, and a path that has an owner', async () => {
    const { profiles, vault } = await openProfiles();
    await profiles.add({ name: 'First', clientId, clientSecret });
    await expect(profiles.add({ name: 'Twin', clientId, clientSecret })).rejects.toMatchObject({
      code: 'conflict',
      message: `The profile "First" already has the client ID "${clientId}".`,
    });
    await expect(
      profiles.add({ name: 'Second', clientId: otherClientId, webhookPath: '/webhooks' }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: 'The path /webhooks belongs to the profile "First".',
    });
    await expect(
      profiles.add({ name: 'Second', clientId: otherClientId, webhookPath: '/in', callbackPath: '/in' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(profiles.list()).toHaveLength(1);
    expect(vault.names('')).toEqual(['profile/first/client-secret']);
  });
});

describe('routes and addresses', () => {
  it('are there before any profile', async () => {
    const { profiles } = await openProfiles();
    expect(profiles.ingressRoutes()).toEqual([
      expect.objectContaining({ profileId: null, kind: 'callback', path: '/oauth/callback' }),
      expect.objectContaining({ profileId: null, kind: 'webhook', path: '/webhooks' }),
    ]);
  });

  it('give the first profile the default paths, further ones a webhook path of their own and a shared callback', async () => {
    const { profiles } = await openProfiles();
    const first = await profiles.add({ name: 'First', clientId });
    expect(profiles.ingressRoutes().map(({ profileId: owner, path }) => [owner, path])).toEqual([
      ['first', '/oauth/callback'],
      ['first', '/webhooks'],
    ]);
    const second = await profiles.add({ name: 'Second', clientId: otherClientId });
    expect(profiles.ingressRoutes().map(({ profileId: owner, path }) => [owner, path])).toEqual([
      [null, '/oauth/callback'],
      ['first', '/webhooks'],
      ['second', '/webhooks/second'],
    ]);
    expect(profiles.addresses(first.id)).toEqual({
      base: 'https://dev.example',
      public: true,
      redirectUrl: 'https://dev.example/oauth/callback',
      webhookUrl: 'https://dev.example/webhooks',
    });
    expect(profiles.addresses(second.id).webhookUrl).toBe('https://dev.example/webhooks/second');
  });

  it("take an app's own paths and answers", async () => {
    const { profiles } = await openProfiles();
    const { id } = await profiles.add({
      clientId,
      routes: [
        { kind: 'provider', path: '/sms', answer: { status: 202, contentType: 'text/plain', body: 'ok' } },
      ],
      callbackPath: '/integrations/callback',
    });
    expect(profiles.ingressRoutes()).toEqual([
      {
        profileId: id,
        kind: 'provider',
        path: '/sms',
        answer: { status: 202, contentType: 'text/plain', body: 'ok' },
      },
      expect.objectContaining({ profileId: id, kind: 'callback', path: '/integrations/callback' }),
      expect.objectContaining({ profileId: id, kind: 'webhook', path: '/webhooks' }),
      expect.objectContaining({ profileId: null, kind: 'callback', path: '/oauth/callback' }),
    ]);
  });

  it('say which keys count for whom', async () => {
    const { profiles } = await openProfiles();
    const { id } = await profiles.add({ clientId });
    expect(profiles.derivationContext()).toMatchObject({
      profiles: [{ id, appId, environment: 'live' }],
      keys: [
        { scheme: 'ed25519', owner: 'highlevel', profileId: null },
        { scheme: 'rsa', owner: 'highlevel', profileId: null },
      ],
    });
  });
});

describe('changing a profile', () => {
  it('changes what is named and nothing else', async () => {
    const { profiles, vault } = await openProfiles();
    const before = await profiles.add({
      name: 'Acme',
      clientId,
      clientSecret,
      scopes: ['contacts.readonly'],
    });
    const after = await profiles.update(before.id, {
      name: 'Acme 2',
      webhookPath: '/hooks',
      clientSecret: 'the new one',
    });
    expect(after).toEqual({ ...before, name: 'Acme 2', routes: expect.anything() });
    expect(profiles.addresses(before.id).webhookUrl).toBe('https://dev.example/hooks');
    expect(await vault.get('profile/acme/client-secret')).toBe('the new one');
  });

  it('moves the callback path with the redirect URL, and back by hand', async () => {
    const { profiles } = await openProfiles();
    const { id } = await profiles.add({ clientId });
    await profiles.update(id, { redirectUrl: 'https://prod.example/cb' });
    expect(profiles.addresses(id).redirectUrl).toBe('https://prod.example/cb');
    expect(
      profiles.ingressRoutes().some(({ path, profileId: owner }) => path === '/cb' && owner === id),
    ).toBe(true);
    await profiles.update(id, { redirectUrl: null, callbackPath: '/oauth/callback' });
    expect(profiles.addresses(id).redirectUrl).toBe('https://dev.example/oauth/callback');
  });

  it('lets the tokens go only when the app is another one', async () => {
    const removed: string[] = [];
    const { profiles } = await openProfiles({
      onRemoved: (id) => {
        removed.push(id);
        return Promise.resolve(undefined);
      },
    });
    const { id } = await profiles.add({ name: 'Acme', clientId });
    await profiles.update(id, { clientId: `${appId}-bbbbbbbb` });
    expect(removed).toEqual([]);
    expect(await profiles.update(id, { clientId: otherClientId })).toMatchObject({
      appId: otherClientId.slice(0, 24),
    });
    expect(removed).toEqual(['acme']);
  });

  it('is refused for a profile that is not there', async () => {
    const { profiles } = await openProfiles();
    await expect(profiles.update(unknown, { name: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(profiles.remove(unknown)).rejects.toMatchObject({ code: 'not_found' });
    expect(() => profiles.addresses(unknown)).toThrow('There is no profile "nobody".');
  });
});

it('removing a profile takes its secret and its tokens with it, and tells', async () => {
  const removed: string[] = [];
  const { profiles, vault, settings } = await openProfiles({
    onRemoved: (id) => {
      removed.push(id);
      return Promise.resolve(undefined);
    },
  });
  const first = await profiles.add({ name: 'First', clientId, clientSecret });
  await profiles.add({ name: 'First-born', clientId: otherClientId, clientSecret: 'stays where it is' });
  const heard: string[][] = [];
  const stop = profiles.onChange((present) => heard.push(present.map(({ id }) => id)));
  await profiles.remove(first.id);
  expect(removed).toEqual(['first']);
  expect(vault.names('')).toEqual(['profile/first-born/client-secret']);
  expect(settings.get('activeProfile')).toBe('first-born');
  stop();
  await profiles.remove(profileId.parse('first-born'));
  expect(heard).toEqual([['first-born']]);
  expect(settings.get('activeProfile')).toBeNull();
});
