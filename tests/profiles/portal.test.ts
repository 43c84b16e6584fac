import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createProfiles } from '../../src/main/core/profiles/create-profiles.ts';
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import { createPassphraseBox } from '../../src/main/hosts/node/passphrase-box.ts';
import { createConfSettings } from '../../src/main/hosts/node/settings-store.ts';
import { profileId } from '../../src/shared/model/ids.ts';
import { portalFacts } from '../../src/shared/model/profile.ts';
import {
  appId,
  clientId,
  clientSecret,
  installLink,
  nothingLogged,
  openProfiles,
  otherClientId,
} from './support.ts';

const ssoSecret = '6f4d1f0e-2f55-4e0a-9a57-3a3b6d1f5c11';
const ed25519 = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

describe('what the developer says of the app', () => {
  it('is kept over a restart, and changed fact by fact', async () => {
    const { profiles, reopen } = await openProfiles();
    const { id, portal } = await profiles.add({
      clientId,
      portal: { targetUser: 'sub-account', redirectUrls: ['https://dev.example/oauth/callback'] },
    });
    expect(portal).toEqual({
      ...portalFacts.parse({}),
      targetUser: 'sub-account',
      redirectUrls: ['https://dev.example/oauth/callback'],
    });
    await profiles.update(id, {
      portal: { listing: 'white-label', webhookEvents: ['ContactCreate'], conversationProviderId: 'abc' },
    });
    const again = await reopen();
    expect(again.profiles.get(id).portal).toMatchObject({
      targetUser: 'sub-account',
      listing: 'white-label',
      webhookEvents: ['ContactCreate'],
      conversationProviderId: 'abc',
      bulkInstall: null,
    });
  });

  it('is "not said" for a settings file of before', async () => {
    const { dataDir, profiles, reopen } = await openProfiles();
    const { id } = await profiles.add({ clientId, clientSecret });
    const file = join(dataDir, 'settings.json');
    const stored = JSON.parse(await readFile(file, 'utf8')) as { profiles: Record<string, unknown>[] };
    for (const each of stored.profiles) {
      delete each['portal'];
      delete each['hasSsoSecret'];
    }
    await writeFile(file, JSON.stringify(stored));
    const again = await reopen();
    expect(again.profiles.get(id)).toMatchObject({ portal: portalFacts.parse({}), hasSsoSecret: false });
  });

  it('with webhook keys that count for this app, and are what they say', async () => {
    const { profiles } = await openProfiles();
    const { id } = await profiles.add({
      clientId,
      webhookKeys: [{ scheme: 'ed25519', pem: ed25519.publicKey }],
    });
    expect(profiles.derivationContext().keys).toContainEqual({
      scheme: 'ed25519',
      pem: ed25519.publicKey.trim(),
      owner: 'profile',
      profileId: id,
    });
    for (const [scheme, pem] of [
      ['rsa', ed25519.publicKey],
      ['ed25519', 'hello'],
      ['ed25519', ed25519.privateKey],
    ] as const) {
      await expect(profiles.update(id, { webhookKeys: [{ scheme, pem }] })).rejects.toMatchObject({
        code: 'bad_input',
        message: expect.stringContaining('is not a public'),
      });
    }
    await profiles.update(id, { webhookKeys: [] });
    expect(profiles.get(id).keys).toEqual([]);
  });

  it('with another API host, on purpose', async () => {
    const { profiles } = await openProfiles();
    const { id } = await profiles.add({ clientId });
    expect((await profiles.update(id, { apiHost: 'https://staging.example/x' })).hosts.api).toBe(
      'https://staging.example',
    );
  });
});

describe('the shared secret', () => {
  it('is in the vault only, is flagged, and can be forgotten', async () => {
    const { dataDir, profiles, vault } = await openProfiles();
    const { id, hasSsoSecret } = await profiles.add({ clientId, ssoSecret });
    expect(hasSsoSecret).toBe(true);
    expect(await vault.get(`profile/${id}/sso-secret`)).toBe(ssoSecret);
    expect(await readFile(join(dataDir, 'settings.json'), 'utf8')).not.toContain(ssoSecret);
    expect(await profiles.readUserContext(id, 'hello')).toMatchObject({ ok: false, reason: 'not-base64' });
    expect((await profiles.update(id, { ssoSecret: '' })).hasSsoSecret).toBe(false);
    await expect(profiles.readUserContext(id, 'hello')).rejects.toMatchObject({ code: 'secret_missing' });
  });
});

