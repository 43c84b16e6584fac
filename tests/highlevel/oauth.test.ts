import { describe, expect, it } from 'vitest';
import { explainApiError } from '../../src/shared/highlevel/api-errors.ts';
import { consentHosts } from '../../src/shared/highlevel/hosts.ts';
import {
  appIdOf,
  buildInstallLink,
  hasEscapedPlus,
  parseInstallLink,
  splitScopes,
} from '../../src/shared/highlevel/install-link.ts';
import { decodeJwt, readAccessToken } from '../../src/shared/highlevel/jwt.ts';
import { explainTokenError } from '../../src/shared/highlevel/token-errors.ts';
import { checkRedirectUrl, checkWebhookUrl, hasBrandWord } from '../../src/shared/highlevel/url-rules.ts';
import { parseUrl } from '../../src/shared/highlevel/url-parts.ts';

const clientId = '665c6bb13d4e5364bdec0e2f-mawqjyjd';
const parts = {
  base: consentHosts.standard,
  clientId,
  redirectUri: 'https://example.com/oauth/callback?a=1&b=2',
  scopes: ['contacts.readonly', 'conversations/message.write'],
  state: 'a+b/c=',
  versionId: '665c6bb13d4e5364bdec0e2f',
};
const link = (changes: object = {}) => {
  const parsed = parseInstallLink(buildInstallLink({ ...parts, ...changes }));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.link;
};

describe('install links', () => {
  it('come back as they were built', () => {
    expect(link()).toEqual({
      hostKind: 'standard',
      base: 'https://marketplace.gohighlevel.com',
      path: '/v2/oauth/chooselocation',
      clientId,
      appId: '665c6bb13d4e5364bdec0e2f',
      redirectUri: parts.redirectUri,
      scopes: parts.scopes,
      versionId: parts.versionId,
      state: parts.state,
    });
    expect(link({ base: consentHosts['white-label'] }).hostKind).toBe('white-label');
    expect(link({ base: 'http://127.0.0.1:4402/' })).toMatchObject({
      hostKind: 'other',
      base: 'http://127.0.0.1:4402',
    });
    expect(link({ path: '/oauth/chooselocation' }).path).toBe('/oauth/chooselocation');
  });

  it('are understood by the platform’s own URL parser, with blanks as %20', () => {
    const built = buildInstallLink({ ...parts, loginWindowOpenMode: 'self' });
    expect(built).toContain('scope=contacts.readonly%20conversations%2Fmessage.write');
    const url = new URL(built);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      redirect_uri: parts.redirectUri,
      client_id: clientId,
      scope: parts.scopes.join(' '),
      version_id: parts.versionId,
      loginWindowOpenMode: 'self',
      state: parts.state,
    });
  });

  it.each(['a.readonly+b.write', 'a.readonly%20b.write', 'a.readonly%2Bb.write', 'a.readonly%20%20b.write+'])(
    'read the scopes %s',
    (scope) => {
      const url = `${consentHosts.standard}/v2/oauth/chooselocation?client_id=${clientId}&redirect_uri=http://localhost:3000/cb&scope=${scope}`;
      const parsed = parseInstallLink(`  ${url}\n`);
      expect(parsed.ok && parsed.link.scopes).toEqual(['a.readonly', 'b.write']);
      expect(hasEscapedPlus(url)).toBe(scope.includes('%2B'));
    },
  );

  it.each([
    ['marketplace.gohighlevel.com/v2', 'complete address'],
    ['javascript:alert(1)', 'complete address'],
    ['https://marketplace.gohighlevel.com/apps', 'its path is /apps'],
    ['https://marketplace.gohighlevel.com/v2/oauth/chooselocation', 'has no client_id'],
    ['https://marketplace.gohighlevel.com/oauth/chooselocation?client_id=abc', 'client_id "abc"'],
    [`https://marketplace.gohighlevel.com/oauth/chooselocation?client_id=${clientId}`, 'has no redirect_uri'],
    [
      `https://marketplace.gohighlevel.com/oauth/chooselocation?client_id=${clientId}&redirect_uri=cb`,
      'redirect_uri "cb"',
    ],
  ])('%s is refused in one sentence', (url, said) => {
    const parsed = parseInstallLink(url);
    expect(parsed).toMatchObject({ ok: false, error: expect.stringContaining(said) });
  });

  it('know the app id', () => {
    expect(appIdOf(clientId)).toBe('665c6bb13d4e5364bdec0e2f');
    expect(appIdOf('665c6bb13d4e5364bdec0e2f')).toBeNull();
    expect(splitScopes(' a  b,a+c ')).toEqual(['a', 'b', 'c']);
  });
});

