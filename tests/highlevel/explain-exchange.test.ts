import { describe, expect, test } from 'vitest';
import { explainTokenAnswer, explainTokenRequest } from '../../src/shared/highlevel/explain-exchange.ts';

describe('the exchange, explained', () => {
  test('names every field of a code exchange in its order, form or JSON', () => {
    const form =
      'client_id=a-b&client_secret=********&grant_type=authorization_code&code=x&redirect_uri=https%3A%2F%2Fe.com%2Fcb';
    const fields = explainTokenRequest(form);
    expect(fields.map(({ name }) => name)).toEqual([
      'client_id',
      'client_secret',
      'grant_type',
      'code',
      'redirect_uri',
    ]);
    expect(fields.every(({ sentence }) => sentence !== null)).toBe(true);
    expect(fields[4]?.value).toBe('https://e.com/cb');
    expect(fields[2]?.sentence).toContain('code exchange');
    const refresh = explainTokenRequest('{"grantType":"refresh_token","clientId":"a"}');
    expect(refresh[0]?.sentence).toContain('refresh');
  });

  test.each(['snake', 'camel'])('explains every documented field of an answer, %s case', (naming) => {
    const camel = naming === 'camel';
    const answer = {
      [camel ? 'accessToken' : 'access_token']: '********',
      [camel ? 'tokenType' : 'token_type']: 'Bearer',
      [camel ? 'expiresIn' : 'expires_in']: 86_399,
      [camel ? 'refreshToken' : 'refresh_token']: '********',
      refreshTokenId: 'r1',
      scope: 'a b',
      userType: 'Company',
      companyId: 'c',
      isBulkInstallation: true,
      approvedLocations: ['l1', 'l2'],
      approveAllLocations: false,
      installToFutureLocations: true,
      userId: 'u',
      planId: 'p',
      appId: 'app',
      versionId: 'v',
      traceId: 't',
    };
    const fields = explainTokenAnswer(JSON.stringify(answer));
    expect(fields).toHaveLength(Object.keys(answer).length);
    expect(fields.filter(({ sentence }) => sentence === null)).toEqual([]);
    const said = Object.fromEntries(fields.map(({ name, sentence }) => [name, sentence]));
    expect(said[camel ? 'expiresIn' : 'expires_in']).toContain('24 hours');
    expect(said['userType']).toContain('agency token');
    expect(said['approvedLocations']).toContain('2');
    expect(said['scope']).toContain('2 scopes');
  });

  test('says nothing of what no source explains, and nothing of what is not an object', () => {
    expect(explainTokenAnswer('{"constructor":"x","brandNew":[1]}')).toEqual([
      { name: 'constructor', value: 'x', sentence: null },
      { name: 'brandNew', value: '[1]', sentence: null },
    ]);
    expect(explainTokenAnswer('{"access_tok')).toEqual([]);
    expect(explainTokenAnswer('[1]')).toEqual([]);
  });
});