describe('a duplicate', () => {
  it('is the same app with its secrets, on paths of its own', async () => {
    const { profiles, vault } = await openProfiles();
    const { id } = await profiles.add({ name: 'Acme', clientId, clientSecret, ssoSecret, installLink });
    const copy = await profiles.duplicate(id);
    expect(copy).toMatchObject({
      id: 'acme-copy',
      name: 'Acme copy',
      clientId,
      installLink,
      hasSecret: true,
      hasSsoSecret: true,
    });
    expect(await vault.get('profile/acme-copy/client-secret')).toBe(clientSecret);
    expect(profiles.addresses(copy.id).webhookUrl).toBe('https://dev.example/webhooks/acme-copy');
    // A copy can be changed although its app has two profiles now.
    expect(
      await profiles.update(copy.id, { name: 'Test version', scopes: ['users.readonly'] }),
    ).toMatchObject({
      id: 'acme-copy',
      name: 'Test version',
    });
    expect(profiles.get(id).scopes).toEqual(['contacts.readonly', 'locations.readonly']);
    expect((await profiles.duplicate(id)).id).toBe('acme-copy-2');
  });
});

describe('a file', () => {
  it('carries everything but secrets, and comes back as a profile without them', async () => {
    const { profiles } = await openProfiles();
    const { id } = await profiles.add({
      name: 'Acme',
      clientId,
      clientSecret,
      ssoSecret,
      installLink: `${installLink}&state=kept-to-myself`,
      routes: [
        {
          kind: 'provider',
          path: '/sms',
          answer: { status: 200, contentType: 'text/plain', body: `secret=${clientSecret}` },
        },
      ],
      portal: { redirectUrls: ['https://me:pass-word@dev.example/cb'], listing: 'standard' },
    });
    const { fileName, content } = profiles.exportFile(id);
    expect(fileName).toBe('acme.profile.json');
    for (const secret of [clientSecret, ssoSecret, 'kept-to-myself', 'pass-word']) {
      expect(content).not.toContain(secret);
    }
    const other = await openProfiles();
    expect(other.profiles.readFile(content)).toEqual({
      name: 'Acme',
      clientId,
      environment: 'live',
      scopes: 2,
      foreign: [],
    });
    const added = await other.profiles.importFile(content, { trustForeign: false });
    expect(added).toMatchObject({
      name: 'Acme',
      appId,
      installLink,
      hasSecret: false,
      hasSsoSecret: false,
      portal: { listing: 'standard', redirectUrls: ['https://dev.example/cb'] },
    });
    expect(other.vault.names('')).toEqual([]);
    await expect(other.profiles.importFile(content, { trustForeign: false })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('takes free paths where its own are taken', async () => {
    const { profiles } = await openProfiles();
    const source = await openProfiles();
    await profiles.add({ name: 'First', clientId: otherClientId });
    const { id } = await source.profiles.add({ name: 'Acme', clientId });
    await profiles.importFile(source.profiles.exportFile(id).content, { trustForeign: false });
    expect(profiles.addresses(profileId.parse('acme')).webhookUrl).toBe('https://dev.example/webhooks/acme');
  });

  it.each([
    ['not json', 'it is not valid JSON'],
    ['[]', 'not a profile file of HighLevel Companion'],
    ['{"format":"other"}', 'not a profile file of HighLevel Companion'],
    ['{"format":"highlevel-companion/profile","version":1,"profile":{"name":""}}', '"profile.name"'],
  ])('that is none is refused: %s', async (content, said) => {
    const { profiles } = await openProfiles();
    await expect(profiles.importFile(content, { trustForeign: false })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining(said),
    });
    expect(profiles.list()).toEqual([]);
  });

  it('with a key that is none is refused, trusted or not', async () => {
    const source = await openProfiles();
    const { id } = await source.profiles.add({
      clientId,
      webhookKeys: [{ scheme: 'ed25519', pem: ed25519.publicKey }],
    });
    const content = source.profiles.exportFile(id).content.replace('"ed25519"', '"rsa"');
    const { profiles } = await openProfiles();
    await expect(profiles.importFile(content, { trustForeign: true })).rejects.toMatchObject({
      code: 'bad_input',
      message: 'The webhook key is not a public RSA key in PEM.',
    });
  });

  it('that would send secrets elsewhere, or brings keys, is taken only on purpose', async () => {
    const source = await openProfiles();
    const { id } = await source.profiles.add({
      clientId,
      webhookKeys: [{ scheme: 'ed25519', pem: ed25519.publicKey }],
    });
    const withKeys = source.profiles.exportFile(id).content;
    await source.profiles.update(id, { webhookKeys: [], apiHost: 'https://evil.example' });
    const withHost = source.profiles.exportFile(id).content;
    for (const [content, said] of [
      [withKeys, 'keys of its own'],
      [withHost, 'https://evil.example'],
    ] as const) {
      const { profiles } = await openProfiles();
      expect(profiles.readFile(content).foreign).toEqual([expect.stringContaining(said)]);
      await expect(profiles.importFile(content, { trustForeign: false })).rejects.toMatchObject({
        code: 'bad_input',
        message: expect.stringContaining(said),
      });
      expect(await profiles.importFile(content, { trustForeign: true })).toMatchObject({ clientId });
    }
  });
});

describe('removing', () => {
  it('says first what depends on the profile', async () => {
    const { profiles } = await openProfiles({
      store: { count: () => Promise.resolve(3), page: () => Promise.reject(new Error('not asked for')) },
    });
    const { id } = await profiles.add({ name: 'Acme', clientId, clientSecret, ssoSecret });
    expect(await profiles.dependants(id)).toEqual({
      tokens: 0,
      companyTokens: 0,
      exchanges: 3,
      secrets: ['client secret', 'shared secret'],
      paths: ['/oauth/callback', '/webhooks'],
      sentences: [
        'The client secret and the shared secret will be deleted; the portal shows a secret only once.',
        'What arrives at /oauth/callback, /webhooks will be recorded for no app, or answered 404.',
        '3 recorded exchanges will stay, without an app to belong to.',
      ],
    });
  });

  it('can be undone once, with secrets, tokens, place and the active profile', async () => {
    const back: string[] = [];
    const { profiles, vault, settings } = await openProfiles({
      onRemoved: (id) =>
        Promise.resolve(() => {
          back.push(id);
          return Promise.resolve();
        }),
    });
    await expect(profiles.undoRemove()).rejects.toMatchObject({ code: 'not_found' });
    const first = await profiles.add({ name: 'First', clientId, clientSecret, ssoSecret });
    await profiles.add({ name: 'Second', clientId: otherClientId });
    await profiles.remove(first.id);
    expect([vault.names(''), settings.get('activeProfile')]).toEqual([[], 'second']);
    expect(await profiles.undoRemove()).toEqual(first);
    expect(profiles.list().map(({ id }) => id)).toEqual(['first', 'second']);
    expect(settings.get('activeProfile')).toBe('first');
    expect(await vault.get('profile/first/sso-secret')).toBe(ssoSecret);
    expect(await vault.get('profile/first/client-secret')).toBe(clientSecret);
    expect(back).toEqual(['first']);
    await expect(profiles.undoRemove()).rejects.toMatchObject({ code: 'not_found' });
  });

  it('goes without the vault’s passphrase; then only the profile comes back', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'profiles-'));
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const open = async (passphrase: string | null) => {
      const box = createPassphraseBox({ dataDir, passphrase, cost: 10 });
      const vault = await createVault({ box, dataDir, log: nothingLogged });
      const settings = createConfSettings({ dataDir });
      const profiles = createProfiles({
        ports: { settings, log: nothingLogged, now: () => 1_767_225_600_000 },
        vault,
        baseUrl: () => ({ base: 'https://dev.example/', public: true }),
      });
      return { vault, profiles };
    };
    const before = await open('correct horse');
    const { id } = await before.profiles.add({ name: 'First', clientId, clientSecret });
    await before.vault.dispose();
    const locked = await open(null);
    expect(locked.profiles.get(id).hasSecret).toBe(true);
    await locked.profiles.remove(id);
    expect(locked.vault.names('')).toEqual([]);
    expect(await locked.profiles.undoRemove()).toMatchObject({ id, hasSecret: false });
  });

  it('cannot be undone once the place is taken, and stays undoable when it is free again', async () => {
    const { profiles } = await openProfiles();
    const first = await profiles.add({ name: 'First', clientId });
    await profiles.remove(first.id);
    const thief = await profiles.add({ name: 'Thief', clientId: otherClientId });
    await expect(profiles.undoRemove()).rejects.toMatchObject({
      code: 'conflict',
      message: 'The path /webhooks belongs to the profile "Thief".',
    });
    await profiles.update(thief.id, { webhookPath: '/elsewhere' });
    expect(await profiles.undoRemove()).toMatchObject({ id: 'first' });
  });
});