describe('URLs', () => {
  it('are split', () => {
    expect(parseUrl('HTTPS://User:pw@Example.com:8443/a/b?x=1&y=a+b&z=%zz#top')).toEqual({
      scheme: 'https',
      credentials: 'User:pw',
      hostname: 'example.com',
      host: 'example.com:8443',
      path: '/a/b',
      query: [
        ['x', '1'],
        ['y', 'a b'],
        ['z', '%zz'],
      ],
      fragment: 'top',
    });
    expect(parseUrl('http://[::1]:3000')).toMatchObject({ hostname: '[::1]', path: '/', query: [] });
    for (const text of ['', 'example.com', 'ftp://a/b', 'http://', 'https://a b/'])
      expect(parseUrl(text)).toBeNull();
  });

  it('of redirects may be local, and must hide the brand in white-label apps', () => {
    expect(checkRedirectUrl('http://localhost:3000/oauth/callback', { whiteLabel: true })).toEqual([]);
    expect(checkRedirectUrl('https://my-ghl-app.ngrok.app/cb', { whiteLabel: false })).toEqual([]);
    expect(checkRedirectUrl('https://my-ghl-app.ngrok.app/cb', { whiteLabel: true })).toHaveLength(1);
    expect(checkRedirectUrl('http://user:pw@example.com/cb', { whiteLabel: false })).toHaveLength(2);
    expect(hasBrandWord('https://example.com/oauth/callback/gohighlevel')).toBe(true);
    expect(hasBrandWord('https://example.com/oauth/callback')).toBe(false);
  });

  it.each([
    'http://example.com/w',
    'https://localhost/w',
    'https://10.0.0.4/w',
    'https://172.20.1.1/w',
    'https://192.168.1.2/w',
    'https://box.local/w',
    'https://[::1]/w',
    'https://a:b@example.com/w',
  ])('of webhooks cannot be %s', (url) => {
    expect(checkWebhookUrl(url)).toHaveLength(1);
  });

  it('of webhooks are public https', () => {
    expect(checkWebhookUrl('https://abc.ngrok.app/webhooks')).toEqual([]);
    expect(checkWebhookUrl('https://8.8.8.8/webhooks')).toEqual([]);
  });
});

describe('tokens', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('say what they are for', () => {
    const token = `${encode({ alg: 'RS256' })}.${encode({ authClass: 'Location', authClassId: 'abc', iat: 1, exp: 86_400, note: 'Zoë 🚀' })}.sig`;
    expect(readAccessToken(token)).toEqual({
      authClass: 'Location',
      authClassId: 'abc',
      issuedAt: 1,
      expiresAt: 86_400,
      claims: { authClass: 'Location', authClassId: 'abc', iat: 1, exp: 86_400, note: 'Zoë 🚀' },
    });
  });

  it.each([
    '',
    'pit-12345',
    'a.b.c',
    'a.bm90IGpzb24.c',
    `a.${encode([1])}.c`,
    `a.${encode('x')}.c`,
    'a.!!!!.c',
    'a._w.c',
  ])('%j holds no claims', (token) => {
    expect(decodeJwt(token)).toBeNull();
  });
});

