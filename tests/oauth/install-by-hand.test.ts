import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPastedCallback } from '../../src/main/core/oauth/paste-callback.ts';
import { environmentIn } from './live-profile.ts';
import { createBench, simulated, type Bench } from './bench.ts';

describe('a pasted text', () => {
  const code = '7676cjcbdc6c710b50bd8b3b8a9e1b7f9e1a2b3c';
  test.each([
    ['the code alone', code],
    ['the code with blanks and quotes around it', `  "${code}"\n`],
    ['the code broken over two lines', `${code.slice(0, 20)}\n${code.slice(20)}`],
    ['a query', `?code=${code}&state=abc`],
    ['a query without its question mark', `state=abc&code=${code}`],
    ['a path with its query', `/oauth/callback?code=${code}`],
    ['an address', `https://app.example.com/oauth/callback?code=${code}&state=abc`],
    ['an address in a sentence', `I ended on <https://app.example.com/oauth/callback?code=${code}> then.`],
    ['an address broken over lines', `https://app.example.com/oauth/callback?code=${code}\n&state=abc`],
    ['an address with its code in the fragment', `https://app.example.com/cb#code=${code}`],
  ])('is read: %s', (_name, text) => {
    expect(readPastedCallback(text).code).toBe(code);
  });

  test('keeps the address for the exchange and the state for the check', () => {
    expect(readPastedCallback(`http://localhost:3000/cb/?code=${code}&state=s1#frag`)).toEqual({
      code,
      state: 's1',
      address: 'http://localhost:3000/cb/',
    });
  });

  test.each([
    ['nothing', '  ', 'Nothing was pasted'],
    ['an install link', 'https://x.test/v2/oauth/chooselocation?client_id=a&scope=b', 'install link'],
    ['a token', 'eyJhbGciOi.eyJzdWIi.c2ln', 'a token'],
    ['a client id', '665c6bb13d4e5364bdec0e2f-mawqjyjd', 'client id'],
    ['an address without a code', 'https://x.test/oauth/callback?state=1', 'no code'],
    ['an address with an error', 'https://x.test/cb?error=server_error', 'an error instead'],
    ['a sentence', 'please install the app for me', 'neither a code'],
    ['a fragment of a code', 'abc12', 'a part of it is missing'],
    ['two codes', `https://x.test/cb?code=${code}&code=${code}`, 'more than one code'],
  ])('is refused with its reason: %s', (_name, text, reason) => {
    let message = '';
    try {
      readPastedCallback(text);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message).toContain(reason);
  });
});