describe('the linter of a profile', () => {
  it('looks at the pasted link with what is known of the app and of this companion', async () => {
    const { profiles } = await openProfiles();
    const { id } = await profiles.add({ clientId, installLink, portal: { listing: 'standard' } });
    const { link, findings, fixed } = profiles.lint(id);
    expect(link).toBe(installLink);
    expect(findings.map(({ code }) => code)).toEqual(['host-listing', 'version-id-pinned']);
    expect(fixed).toBe(installLink.replace('leadconnectorhq', 'gohighlevel'));
    expect(profiles.lint(id, fixed ?? '').fixed).toBeNull();
  });

  it('builds the link where none was pasted, and takes a link that is not saved', async () => {
    const { profiles } = await openProfiles({
      baseUrl: () => ({ base: 'https://my-ghl.ngrok.app', public: true }),
    });
    const { id } = await profiles.add({ clientId, scopes: ['contacts.readonly', 'snapshots.readonly'] });
    const { link, findings } = profiles.lint(id);
    expect(new URL(link).searchParams.get('redirect_uri')).toBe('https://my-ghl.ngrok.app/oauth/callback');
    expect(findings.map(({ code }) => code)).toEqual(['tunnel-brand', 'scope-agency-only']);
    expect(profiles.lint(id, 'nothing').findings.map(({ code }) => code)).toEqual(['not-a-link']);
  });
});
