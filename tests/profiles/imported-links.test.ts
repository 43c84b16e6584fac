import { HighLevel } from '@gohighlevel/api-client';
import { expect, it } from 'vitest';
import { appId, clientId, clientSecret, openProfiles } from './support.ts';

const redirectUrl = 'https://dev.example/oauth/callback';
const scopes = ['contacts.readonly', 'conversations/message.write'];
const query =
  `response_type=code&redirect_uri=${encodeURIComponent(redirectUrl)}&client_id=${clientId}` +
  '&scope=contacts.readonly+conversations%2Fmessage.write';
const official = new HighLevel({ clientId, clientSecret }).oauth.getAuthorizationUrl(
  clientId,
  redirectUrl,
  scopes.join(' '),
);

it.each([
  {
    origin: 'the published client’s getAuthorizationUrl()',
    link: official,
    consent: 'https://marketplace.gohighlevel.com',
    versionId: null,
    listing: 'standard' as const,
    findings: ['old-path'],
  },
  {
    origin: 'the portal, with a version_id',
    link: `https://marketplace.gohighlevel.com/v2/oauth/chooselocation?${query}&version_id=${appId}`,
    consent: 'https://marketplace.gohighlevel.com',
    versionId: appId,
    listing: 'standard' as const,
    findings: ['version-id-pinned'],
  },
  {
    origin: 'the portal, for a white-label app',
    link: `https://marketplace.leadconnectorhq.com/v2/oauth/chooselocation?${query}`,
    consent: 'https://marketplace.leadconnectorhq.com',
    versionId: null,
    listing: 'white-label' as const,
    findings: [],
  },
])('a link of $origin is read whole', async ({ link, consent, versionId, listing, findings }) => {
  const { profiles } = await openProfiles();
  const added = await profiles.add({
    clientId,
    installLink: link,
    portal: { listing, redirectUrls: [redirectUrl] },
  });
  expect(added).toMatchObject({ appId, redirectUrl, scopes, versionId, hosts: { consent } });
  expect(profiles.lint(added.id).findings.map(({ code }) => code)).toEqual(findings);
});
