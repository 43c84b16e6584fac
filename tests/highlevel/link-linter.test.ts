import { describe, expect, it } from 'vitest';
import { consentHosts } from '../../src/shared/highlevel/hosts.ts';
import { editLink } from '../../src/shared/highlevel/link-lint/edit-link.ts';
import { editDistance, nearestScope } from '../../src/shared/highlevel/link-lint/nearest.ts';
import {
  emptyLinkContext,
  fixInstallLink,
  lintCodes,
  lintInstallLink,
} from '../../src/shared/highlevel/link-linter.ts';
import type { LinkContext, LintCode } from '../../src/shared/highlevel/link-linter.ts';
import { scopes } from '../../src/shared/highlevel/scopes.ts';

const appId = '665c6bb13d4e5364bdec0e2f';
const clientId = `${appId}-mawqjyjd`;
const own = 'https://dev.example/oauth/callback';
const white = consentHosts['white-label'];
const good =
  `${consentHosts.standard}/v2/oauth/chooselocation?response_type=code` +
  `&redirect_uri=${encodeURIComponent(own)}&client_id=${clientId}` +
  `&scope=contacts.readonly+conversations%2Fmessage.write`;
const linkTo = (redirect: string) => editLink(good, { set: { redirect_uri: redirect } });
const asking = (scope: string) => good.replace(/&scope=.*$/, `&scope=${scope}`);
const seen = new Set<LintCode>();

