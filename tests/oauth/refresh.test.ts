/** What becomes of a grant when a refresh ends in any way but well. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Timer } from '../../src/main/core/oauth/auto-refresh.ts';
import { tokenRecord, type TokenRecord } from '../../src/main/core/oauth/token-record.ts';
import type { TokenService } from '../../src/main/core/oauth/create-tokens.ts';
import type { TokenId } from '../../src/shared/model/ids.ts';
import { parseFault } from '../../src/simulator/create-simulator.ts';
import { createBench, simulated, type Bench } from './bench.ts';

let bench: Bench;
let locationId: string;
const minute = 60_000;
const day = 24 * 60 * minute;

beforeEach(async () => {
  bench = await createBench({ rateLimits: { burst: 10_000, intervalMs: 10_000, daily: 200_000 } });
  locationId = (await simulated(bench.simulator)).locations[0]?.id ?? '';
});
afterEach(() => bench.dispose());

async function installed(target: 'location' | 'agency' = 'location'): Promise<TokenId> {
  await bench.allow(target === 'location' ? { location: locationId } : { agency: [locationId] });
  const [token] = bench.tokens.list();
  if (token === undefined) throw new Error('no token');
  return token.id;
}

const fault = (spec: string): void => bench.simulator.setFaults([parseFault(`/oauth/token:${spec}`)]);

async function stored(id: TokenId): Promise<TokenRecord> {
  return tokenRecord.parse(JSON.parse((await bench.vault.get(`token/${id}`)) ?? ''));
}

const kinds = (id: TokenId, tokens: TokenService = bench.tokens): string[] =>
  tokens.lineage(id).events.map(({ kind }) => kind);
const sent = async (): Promise<number> => (await bench.exchanges('token')).length - 1;

async function pause(active: boolean): Promise<void> {
  await fetch(`${bench.simulator.url}/_simulator/locations/${locationId}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ active }),
  });
}

describe('a refresh', () => {
  test('is written down before it is sent: after an end in the middle the next start knows, and tries the old pair', async () => {
    const id = await installed();
    fault('hangx1');
    const underway = bench.tokens.refresh(id).catch((error: unknown) => error);
    await vi.waitFor(async () => expect((await stored(id)).sent).toMatchObject({ answer: null }));

    const next = await bench.reopenTokens();
    expect(kinds(id, next)).toEqual(['obtained', 'outcome-unknown']);
    expect(next.list()[0]).toMatchObject({
      status: 'active',
      problem: expect.stringContaining('is not known: The companion ended before an answer'),
    });
    expect(await next.refresh(id)).toMatchObject({ source: 'refresh', problem: null });
    expect(kinds(id, next)).toEqual(['obtained', 'outcome-unknown', 'refreshed']);
    expect(next.lineage(id)).toMatchObject({ refreshes: 1, unavoidableLosses: 0 });
    await next.dispose();
    await bench.simulator.dispose();
    await underway;
  });

  test('has its answer written before it is read: after an end right then the next start takes the new pair', async () => {
    const id = await installed();
    const before = await stored(id);
    const answer = await fetch(`${bench.simulator.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: bench.simulator.clientId,
        client_secret: bench.simulator.clientSecret,
        grant_type: 'refresh_token',
        refresh_token: before.refreshToken ?? '',
        user_type: 'Location',
      }),
    });
    const body = await answer.text();
    const exchangeId = before.exchangeId;
    if (exchangeId === null) throw new Error('no exchange');
    const left = { ...before, sent: { at: 1, answer: { body, exchangeId } } };
    await bench.vault.set(`token/${id}`, JSON.stringify(left));

    const next = await bench.reopenTokens();
    const after = await stored(id);
    expect(JSON.parse(body)).toMatchObject({
      access_token: after.accessToken,
      refresh_token: after.refreshToken,
    });
    expect(after).toMatchObject({ sent: null, refreshes: 1, previous: { accessToken: before.accessToken } });
    expect(next.lineage(id).events.at(-1)).toMatchObject({
      kind: 'refreshed',
      reason: expect.stringContaining('found at the next start'),
      exchangeId,
    });
    expect(await next.refresh(id)).toMatchObject({ status: 'active' });
    await next.dispose();
  });

  test('that cannot be written down is not sent', async () => {
    const id = await installed();
    bench.sealing.fails = true;
    await expect(bench.tokens.refresh(id)).rejects.toMatchObject({ code: 'disk_full' });
    bench.sealing.fails = false;
    expect(await sent()).toBe(0);
    expect(kinds(id)).toEqual(['obtained']);
    expect(await bench.tokens.refresh(id)).toMatchObject({ status: 'active' });
  });

  test.each([
    ['reset', null],
    ['500', null],
    ['503', null],
    ['cut', 'token_endpoint_refused'],
    ['garbage', 'token_endpoint_refused'],
  ])('that meets %s leaves its outcome unknown until the next one settles it', async (trouble, ending) => {
    const id = await installed();
    fault(`${trouble}x1`);
    await expect(bench.tokens.refresh(id)).rejects.toMatchObject({ retryable: true });
    const [summary] = bench.tokens.list();
    expect(summary?.problem).toMatch(/^Whether HighLevel carried out the refresh of .+ UTC is not known: /);
    const code = await bench.tokens.refresh(id).then(
      () => null,
      (error: { code: string }) => error.code,
    );
    expect(code).toBe(ending);
    expect(bench.tokens.list()[0]?.status).toBe(ending === null ? 'active' : 'dead');
    expect(bench.tokens.lineage(id).unavoidableLosses).toBe(ending === null ? 0 : 1);
  });

  test('that was refused with 429 or never reached anybody is not in doubt', async () => {
    const id = await installed();
    fault('429x1');
    await expect(bench.tokens.refresh(id)).rejects.toMatchObject({ retryable: true });
    expect(kinds(id)).toEqual(['obtained', 'failed']);
    expect(bench.tokens.list()[0]?.problem).toBeNull();
    await bench.simulator.dispose();
    await expect(bench.tokens.refresh(id)).rejects.toMatchObject({ code: 'token_endpoint_unreachable' });
    expect(kinds(id)).toEqual(['obtained', 'failed', 'failed']);
    expect((await stored(id)).unknown).toBeNull();
  });

  test('of an agency whose answer never came is named as the loss it is, with the way out', async () => {
    const id = await installed('agency');
    fault('lostx1');
    await expect(bench.tokens.refresh(id)).rejects.toMatchObject({ code: 'token_endpoint_unreachable' });
    await expect(bench.tokens.refresh(id)).rejects.toMatchObject({
      code: 'token_endpoint_refused',
      remedy: 'Install the app again for this account.',
    });
    expect(bench.tokens.list()[0]).toMatchObject({
      status: 'dead',
      problem: expect.stringMatching(
        /^HighLevel renewed this grant at .+ UTC, but its answer never arrived whole .+nobody could prevent\. Install the app again/,
      ),
    });
    expect(kinds(id)).toEqual(['obtained', 'outcome-unknown', 'lost', 'died']);
    const { events, unavoidableLosses } = bench.tokens.lineage(id);
    expect(unavoidableLosses).toBe(1);
    const died = events.at(-1)?.exchangeId;
    const exchanges = await bench.exchanges('token');
    expect(exchanges.find((one) => one.id === died)).toMatchObject({ status: 400 });

    await bench.allow({ agency: [locationId] });
    expect(bench.tokens.list()[0]).toMatchObject({ status: 'active', problem: null });
    expect(kinds(id).at(-1)).toBe('obtained');
    expect(bench.tokens.lineage(id).unavoidableLosses).toBe(1);
  });

  test('of a minted token that was lost mints it again, counts the loss and keeps its story over a restart', async () => {
    const agency = await installed('agency');
    const { id } = await bench.tokens.mintLocation(agency, locationId);
    fault('lostx1');
    await expect(bench.tokens.refresh(id)).rejects.toMatchObject({ retryable: true });
    expect(await bench.tokens.refresh(id)).toMatchObject({ status: 'active', problem: null });
    expect(kinds(id)).toEqual(['obtained', 'outcome-unknown', 'lost', 're-minted']);
    const next = await bench.reopenTokens();
    expect(next.lineage(id)).toEqual(bench.tokens.lineage(id));
    expect(next.lineage(id)).toMatchObject({ unavoidableLosses: 1, refreshes: 0 });
    expect(JSON.stringify(next.lineage(id))).not.toMatch(/eyJ/);
    await next.dispose();
  });

  test('of a paused sub-account is held, tried again later and later, and works once it is active', async () => {
    const id = await installed();
    await pause(false);
    bench.advance(2 * day);
    const use = (): Promise<string> => bench.tokens.getAccessToken(id);
    await expect(use()).rejects.toMatchObject({ code: 'token_endpoint_refused' });
    expect(await sent()).toBe(1);
    await expect(use()).rejects.toMatchObject({ message: expect.stringContaining('waits until') });
    expect(await sent()).toBe(1);
    expect(bench.tokens.list()[0]?.problem).toContain('is tried again at');
    bench.advance(minute + 1);
    await expect(use()).rejects.toMatchObject({ code: 'token_endpoint_refused' });
    expect(await sent()).toBe(2);
    bench.advance(minute + 1);
    await expect(use()).rejects.toMatchObject({ message: expect.stringContaining('waits until') });
    expect(await sent()).toBe(2);
    await pause(true);
    bench.advance(minute);
    expect(await use()).toMatch(/^eyJ/);
    expect(kinds(id)).toEqual(['obtained', 'held', 'held', 'refreshed']);
    expect(bench.tokens.list()[0]).toMatchObject({ status: 'active', problem: null });
  });
});

/** A timer that runs nothing by itself. */
function handTimer(): { timer: Timer; wait(): number | null; fire(): void } {
  let set: { ms: number; run: () => void } | null = null;
  return {
    timer(ms, run) {
      const own = { ms, run };
      set = own;
      return () => {
        if (set === own) set = null;
      };
    },
    wait: () => set?.ms ?? null,
    fire() {
      const run = set?.run;
      set = null;
      run?.();
    },
  };
}

