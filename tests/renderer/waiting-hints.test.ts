import { describe, expect, test } from 'vitest';
import { waitingHints } from '../../src/renderer/features/install/waiting-hints.ts';
import { idleMint, mintWords } from '../../src/renderer/features/tokens/mint-run.ts';
import { profile } from '../../src/shared/model/profile.ts';

const app = (environment: 'live' | 'simulator') =>
  profile.parse({
    id: 'p1',
    name: 'Booking',
    environment,
    clientId: 'a-b',
    appId: 'a',
    versionId: null,
    hosts: { api: 'https://api.test', consent: 'https://consent.test' },
    redirectUrl: null,
    scopes: [],
    installLink: null,
    routes: [],
    keys: [],
    hasSecret: true,
    createdAt: 0,
  });
const link = (host: string): string =>
  `https://${host}/v2/oauth/chooselocation?redirect_uri=${encodeURIComponent('https://me.test/cb')}`;
const said = (environment: 'live' | 'simulator', host: string): string =>
  waitingHints(app(environment), link(host))
    .map(({ title, sentence }) => `${title} ${sentence}`)
    .join('\n');

describe('the hints of a waiting install', () => {
  test('come in the order in which they are said, the first after 20 s', () => {
    const hints = waitingHints(app('live'), link('marketplace.gohighlevel.com'));
    const times = hints.map(({ after }) => after);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times[0]).toBe(20_000);
    expect(new Set(hints.map(({ title }) => title)).size).toBe(hints.length);
  });

  test('name HighLevel’s own refusals and the other consent host for a live app', () => {
    const standard = said('live', 'marketplace.gohighlevel.com');
    expect(standard).toContain('No integration found with the ID');
    expect(standard).toContain('This integration cannot be added');
    expect(standard).toContain('Install unavailable');
    expect(standard).toContain('on marketplace.leadconnectorhq.com');
    expect(said('live', 'marketplace.leadconnectorhq.com')).toContain('on marketplace.gohighlevel.com');
    expect(standard).toContain('https://me.test/cb must be registered');
  });

  test('of the simulator speak of the simulator instead', () => {
    const simulated = said('simulator', '127.0.0.1');
    expect(simulated).toContain('The simulator must be running');
    expect(simulated).not.toContain('five agencies');
  });
});

describe('the words of a minting run', () => {
  const report = { total: 7, minted: 3, failed: 1, last: null, pausedUntil: null };
  test('count what was minted, what failed and whether it was cancelled', () => {
    expect(mintWords({ ...idleMint, running: true })).toBe('Listing the sub-accounts…');
    expect(mintWords({ ...idleMint, running: true, report })).toBe('3 of 7 minted, 1 failed');
    expect(mintWords({ ...idleMint, cancelled: true, report })).toBe('Cancelled: 3 of 7 minted, 1 failed');
    expect(mintWords({ ...idleMint, report: { ...report, total: 0 } })).toContain('has a token here already');
  });
});