describe('an install', () => {
  let bench: Bench;
  let locationId: string;
  beforeEach(async () => {
    bench = await createBench();
    locationId = (await simulated(bench.simulator)).locations[0]?.id ?? '';
  });
  afterEach(() => bench.dispose());

  const begun = async () => {
    const { installUrl } = await bench.install.begin(bench.profile.id, { openBrowser: false });
    return bench.consent(installUrl, { location: locationId });
  };
  /** A callback for an install that was not begun here. */
  const foreign = async () => {
    const query = await begun();
    bench.install.cancel();
    query.delete('state');
    return query;
  };

  test('is completed by its pasted address, once', async () => {
    const query = await begun();
    const { redirectUrl } = bench.profiles.addresses(bench.profile.id);
    const text = `${redirectUrl}?${query.toString()}`;
    const { tokenId } = await bench.install.paste(bench.profile.id, text);
    expect(bench.install.progress()).toMatchObject({ phase: 'done', tokenId, callbackExchangeId: null });
    expect(bench.tokens.list()).toHaveLength(1);
    await expect(bench.install.paste(bench.profile.id, text)).rejects.toMatchObject({ code: 'state_reused' });
    const page = await bench.callback(query);
    expect(page).toMatchObject({ ok: false, status: 400 });
    expect(await bench.exchanges('token')).toHaveLength(1);
  });

  test('is completed by its bare code, without a begin', async () => {
    const query = await foreign();
    await bench.install.paste(bench.profile.id, query.get('code') ?? '');
    expect(bench.install.progress()).toMatchObject({ phase: 'done', error: null });
  });

  test('of one app is not completed by an address of another', async () => {
    const query = await begun();
    const clientId = '0123456789abcdef01234567-other1';
    const other = await bench.profiles.add({
      name: 'Other',
      clientId,
      clientSecret: 'a-secret-of-another-app',
    });
    const { redirectUrl } = bench.profiles.addresses(bench.profile.id);
    await expect(bench.install.paste(other.id, `${redirectUrl}?${query.toString()}`)).rejects.toMatchObject({
      code: 'state_mismatch',
    });
    expect((await bench.callback(query)).ok).toBe(true);
  });

  test('whose exchange failed on HighLevel’s side is completed with the same code, by hand', async () => {
    const query = await begun();
    await faults(bench, ['/oauth/token:503x1']);
    const page = await bench.callback(query);
    expect(page.ok).toBe(false);
    expect(bench.install.progress()).toMatchObject({
      phase: 'failed',
      error: { code: 'token_endpoint_refused' },
    });
    const { redirectUrl } = bench.profiles.addresses(bench.profile.id);
    await bench.install.paste(bench.profile.id, `${redirectUrl}?${query.toString()}`);
    expect(bench.install.progress().phase).toBe('done');
  });

  test('whose exchange failed on HighLevel’s side is sent again with the code still held, once', async () => {
    const query = await begun();
    await faults(bench, ['/oauth/token:503x1']);
    await bench.callback(query);
    expect(bench.install.progress()).toMatchObject({ phase: 'failed', canRetry: true });
    const { tokenId } = await bench.install.retry();
    expect(bench.install.progress()).toMatchObject({ phase: 'done', tokenId, canRetry: false, error: null });
    await expect(bench.install.retry()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('whose code HighLevel refuses is not sent again', async () => {
    await bench.install.begin(bench.profile.id, { openBrowser: false });
    const pasted = bench.install.paste(bench.profile.id, 'f'.repeat(40));
    await expect(pasted).rejects.toMatchObject({ code: 'token_endpoint_refused' });
    expect(bench.install.progress()).toMatchObject({ phase: 'failed', canRetry: false });
    await expect(bench.install.retry()).rejects.toMatchObject({ code: 'not_found' });
    await expect(bench.install.paste(bench.profile.id, 'f'.repeat(40))).rejects.toMatchObject({
      code: 'state_reused',
    });
  });

  test('that a live app did not begin waits for one confirmation, its code in memory only', async () => {
    environmentIn(bench, 'live');
    const query = await foreign();
    const page = await bench.callback(query, bench.profile.id);
    expect(page).toMatchObject({ ok: true, status: 200, title: 'Confirm this install in the companion' });
    expect(page.sentences.join(' ')).not.toContain(query.get('code'));
    expect(await bench.exchanges('token')).toEqual([]);
    const [asked, ...more] = bench.install.progress().confirmations;
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ profileId: bench.profile.id, otherWaiting: null });
    expect(JSON.stringify(bench.install.progress())).not.toContain(query.get('code'));

    const again = await bench.callback(query, bench.profile.id);
    expect(again.title).toBe(page.title);
    expect(bench.install.progress().confirmations).toHaveLength(1);

    if (asked === undefined) throw new Error('nothing asked');
    const { tokenId } = await bench.install.confirm(asked.id);
    expect(bench.tokens.list().map((token) => token.id)).toEqual([tokenId]);
    expect(bench.install.progress()).toMatchObject({ phase: 'done', confirmations: [] });
    await expect(bench.install.confirm(asked.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await bench.callback(query, bench.profile.id)).ok).toBe(false);
  });

  test('that is rejected is never exchanged', async () => {
    environmentIn(bench, 'live');
    const query = await foreign();
    await bench.callback(query, bench.profile.id);
    const [asked] = bench.install.progress().confirmations;
    if (asked === undefined) throw new Error('nothing asked');
    bench.install.reject(asked.id);
    expect(bench.install.progress().confirmations).toEqual([]);
    expect((await bench.callback(query, bench.profile.id)).ok).toBe(false);
    expect(await bench.exchanges('token')).toEqual([]);
  });

  test('begun here on a live app needs no confirmation when the state does not come back', async () => {
    environmentIn(bench, 'live');
    const query = await begun();
    query.delete('state');
    expect((await bench.callback(query, bench.profile.id)).ok).toBe(true);
    expect(bench.install.progress().phase).toBe('done');
  });

  test('not begun here is accepted at once on a simulated app, with a warning', async () => {
    const query = await foreign();
    const page = await bench.callback(query, bench.profile.id);
    expect(page.ok).toBe(true);
    expect(page.sentences.join(' ')).toContain('without a state');
  });

  test('of one app that is waiting is told apart from a callback for another', async () => {
    const clientId = '0123456789abcdef01234567-other1';
    const clientSecret = 'a-secret-of-another-app';
    const scopes = ['contacts.readonly'];
    const other = await bench.profiles.add({ name: 'Other', clientId, clientSecret, scopes });
    await bench.install.begin(other.id, { openBrowser: false });
    const link = await bench.install.begin(bench.profile.id, { openBrowser: false });
    const query = await bench.consent(link.installUrl, { location: locationId });
    const page = await bench.callback(query, other.id);
    expect(page.ok).toBe(true);
    expect(page.sentences.join(' ')).toContain('path of "Other"');
    expect(bench.tokens.list().map((token) => token.profileId)).toEqual([bench.profile.id]);
  });
});

async function faults(bench: Bench, list: string[]): Promise<void> {
  const answer = await fetch(`${bench.simulator.url}/_simulator/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ faults: list }),
  });
  if (!answer.ok) throw new Error(`The simulator refused the faults: ${answer.status}.`);
}