test('a refresh that ends after a new install leaves the pair of the install in place, and keeps its own', async () => {
  const id = await installed();
  const old = await stored(id);
  fault('delay=300x1');
  const underway = bench.tokens.refresh(id);
  await vi.waitFor(async () => expect((await stored(id)).sent).not.toBeNull());
  await bench.allow({ location: locationId });
  const fresh = await stored(id);
  await underway;
  const after = await stored(id);
  expect(after).toMatchObject({ accessToken: fresh.accessToken, refreshToken: fresh.refreshToken });
  expect(after.previous?.accessToken).not.toBe(old.accessToken);
  expect(kinds(id)).toEqual(['obtained', 'obtained', 'refreshed']);
});

describe('automatic refresh', () => {
  test('happens ten minutes ahead of the end, and once', async () => {
    const id = await installed();
    const clock = handTimer();
    const tokens = await bench.reopenTokens({ timer: clock.timer });
    expect(clock.wait()).toBe(minute);
    bench.advance(day - 11 * minute);
    clock.fire();
    await vi.waitFor(() => expect(clock.wait()).not.toBeNull());
    expect(await sent()).toBe(0);
    bench.advance(2 * minute);
    clock.fire();
    await vi.waitFor(() => expect(kinds(id, tokens)).toEqual(['obtained', 'refreshed']));
    await vi.waitFor(() => expect(clock.wait()).toBe(minute));
    clock.fire();
    await vi.waitFor(() => expect(clock.wait()).toBe(minute));
    expect(await sent()).toBe(1);
    await tokens.dispose();
  });

  test('settles an unknown outcome after some seconds, and waits longer after each failure', async () => {
    const id = await installed();
    const clock = handTimer();
    const tokens = await bench.reopenTokens({ timer: clock.timer });
    fault('503x3');
    await expect(tokens.refresh(id)).rejects.toMatchObject({ retryable: true });
    expect(clock.wait()).toBeLessThanOrEqual(5000);
    for (const pause of [30_000, minute]) {
      bench.advance(pause);
      clock.fire();
      await vi.waitFor(() => expect(clock.wait()).toBeGreaterThan(pause - 10_000));
      expect(clock.wait()).toBeLessThanOrEqual(pause);
    }
    bench.advance(minute);
    clock.fire();
    await vi.waitFor(() => expect(kinds(id, tokens).at(-1)).toBe('refreshed'));
    expect(await sent()).toBe(4);
    await tokens.dispose();
  });

  test('leaves a simulator’s expired token alone until it is used', async () => {
    const id = await installed();
    bench.advance(2 * day);
    const clock = handTimer();
    const tokens = await bench.reopenTokens({ timer: clock.timer });
    expect(clock.wait()).toBeNull();
    expect(await tokens.getAccessToken(id)).toMatch(/^eyJ/);
    expect(clock.wait()).toBe(minute);
    await tokens.dispose();
  });

  test('that is off sends nothing by itself; by hand it works', async () => {
    const id = await installed();
    const clock = handTimer();
    const tokens = await bench.reopenTokens({ timer: clock.timer, autoRefresh: () => false });
    expect(clock.wait()).toBeNull();
    expect(await tokens.getAccessToken(id)).toMatch(/^eyJ/);
    bench.advance(2 * day);
    await expect(tokens.getAccessToken(id)).rejects.toMatchObject({
      code: 'no_token',
      message: expect.stringContaining('has expired'),
    });
    expect(await sent()).toBe(0);
    expect(await tokens.refresh(id)).toMatchObject({ status: 'active' });
    expect(clock.wait()).toBeNull();
    await tokens.dispose();
  });
});
