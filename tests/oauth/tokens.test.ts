import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TokenSummary } from '../../src/shared/model/token.ts';
import { parseFault } from '../../src/simulator/create-simulator.ts';
import { createBench, filesBelow, simulated, type Bench } from './bench.ts';

let bench: Bench;
let locationId: string;
const day = 24 * 60 * 60 * 1000;

beforeEach(async () => {
  bench = await createBench({ rateLimits: { burst: 10_000, intervalMs: 10_000, daily: 200_000 } });
  locationId = (await simulated(bench.simulator)).locations[0]?.id ?? '';
});
afterEach(() => bench.dispose());

async function installed(target: 'location' | 'agency'): Promise<TokenSummary> {
  await bench.allow(target === 'location' ? { location: locationId } : { agency: [locationId] });
  const [token] = bench.tokens.list();
  if (token === undefined) throw new Error('no token');
  return token;
}

const listContacts = () =>
  bench.requests.send({
    profileId: bench.profile.id,
    method: 'GET',
    path: '/contacts/',
    query: [{ name: 'locationId', value: locationId }],
  });

const refreshes = async (): Promise<number> => (await bench.exchanges('token')).length - 1;

describe('refreshing', () => {
  test('happens once for 50 calls at the same time on an expired token', async () => {
    const token = await installed('location');
    bench.advance(2 * day);
    expect(bench.tokens.list()[0]?.status).toBe('expired');
    const results = await Promise.all(Array.from({ length: 50 }, listContacts));
    expect(results.map((result) => result.status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(await refreshes()).toBe(1);
    expect(bench.tokens.list()[0]).toMatchObject({ id: token.id, status: 'active', source: 'refresh' });
  });

  test('happens once for 50 calls that are all refused with 401', async () => {
    await installed('location');
    // Only the simulator's clock: the companion believes its token to be good still.
    bench.simulator.advanceClock(2 * day);
    const results = await Promise.all(Array.from({ length: 50 }, listContacts));
    expect(results.map((result) => result.status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(await refreshes()).toBe(1);
  });

  test('brings a new pair, keeps the one before until the new one has worked, and survives a restart', async () => {
    const token = await installed('location');
    const name = `token/${token.id}`;
    const before = JSON.parse((await bench.vault.get(name)) ?? '');
    bench.advance(1000);
    await bench.tokens.refresh(token.id);
    const after = JSON.parse((await bench.vault.get(name)) ?? '');
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect(after.previous).toEqual({ accessToken: before.accessToken, refreshToken: before.refreshToken });

    expect((await listContacts()).status).toBe(200);
    await vi.waitFor(async () => {
      expect(JSON.parse((await bench.vault.get(name)) ?? '').previous).toBeNull();
    });
    const reopened = await bench.reopenTokens();
    expect(reopened.list()).toEqual(bench.tokens.list());
    expect(await reopened.reveal(token.id)).toBe(after.accessToken);
    await reopened.dispose();
  });

  test.each(['503', '429', 'garbage', 'cut', 'reset'])('that meets %s loses nothing', async (fault) => {
    const token = await installed('location');
    const pair = async () => {
      const { accessToken, refreshToken } = JSON.parse((await bench.vault.get(`token/${token.id}`)) ?? '');
      return { accessToken, refreshToken };
    };
    const held = await pair();
    bench.simulator.setFaults([parseFault(`/oauth/token:${fault}x1`)]);
    await expect(bench.tokens.refresh(token.id)).rejects.toMatchObject({ retryable: true });
    expect(await pair()).toEqual(held);
    expect(bench.tokens.list()[0]?.status).toBe('active');
    const { events, unavoidableLosses } = bench.tokens.lineage(token.id);
    expect(events.at(-1)?.kind).toBe(fault === '429' ? 'failed' : 'outcome-unknown');
    expect(unavoidableLosses).toBe(0);
  });

  test('that is refused for good says so and does not try again by itself', async () => {
    const token = await installed('location');
    // The answer is lost on its way: the server has rotated the grant, and nobody can know.
    bench.simulator.setFaults([parseFault('/oauth/token:lostx1')]);
    await expect(bench.tokens.refresh(token.id)).rejects.toMatchObject({
      code: 'token_endpoint_unreachable',
    });
    expect(bench.tokens.list()[0]?.status).toBe('active');
    await expect(bench.tokens.refresh(token.id)).rejects.toMatchObject({ code: 'token_endpoint_refused' });
    const [dead] = bench.tokens.list();
    expect(dead).toMatchObject({ status: 'dead' });
    expect(dead?.problem).toContain('refresh token');
    const count = await refreshes();
    await expect(listContacts()).rejects.toMatchObject({ code: 'no_token' });
    expect(await refreshes()).toBe(count);
  });

  test('whose new pair cannot be written holds on to it and writes it before it is used', async () => {
    const token = await installed('location');
    // The intent is written still, the answer is not.
    bench.sealing.after = 1;
    await expect(bench.tokens.refresh(token.id)).rejects.toMatchObject({ code: 'disk_full' });
    await expect(listContacts()).rejects.toMatchObject({ code: 'disk_full' });
    delete bench.sealing.after;
    bench.sealing.fails = false;
    expect((await listContacts()).status).toBe(200);
    expect(await refreshes()).toBe(1);
    const { accessToken } = JSON.parse((await bench.vault.get(`token/${token.id}`)) ?? '');
    expect(await bench.tokens.reveal(token.id)).toBe(accessToken);
    expect((await bench.tokens.refresh(token.id)).status).toBe('active');
  });

  test('of a paused sub-account keeps the grant for later', async () => {
    const token = await installed('location');
    const pause = (active: boolean) =>
      fetch(`${bench.simulator.url}/_simulator/locations/${locationId}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ active }),
      });
    await pause(false);
    await expect(bench.tokens.refresh(token.id)).rejects.toMatchObject({
      code: 'token_endpoint_refused',
      message: expect.stringContaining('paused'),
    });
    expect(bench.tokens.list()[0]?.status).toBe('active');
    await pause(true);
    expect(await bench.tokens.refresh(token.id)).toMatchObject({ status: 'active', source: 'refresh' });
  });

  test('of a minted token that is refused mints it again from the agency’s', async () => {
    const company = await installed('agency');
    const minted = await bench.tokens.mintLocation(company.id, locationId);
    bench.simulator.setFaults([parseFault('/oauth/token:lostx1')]);
    await expect(bench.tokens.refresh(minted.id)).rejects.toMatchObject({ retryable: true });
    const again = await bench.tokens.refresh(minted.id);
    expect(again).toMatchObject({
      id: minted.id,
      status: 'active',
      source: 'location-token',
      mintedFrom: company.id,
    });
    expect((await listContacts()).status).toBe(200);
  });
});

describe('the tokens', () => {
  test('never show a secret in their summaries, and are forgotten on request', async () => {
    const token = await installed('location');
    const secret = await bench.tokens.reveal(token.id);
    expect(secret.split('.')).toHaveLength(3);
    expect(JSON.stringify(bench.tokens.list())).not.toContain(secret.slice(-40));
    const seen: number[] = [];
    const stop = bench.tokens.onChange((tokens) => seen.push(tokens.length));
    await bench.tokens.forget(token.id);
    stop();
    expect(seen).toEqual([0]);
    expect(bench.vault.names('token/')).toEqual([]);
    await expect(bench.tokens.reveal(token.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('of a removed profile go with it', async () => {
    await installed('location');
    await bench.tokens.forgetProfile(bench.profile.id);
    expect(bench.tokens.list()).toEqual([]);
    expect(bench.vault.names('token/')).toEqual([]);
  });

  test('leave no secret in any file of the data folder but the sealed vault', async () => {
    const { installUrl } = await bench.install.begin(bench.profile.id, { openBrowser: false });
    const { status, text, code } = await bench.browse(installUrl, { agency: [locationId] });
    expect(status).toBe(200);
    expect(text).toContain('The app is installed');
    const [company] = bench.tokens.list();
    if (company === undefined) throw new Error('no token');
    await listContacts();
    bench.advance(2 * day);
    await listContacts();
    await bench.tokens.installedLocations(company.id, { skip: 0, limit: 20 });
    await bench.simulator.idle();
    await bench.tokens.dispose();
    await bench.store.settled();

    const secrets = [bench.simulator.clientSecret, code];
    for (const token of bench.tokens.list()) {
      const { accessToken, refreshToken, previous } = JSON.parse(
        (await bench.vault.get(`token/${token.id}`)) ?? '',
      );
      secrets.push(accessToken, refreshToken, previous?.accessToken, previous?.refreshToken);
    }
    const searched = secrets.filter((secret) => typeof secret === 'string' && secret !== '');
    expect(searched.length).toBeGreaterThanOrEqual(6);

    const files = await filesBelow(bench.dataDir);
    const names = [...files.keys()].map((path) => path.slice(bench.dataDir.length + 1));
    expect(names).toEqual(expect.arrayContaining(['exchanges.db', 'exchanges.db-wal', 'derived.db']));
    const everything = new Map([...files, ['log', Buffer.from(bench.logs.join('\n'))]]);
    const found = [...everything].flatMap(([path, bytes]) =>
      searched.filter((secret) => bytes.includes(secret)).map(() => path),
    );
    expect(found).toEqual([]);
    expect(code).toMatch(/^[\da-f]{40}$/);
    const [captured] = await bench.exchanges('callback');
    expect(captured?.url).toContain('code=********');
    expect((await bench.exchanges('webhook')).length).toBeGreaterThan(0);
    expect([...everything.values()].some((bytes) => bytes.includes(bench.simulator.clientId))).toBe(true);
  });
});