describe('errors of the token endpoint', () => {
  it.each([
    [
      400,
      { statusCode: 400, message: 'Invalid grant: refresh token is invalid' },
      'refresh_token',
      'invalid-refresh-token',
    ],
    [400, { message: 'Invalid grant: authorization code is invalid' }, 'authorization_code', 'invalid-code'],
    [401, { error: 'invalid_grant' }, 'authorization_code', 'invalid-code'],
    [401, { error: 'invalid_grant' }, 'refresh_token', 'invalid-refresh-token'],
    [
      400,
      { message: 'Invalid client: cannot retrieve client credentials' },
      'authorization_code',
      'invalid-client',
    ],
    [401, { error: 'invalid_client', error_description: 'no' }, 'authorization_code', 'invalid-client'],
    [400, { message: 'Location is not active', traceId: 't-1' }, 'refresh_token', 'inactive-location'],
    [400, { message: 'Missing parameter: clientId' }, 'authorization_code', 'missing-parameter'],
    [400, { message: 'Invalid parameter: grantType' }, 'authorization_code', 'invalid-parameter'],
    [
      422,
      { message: ['grant_type must be a valid enum value'], error: 'Unprocessable Entity' },
      'authorization_code',
      'invalid-parameter',
    ],
    [
      422,
      { message: ['grant_type must be a valid enum value', 'grant_type should not be empty'] },
      'authorization_code',
      'missing-parameter',
    ],
    [
      400,
      { message: 'Invalid grant: redirect_uri does not match' },
      'authorization_code',
      'redirect-mismatch',
    ],
    [
      400,
      { message: 'API endpoint has been removed', error: 'Bad Request' },
      'refresh_token',
      'endpoint-removed',
    ],
    [429, '', 'refresh_token', 'rate-limited'],
    [502, '<html>Bad Gateway</html>', 'refresh_token', 'server-error'],
    [400, '{"message"', 'refresh_token', 'unknown'],
    [418, null, 'location', 'unknown'],
  ] as const)('%i %j for %s is %s', (status, body, grant, kind) => {
    const error = explainTokenError(status, body, grant);
    expect(error.kind).toBe(kind);
    expect(error.sentence).toMatch(/\.$/);
    expect(error.remedy).toMatch(/\.$/);
  });

  it('keep the trace id and say that a paused sub-account loses nothing', () => {
    const error = explainTokenError(
      400,
      '{"message":"Location is not active","traceId":"t-1"}',
      'refresh_token',
    );
    expect(error).toMatchObject({ traceId: 't-1', final: false });
    expect(
      explainTokenError(400, { message: 'Invalid grant: refresh token is invalid' }, 'refresh_token').final,
    ).toBe(true);
  });
});

describe('errors of the API', () => {
  it.each([
    [401, { message: 'version header was not found.' }, /Version header/],
    [401, { message: 'version header is invalid.' }, /Version header/],
    [401, { message: 'The token is not authorized for this scope.' }, /lacks the scope/],
    [403, { message: 'The token does not have access to this location.' }, /another sub-account/],
    [401, { message: 'Invalid JWT' }, /expired/],
    [401, { message: 'Invalid Private Integration token' }, /private integration/],
    [401, {}, /does not accept the token/],
    [401, { message: "This token's user type is not yet supported!" }, /level/],
    [
      400,
      { message: 'Endpoint /oauth/installedLocations not available in API version v3.' },
      /under the Version/,
    ],
    [404, { message: 'Cannot GET /emails/locations/x/templates' }, /no such path/],
    [404, { message: 'Contact not found' }, /under this id/],
    [422, { message: ['property locationId should not exist'] }, /locationId/],
    [422, { message: ['email must be an email'] }, /A field/],
    [429, '', /rate limit/],
    [503, 'upstream', /on its side/],
    [409, null, /refused the request/],
  ] as const)('%i %j is explained', (status, body, sentence) => {
    expect(explainApiError(status, body)?.sentence).toMatch(sentence);
  });

  it('give the resolution a v3 body carries, and the trace id', () => {
    const body = {
      error: { code: 'NOT_FOUND', message: 'No such template', resolution: 'List the templates first.' },
      traceId: 't-2',
    };
    expect(explainApiError(404, JSON.stringify(body))).toMatchObject({
      remedy: 'List the templates first.',
      traceId: 't-2',
    });
  });

  it('have nothing to say about success', () => {
    expect(explainApiError(200, {})).toBeNull();
  });
});
