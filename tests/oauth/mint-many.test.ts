import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFutureLocations } from '../../src/main/core/oauth/future-locations.ts';
import { createMintMany } from '../../src/main/core/oauth/mint-many.ts';
import { createUninstall } from '../../src/main/core/oauth/uninstall.ts';
import { exchangeId, type TokenId } from '../../src/shared/model/ids.ts';
import type { MintProgress } from '../../src/shared/model/token.ts';
import { createBench, simulated, type Bench } from './bench.ts';

let bench: Bench;
let ids: string[];
let agency: TokenId;
let waits: number[];

beforeEach(async () => {
  bench = await createBench();
  ids = (await simulated(bench.simulator)).locations.map((one) => one.id);
  waits = [];
});
afterEach(() => bench.dispose());

const installAgency = async (locations: readonly string[]): Promise<void> => {
  await bench.allow({ agency: locations });
  agency = bench.tokens.list().find((one) => one.userType === 'Company')?.id ?? ('' as TokenId);
};
const minting = (wait: (ms: number) => void = () => undefined) =>
  createMintMany({
    tokens: bench.tokens,
    statusOf: async (id) => (await bench.store.get(exchangeId.parse(id))).status,
    now: Date.now,
    wait: async (ms) => {
      if (ms > 0) waits.push(ms);
      wait(ms);
    },
  });
