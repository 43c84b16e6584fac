import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBench, simulated, type Bench } from '../oauth/bench.ts';

let bench: Bench;
let locationId: string;
beforeEach(async () => {
  bench = await createBench({});
  locationId = (await simulated(bench.simulator)).locations[0]?.id ?? '';
});
afterEach(() => bench.dispose());

it('tokens of a removed profile come back durable, and work', async () => {
  await bench.allow({ location: locationId });
  const before = bench.tokens.list();
  expect(before).toHaveLength(1);
  const restore = await bench.tokens.forgetProfile(bench.profile.id);
  expect([bench.tokens.list(), bench.vault.names('token/')]).toEqual([[], []]);
  await restore();
  expect(bench.tokens.list()).toEqual(before);
  const reopened = await bench.reopenTokens();
  expect(reopened.list()).toEqual(before);
  await reopened.dispose();
  const { status } = await bench.requests.send({
    profileId: bench.profile.id,
    method: 'GET',
    path: '/contacts/',
    query: [{ name: 'locationId', value: locationId }],
  });
  expect(status).toBe(200);
});

it('a token that a new install brought in the meantime is kept', async () => {
  await bench.allow({ location: locationId });
  const restore = await bench.tokens.forgetProfile(bench.profile.id);
  bench.advance(1000);
  await bench.allow({ location: locationId });
  const newer = bench.tokens.list();
  await restore();
  expect(bench.tokens.list()).toEqual(newer);
});