function lint(link: string, context: Partial<LinkContext> = {}) {
  const findings = lintInstallLink(link, { ...emptyLinkContext, ...context });
  for (const { code, what } of findings) {
    seen.add(code);
    expect(what).toMatch(/^[^\n]+[.!"]$/);
  }
  return findings;
}
const codes = (link: string, context: Partial<LinkContext> = {}) =>
  lint(link, context).map(({ code }) => code);
/** The finding of a code: its severity, and the link after its fix. */
const found = (code: LintCode, link: string, context: Partial<LinkContext> = {}) => {
  const finding = lint(link, context).find((each) => each.code === code);
  if (finding === undefined) throw new Error(`${code} was not found in ${link}`);
  return { ...finding, fixed: finding.fix?.link ?? null };
};

describe('the shape of the link (portal link, documented parameters)', () => {
  it('a link as the portal makes it gives nothing to say', () => {
    expect(codes(good)).toEqual([]);
    expect(
      codes(good, {
        clientId,
        listing: 'standard',
        redirectUrls: [own],
        ownRedirectUrl: own,
        targetUser: 'sub-account',
        whoCanInstall: 'both',
        visibility: 'public',
        savedScopes: ['contacts.readonly', 'conversations/message.write'],
        tunnelHostname: 'dev.example',
      }),
    ).toEqual([]);
    expect(fixInstallLink(good, emptyLinkContext)).toBe(good);
  });

  it('loginWindowOpenMode=self is fine, any other value opens a new tab', () => {
    expect(codes(`${good}&loginWindowOpenMode=self`)).toEqual([]);
    expect(found('login-window', `${good}&loginWindowOpenMode=same`)).toMatchObject({
      severity: 'warning',
      fixed: `${good}&loginWindowOpenMode=self`,
    });
  });

  it('the path without /v2 still opens, and the fix brings it up to date', () => {
    const old = good.replace('/v2/', '/');
    expect(found('old-path', old)).toMatchObject({ severity: 'note', fixed: good });
    expect(found('wrong-path', good.replace('/v2/oauth/chooselocation', '/oauth/authorize'))).toMatchObject({
      severity: 'error',
      fixed: good,
    });
  });

  it('the SDK’s link (old path, no state, + for blanks) reads with a note only', () => {
    const sdk = `https://marketplace.gohighlevel.com/oauth/chooselocation?response_type=code&client_id=${clientId}&redirect_uri=${encodeURIComponent(own)}&scope=contacts.readonly+conversations%2Fmessage.write`;
    expect(codes(sdk)).toEqual(['old-path']);
  });

  it('version_id: of the first version, of another, unknown, and no id at all', () => {
    const pinned = `${good}&version_id=${appId}`;
    expect(found('version-id-pinned', pinned)).toMatchObject({ severity: 'note', fixed: good });
    expect(found('version-id-pinned', pinned).what).toContain('first version');
    const other = `${good}&version_id=775c6bb13d4e5364bdec0e2f`;
    expect(found('version-id-unknown', other, { versionIds: [appId] })).toMatchObject({
      severity: 'warning',
      fixed: good,
    });
    expect(codes(other, { versionIds: ['775c6bb13d4e5364bdec0e2f'] })).toEqual(['version-id-pinned']);
    expect(found('version-id', `${good}&version_id=2`)).toMatchObject({ severity: 'error', fixed: good });
  });

  it('response_type, client_id and redirect_uri have to be there and right', () => {
    expect(found('response-type', good.replace('response_type=code', 'response_type=token')).fixed).toBe(
      good,
    );
    expect(found('response-type', good.replace('response_type=code&', '')).severity).toBe('error');
    expect(found('client-id', good.replace(clientId, 'my-app'), { clientId }).fixed).toBe(good);
    expect(found('client-id', editLink(good, { drop: ['client_id'] })).fix).toBeNull();
    const twin = '775c6bb13d4e5364bdec0e2f-aaaaaaaa';
    expect(found('client-id-other', good.replace(clientId, twin), { clientId }).fixed).toBe(good);
    expect(found('redirect-missing', editLink(good, { drop: ['redirect_uri'] })).fix).toBeNull();
    expect(found('redirect-unreadable', linkTo('callback'), { ownRedirectUrl: own }).fixed).toBe(good);
  });

  it('a redirect URL whose own query is not encoded loses it, and the fix encodes it', () => {
    const raw = good.replace(encodeURIComponent(own), `${own}?app=1&tab=2`);
    expect(found('unknown-parameter', raw)).toMatchObject({
      severity: 'error',
      fixed: linkTo(`${own}?app=1&tab=2`),
    });
    expect(found('unknown-parameter', `${good}&utm_source=mail`)).toMatchObject({
      severity: 'warning',
      fixed: good,
    });
    expect(found('repeated-parameter', `${good}&scope=users.readonly`).severity).toBe('error');
  });

  it('text that is no link, and a link broken over lines', () => {
    expect(lint('install me')).toMatchObject([{ code: 'not-a-link', severity: 'error', fix: null }]);
    const broken = good.replace('&client_id', '\n  &client_id').replace('+', ' ');
    expect(found('blank-in-link', broken).fixed).toBe(good.replace('+', '%20'));
  });
});

describe('the encoding of scopes', () => {
  it.each([['+'], ['%20']])('a blank sent as %s works', (blank) => {
    expect(codes(asking(`contacts.readonly${blank}conversations/message.write`))).toEqual([]);
  });

  it('a plus encoded as %2B does not, and the fix joins by blanks', () => {
    expect(found('scope-escaped-plus', asking('contacts.readonly%2Bcontacts.write'))).toMatchObject({
      severity: 'error',
      fixed: asking('contacts.readonly%20contacts.write'),
    });
  });

  it('commas do not, repeats are said, and no scope at all is said', () => {
    expect(found('scope-separator', asking('contacts.readonly,contacts.write')).fixed).toBe(
      asking('contacts.readonly%20contacts.write'),
    );
    expect(found('scope-repeated', asking('contacts.readonly+contacts.readonly')).fixed).toBe(
      asking('contacts.readonly'),
    );
    expect(found('scope-missing', asking(''), { savedScopes: ['users.readonly'] }).fixed).toBe(
      asking('users.readonly'),
    );
    expect(found('scope-missing', asking('')).fix).toBeNull();
  });

  it.each([
    ['contact.readonly', 'contacts.readonly'],
    ['contacts.read', 'contacts.readonly'],
    ['contacts.readOnly', 'contacts.readonly'],
    ['contacts.wirte', 'contacts.write'],
    ['conversations.message.write', 'conversations/message.write'],
    ['opportunity.readonly', 'opportunities.readonly'],
    ['calendars/event.write', 'calendars/events.write'],
    ['location.readonly', 'locations.readonly'],
    ['socialplanner/posts.write', 'socialplanner/post.write'],
  ])('the mistyped %s gets the spelling %s, before HighLevel says "cannot be added"', (wrong, right) => {
    const finding = found('scope-misspelt', asking(`users.readonly+${encodeURIComponent(wrong)}`));
    expect(finding).toMatchObject({
      severity: 'error',
      fixed: asking(`users.readonly%20${encodeURIComponent(right)}`),
    });
    expect(finding.what).toContain('This integration cannot be added, please contact the developer!');
  });

  it('a name nobody knows is a warning; one seen on a token of the app is not', () => {
    expect(found('scope-unknown', asking('contacts.readonly+telepathy.write'))).toMatchObject({
      severity: 'warning',
      fixed: asking('contacts.readonly'),
    });
    expect(codes(asking('telepathy.write'), { knownScopes: ['telepathy.write'] })).toEqual([]);
  });

  it.each(scopes.filter(({ liveSpelling }) => liveSpelling !== null))(
    'the documented spelling $name is told from the live one, $liveSpelling',
    ({ name, liveSpelling }) => {
      expect(found('scope-spelling', asking(encodeURIComponent(name))).fixed).toBe(
        asking(encodeURIComponent(liveSpelling ?? '')),
      );
    },
  );

  it('no known scope is taken for a misspelt one', () => {
    const names = scopes.filter(({ liveSpelling }) => liveSpelling === null).map(({ name }) => name);
    expect(
      codes(asking(encodeURIComponent(names.join(' '))), { targetUser: 'agency' }).filter(
        (code) => code !== 'scope-sensitive',
      ),
    ).toEqual([]);
  });

  it('scopes that are not saved on the app version end the install', () => {
    const asked = asking('contacts.readonly+contacts.write');
    expect(found('scope-not-saved', asked, { savedScopes: ['contacts.readonly'] }).fixed).toBe(
      asking('contacts.readonly'),
    );
    expect(found('scope-not-saved', asked, { savedScopes: ['users.readonly'] }).fixed).toBe(
      asking('users.readonly'),
    );
    expect(codes(asking('locations/write'), { savedScopes: ['locations.write'] })).not.toContain(
      'scope-not-saved',
    );
  });

  it('agency-only scopes keep sub-account users from installing', () => {
    const asked = asking('contacts.readonly+snapshots.readonly');
    expect(
      found('scope-agency-only', asked, { targetUser: 'sub-account', whoCanInstall: 'both' }),
    ).toMatchObject({ severity: 'error', fixed: asking('contacts.readonly') });
    expect(found('scope-agency-only', asked).severity).toBe('warning');
    expect(codes(asked, { targetUser: 'agency' })).toEqual([]);
    expect(codes(asked, { targetUser: 'sub-account', whoCanInstall: 'agency' })).toEqual([]);
  });

  it('the portal asks for confirmation of users.write and locations.write', () => {
    expect(found('scope-sensitive', asking('users.write'))).toMatchObject({ severity: 'note', fix: null });
  });
});

describe('the host against the listing', () => {
  it('a white-label app on gohighlevel.com ends on "No integration found with the ID"', () => {
    const finding = found('host-listing', good, { listing: 'white-label' });
    expect(finding).toMatchObject({
      severity: 'error',
      fixed: good.replace(consentHosts.standard, white),
    });
    expect(finding.what).toContain(`No integration found with the ID: ${appId}`);
  });

  it('a standard app on leadconnectorhq.com is warned of', () => {
    const link = good.replace(consentHosts.standard, white);
    expect(found('host-listing', link, { listing: 'standard' })).toMatchObject({
      severity: 'warning',
      fixed: good,
    });
    expect(codes(link, { listing: 'white-label' })).toEqual([]);
  });

  it('http, a foreign host, and the simulator’s own', () => {
    expect(found('consent-http', good.replace('https:', 'http:')).fixed).toBe(good);
    const foreign = good.replace('marketplace.gohighlevel.com', 'app.gohighlevel.com');
    expect(found('consent-host', foreign)).toMatchObject({ severity: 'error', fixed: good });
    const simulator = 'http://localhost:4402';
    const simulated = good.replace(consentHosts.standard, simulator);
    expect(codes(simulated, { simulator })).toEqual([]);
    expect(found('consent-host', good, { simulator }).fixed).toBe(simulated);
  });

  it('a private app is blocked at its sixth agency', () => {
    expect(found('private-limit', good, { visibility: 'private' })).toMatchObject({
      severity: 'note',
      fix: null,
    });
  });
});

describe('state and PKCE', () => {
  it('a fixed state proves nothing and is replaced; PKCE is not documented for installs', () => {
    expect(found('state-in-link', `${good}&state=abc`)).toMatchObject({ severity: 'note', fixed: good });
    expect(found('pkce', `${good}&code_challenge=x&code_challenge_method=S256`)).toMatchObject({
      severity: 'warning',
      fixed: good,
    });
  });
});

describe('the callback', () => {
  it('brings code and state, so the redirect URL may not have parameters of these names', () => {
    expect(found('redirect-reserved', linkTo(`${own}?code=1&x=2&state=3`)).fixed).toBe(linkTo(`${own}?x=2`));
  });

  it('lands elsewhere when the redirect URL is not this companion’s', () => {
    const elsewhere = linkTo('https://prod.example/cb');
    expect(found('redirect-elsewhere', elsewhere, { ownRedirectUrl: own }).fixed).toBe(good);
    expect(
      found('redirect-elsewhere', elsewhere, {
        ownRedirectUrl: own,
        redirectUrls: ['https://prod.example/cb'],
      }).fix,
    ).toBeNull();
  });
});

describe('the rules of redirect URLs', () => {
  it('http is accepted on the developer’s machine, and warned of elsewhere', () => {
    const local = linkTo('http://localhost:3000/oauth/callback');
    expect(found('redirect-local', local).severity).toBe('note');
    expect(codes(linkTo('https://localhost/cb'))).toEqual([]);
    expect(found('redirect-http', linkTo('http://dev.example/oauth/callback'))).toMatchObject({
      severity: 'warning',
      fixed: good,
    });
  });

  it('no credentials, no fragment, each once', () => {
    expect(found('redirect-credentials', linkTo('https://me:pw@dev.example/oauth/callback')).fixed).toBe(
      good,
    );
    expect(found('redirect-fragment', linkTo(`${own}#done`)).fixed).toBe(good);
    expect(found('redirect-listed-twice', good, { redirectUrls: [own, own] }).fix).toBeNull();
  });

  it.each([
    ['https://dev.example/oauth/callback/', 'in the slash at the end'],
    ['http://dev.example/oauth/callback', 'in beginning with https://'],
    ['https://dev.example:8443/oauth/callback', 'in the port'],
    ['https://www.dev.example/oauth/callback', 'in the host'],
    ['https://dev.example/OAuth/callback', 'in upper and lower case of the path'],
    ['https://dev.example/oauth/return', 'in the path'],
    ['https://dev.example/oauth/callback?x=1', 'in the query'],
    ['https://DEV.example/oauth/callback', 'in spelling only (case or encoding)'],
  ])('must match byte for byte: %s differs %s', (redirect, difference) => {
    const finding = found('redirect-not-registered', linkTo(redirect), {
      redirectUrls: ['https://other.example/a', own],
    });
    expect(finding).toMatchObject({ severity: 'error', fixed: good });
    expect(finding.what).toContain(`differs ${difference}.`);
  });

  it.each([
    'https://dev.example/oauth/callback/gohighlevel',
    'https://dev.example/ghl/callback',
    'https://my-ghl-app.ngrok.app/cb',
    'https://dev.example/high-level/cb',
    'https://HighLevel.example/cb',
  ])('of white-label apps may not name HighLevel: %s', (redirect) => {
    const link = editLink(linkTo(redirect), { base: white });
    expect(found('redirect-brand', link, { ownRedirectUrl: own })).toMatchObject({
      severity: 'error',
      fixed: editLink(good, { base: white }),
    });
    expect(codes(linkTo(redirect))).toEqual([]);
    expect(found('redirect-brand', linkTo(redirect), { listing: 'white-label' }).fix).toBeNull();
  });

  it('the tunnel’s own host name counts as well', () => {
    const tunnelHostname = 'my-ghl-app.ngrok.app';
    expect(found('tunnel-brand', good, { tunnelHostname }).severity).toBe('warning');
    expect(found('tunnel-brand', good, { tunnelHostname, listing: 'white-label' }).severity).toBe('error');
  });
});

it('every fix takes its own finding away, and all of them together leave only decisions', () => {
  const context: LinkContext = {
    ...emptyLinkContext,
    clientId,
    listing: 'white-label',
    redirectUrls: [own],
    ownRedirectUrl: own,
    targetUser: 'sub-account',
    whoCanInstall: 'both',
    savedScopes: ['contacts.readonly', 'locations.readonly'],
  };
  const bad =
    `http://marketplace.gohighlevel.com/oauth/chooselocation?redirect_uri=http://dev.example/ghl/cb/&client_id=nope` +
    '&scope=contact.readonly%2Bsnapshots.write%2Btelepathy.read&version_id=1&state=1&code_challenge=2&utm=3';
  for (const finding of lint(bad, context)) {
    if (finding.fix === null) continue;
    const left = lint(finding.fix.link, context).filter(({ code }) => code === finding.code);
    expect(left.map(({ what }) => what)).not.toContain(finding.what);
  }
  const fixed = fixInstallLink(bad, context);
  const left = lint(fixed, context).filter(({ severity }) => severity !== 'note');
  expect(left.map(({ code }) => code)).toEqual(['scope-agency-only', 'scope-unknown', 'scope-not-saved']);
  expect(new URL(fixed).searchParams.get('scope')).toBe('contacts.readonly snapshots.write telepathy.read');
  const severities = lint(bad, context).map(({ severity }) => severity);
  expect(severities).toEqual([
    ...severities.filter((each) => each === 'error'),
    ...severities.filter((each) => each === 'warning'),
    ...severities.filter((each) => each === 'note'),
  ]);
});

it('distances are counted with swaps, and far names are left alone', () => {
  expect(editDistance('contacts.wirte', 'contacts.write')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
  expect(nearestScope('x', ['contacts.readonly'])).toBeNull();
});

it('every code of the linter is proved here', () => {
  expect(lintCodes.filter((code) => !seen.has(code))).toEqual([]);
});