const faults = async (list: string[]): Promise<void> => {
  await fetch(`${bench.simulator.url}/_simulator/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ faults: list }),
  });
};

describe('location tokens', () => {
  test('are minted for all that have the app, and a second time only for those that lack one', async () => {
    await installAgency(ids.slice(0, 3));
    const reports: MintProgress[] = [];
    for await (const report of minting()(agency, {})) reports.push(report);
    expect(reports).toHaveLength(4);
    expect(reports.at(-1)).toMatchObject({ total: 3, minted: 3, failed: 0 });
    const held = bench.tokens.list().filter((one) => one.userType === 'Location');
    expect(held.flatMap((one) => one.locationId ?? []).toSorted()).toEqual(ids.slice(0, 3).toSorted());
    expect(held.every((one) => one.mintedFrom === agency)).toBe(true);
    for await (const report of minting()(agency, {})) expect(report.total).toBe(0);
  });

  test('that are refused are told and do not stop the rest', async () => {
    await installAgency(ids.slice(0, 1));
    const reports: MintProgress[] = [];
    const locationIds = [ids[1] ?? '', ids[0] ?? ''];
    for await (const report of minting()(agency, { locationIds })) reports.push(report);
    expect(reports[1]?.last).toMatchObject({ locationId: ids[1], tokenId: null });
    expect(reports[1]?.last?.problem).toContain('No location token was given');
    expect(reports.at(-1)).toMatchObject({ total: 2, minted: 1, failed: 1 });
  });

  test('wait out a 429 for the length of the burst window and say so', async () => {
    await installAgency(ids.slice(0, 1));
    await faults(['/oauth/locationToken:429x1']);
    const reports: MintProgress[] = [];
    for await (const report of minting()(agency, { locationIds: ids.slice(0, 1) })) reports.push(report);
    expect(reports.some((one) => one.pausedUntil !== null)).toBe(true);
    expect(waits).toContain(10_000);
    expect(reports.at(-1)).toMatchObject({ minted: 1, failed: 0, pausedUntil: null });
  });

  test('stop with the signal, keeping what was minted', async () => {
    await installAgency(ids.slice(0, 3));
    const stop = new AbortController();
    const reports: MintProgress[] = [];
    for await (const report of minting()(agency, { signal: stop.signal })) {
      reports.push(report);
      if (report.minted === 1) stop.abort();
    }
    expect(reports.at(-1)).toMatchObject({ total: 3, minted: 1 });
    expect(bench.tokens.list()).toHaveLength(2);
  });
});

test('an uninstall through the API ends the agency’s tokens here and at HighLevel', async () => {
  await installAgency(ids.slice(0, 2));
  await bench.tokens.mintLocation(agency, ids[0] ?? '');
  const uninstall = createUninstall({ tokens: bench.tokens, http: bench.http, profiles: bench.profiles });
  await faults(['/marketplace/app:500x1']);
  await expect(uninstall(agency)).rejects.toMatchObject({ code: 'request_failed' });
  expect(bench.tokens.list()).toHaveLength(2);
  const { forgotten, exchangeId: id } = await uninstall(agency, 'a test');
  expect(forgotten).toBe(2);
  expect(bench.tokens.list()).toEqual([]);
  const detail = await bench.store.get(id);
  expect(detail).toMatchObject({ method: 'DELETE', status: 200 });
  expect(detail.url).toContain(`/marketplace/app/${bench.profile.appId}/installations`);
});

test('INSTALL webhooks that come before their agency token wait for it', async () => {
  bench.store.setDerivationContext(bench.profiles.derivationContext());
  const { store, tokens, profiles, settings } = bench;
  const future = createFutureLocations({ store, tokens, profiles, settings, log: () => undefined });
  future.set(bench.profile.id, true);
  // Delivered by an install whose token was lost on the way: signed, and no agency token is held.
  await fetch(`${bench.simulator.url}/_simulator/app`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webhookUrl: bench.profiles.addresses(bench.profile.id).webhookUrl }),
  });
  await faults(['/oauth/token:lostx1']);
  expect((await bench.allow({ agency: ids.slice(0, 2) })).ok).toBe(false);
  await vi.waitFor(async () =>
    expect(await store.count({ purposes: ['webhook'], eventTypes: ['INSTALL'] })).toBe(3),
  );
  await store.settled();
  expect(tokens.list()).toEqual([]);

  await fetch(`${bench.simulator.url}/_simulator/app`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webhookUrl: null }),
  });
  await bench.allow({ agency: ids.slice(0, 2) });
  await vi.waitFor(
    () => {
      const held = tokens.list().flatMap((one) => one.locationId ?? []);
      expect(held.toSorted()).toEqual(ids.slice(0, 2).toSorted());
    },
    { timeout: 5000 },
  );
  await future.dispose();
});

test('a verified INSTALL mints the token of its sub-account where the developer wants that, an unsigned one never', async () => {
  bench.store.setDerivationContext(bench.profiles.derivationContext());
  await fetch(`${bench.simulator.url}/_simulator/app`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webhookUrl: bench.profiles.addresses(bench.profile.id).webhookUrl }),
  });
  const { store, tokens, profiles, settings } = bench;
  const log = (): void => undefined;
  const future = createFutureLocations({ store, tokens, profiles, settings, log });
  expect(future.isOn(bench.profile.id)).toBe(false);
  await installAgency(ids.slice(0, 3));
  const installs = { purposes: ['webhook' as const], eventTypes: ['INSTALL'] };
  await vi.waitFor(async () => expect(await store.count(installs)).toBe(4));
  await store.settled();
  expect(tokens.list()).toHaveLength(1);

  future.set(bench.profile.id, true);
  const { webhookUrl } = bench.profiles.addresses(bench.profile.id);
  const companyId = tokens.list()[0]?.companyId;
  const forged = { type: 'INSTALL', appId: bench.profile.appId, companyId, locationId: ids[2] };
  await fetch(webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(forged),
  });
  // The agency installs on one more sub-account: HighLevel sends a signed INSTALL for it.
  await bench.allow({ agency: ids.slice(0, 2) });
  await vi.waitFor(
    () => {
      const held = tokens.list().flatMap((one) => one.locationId ?? []);
      expect(held.toSorted()).toEqual(ids.slice(0, 2).toSorted());
    },
    { timeout: 5000 },
  );
  // The one that was only announced by a forged webhook could have been minted.
  expect((await tokens.mintLocation(agency, ids[2] ?? '')).locationId).toBe(ids[2]);
  await future.dispose();
});
