import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ExchangeId } from '../../src/shared/model/ids.ts';
import { openCore } from '../contract/support.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const clientId = '0123456789abcdef01234567-abc';

/** A core with a live app whose key this test holds, and a way to deliver to it. */
async function opened() {
  const test = await openCore();
  const { core } = test;
  const profile = await core.profiles.add({
    name: 'Booking',
    clientId,
    clientSecret: 'a-client-secret-of-some-length',
    webhookKeys: [{ scheme: 'ed25519', pem }],
    portal: { webhookEvents: ['ContactCreate', 'NoteCreate'] },
  });
  const url = `${core.ingress.status().url}/webhooks`;
  return {
    ...test,
    profile,
    deliver: async (body: string, signed = body): Promise<ExchangeId> => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-ghl-signature': sign(null, Buffer.from(signed), privateKey).toString('base64'),
        },
        body,
      });
      expect(answer.status).toBe(200);
      await core.exchanges.settled();
      const id = (await core.exchanges.page({ limit: 1 })).items[0]?.id;
      if (id === undefined) throw new Error('the delivery was not stored');
      return id;
    },
  };
}

test('stored webhooks are explained, compared, typed and counted', async () => {
  const companion = await opened();
  const { core, profile } = companion;
  try {
    const event = (fields: object): string =>
      JSON.stringify({ type: 'ContactCreate', appId: clientId.split('-')[0], webhookId: 'w-1', ...fields });
    const good = await companion.deliver(event({ id: 'c1', timestamp: new Date().toISOString() }));
    const altered = await companion.deliver(
      `${event({ id: 'c2', score: 1, timestamp: '2026-01-01T00:00:00Z' })}\n`,
      event({ id: 'c2', score: 1, timestamp: '2026-01-01T00:00:00Z' }),
    );

    expect(await core.webhooks.explain(good)).toMatchObject({
      facts: { verdict: 'valid', keyOwner: 'profile' },
      sdk: { verdict: 'accepts' },
      age: { old: false },
      repetition: null,
    });
    const explanation = await core.webhooks.explain(altered);
    expect(explanation).toMatchObject({
      facts: { verdict: 'invalid' },
      sdk: { verdict: 'accepts', changes: [{ reason: 'whitespace' }] },
      age: { old: true },
      repetition: { firstId: good },
    });
    expect(explanation.conclusion).toContain('without the newline at its end');

    const shape = await core.webhooks.shape(altered);
    expect(shape).toMatchObject({ type: 'ContactCreate', documented: true, lookedAt: 2 });
    expect(shape.fields.find(({ path }) => path === 'score')).toMatchObject({
      state: 'unknown',
      firstSeen: { id: altered },
      deliveries: 1,
    });

    const types = await core.webhooks.types({ type: 'ContactCreate', profileId: profile.id, last: 50 });
    expect(types).toMatchObject({ samples: 2, skipped: 0 });
    expect(types.typescript).toMatch(/score\?:\s+number/);
    await expect(core.webhooks.types({ type: 'NoteCreate', last: 50 })).rejects.toMatchObject({
      code: 'not_found',
    });

    const coverage = await core.webhooks.coverage(profile.id);
    expect(coverage.events).toHaveLength(72);
    expect(coverage.seen).toBe(1);
    const of = (type: string) => coverage.events.find((one) => one.type === type);
    expect(of('ContactCreate')).toMatchObject({
      count: 2,
      last: { id: altered },
      subscribed: true,
      reasons: [],
    });
    expect(of('NoteCreate')?.reasons.join(' ')).toContain('No code has been exchanged');
    expect(of('TaskCreate')?.reasons.join(' ')).toContain('does not name TaskCreate');
    expect(coverage.checks.find(({ id }) => id === 'address')).toMatchObject({ state: 'open' });
    expect(coverage.checks.find(({ id }) => id === 'webhook-url')).toMatchObject({ state: 'ok' });
  } finally {
    await companion.dispose();
  }
});
