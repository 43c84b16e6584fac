import { createServer } from 'node:http';
import { verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Receiver } from './receiver.ts';
import { createReceiver } from './receiver.ts';
import type { TestWorld } from './world.ts';
import { createTestWorld, firstLocation, installed, REDIRECT, toList } from './world.ts';

const DAY_MS = 86_400_000;

let world: TestWorld;
let other: Receiver;
beforeEach(async () => {
  world = await createTestWorld();
  other = await createReceiver();
});
afterEach(async () => {
  await world.dispose();
  await other.dispose();
});

const addContact = async (token: string) => {
  const body = { locationId: firstLocation(world), firstName: 'Rita' };
  expect((await world.call(token, 'POST', '/contacts/', body)).status).toBe(201);
};

async function anyContact(token: string): Promise<unknown> {
  const list = await world.call(token, 'GET', `/contacts/?locationId=${firstLocation(world)}&limit=1`);
  return toList(list.body['contacts'])[0]?.['id'];
}

/** The types that were sent, once the webhooks of everything so far are delivered. */
async function sent(last: string): Promise<unknown[]> {
  await vi.waitFor(() => expect(world.simulator.deliveries().map(({ type }) => type)).toContain(last));
  await world.simulator.idle();
  return world.receiver.types();
}

describe('webhooks', () => {
  it('begin once the code is exchanged, not before', async () => {
    const code = await world.codeFor(firstLocation(world));
    const { body } = await world.control('POST', 'private-tokens', {
      locationId: firstLocation(world),
      scopes: ['contacts.write'],
    });
    await addContact(String(body['token']));
    await world.simulator.idle();
    expect(world.receiver.received).toEqual([]);
    await world.exchange(code);
    await addContact(String(body['token']));
    expect(await sent('ContactCreate')).toEqual(['INSTALL', 'ContactCreate']);
  });

  it('are sent for the subscribed events alone', async () => {
    await world.control('PUT', 'app', { events: ['INSTALL', 'ContactDelete'] });
    const token = await installed(world);
    await addContact(token);
    const list = await world.call(token, 'GET', `/contacts/?locationId=${firstLocation(world)}&limit=1`);
    const [contact] = list.body['contacts'] as { id: string }[];
    await world.call(token, 'DELETE', `/contacts/${contact?.id}`);
    expect(await sent('ContactDelete')).toEqual(['INSTALL', 'ContactDelete']);
  });

  it('cannot be subscribed to without the scope, and go with it', async () => {
    const locked = await world.control('PUT', 'app', { events: ['KnowledgeBaseCreate'] });
    expect(locked.status).toBe(422);
    expect(String(locked.body['message'])).toContain('KnowledgeBaseCreate');
    expect((await world.control('PUT', 'app', { events: ['NoSuchEvent'] })).status).toBe(422);
    await world.control('PUT', 'app', { events: ['ContactCreate', 'OpportunityCreate'] });
    const { body } = await world.control('PUT', 'app', { scopes: ['contacts.readonly'] });
    expect(body['events']).toEqual(['ContactCreate']);
  });

  it('go to the URL of the event where it has one, INSTALL to the default one', async () => {
    const webhookUrls = { ContactCreate: other.url, INSTALL: other.url };
    await world.control('PUT', 'app', { webhookUrls });
    await addContact(await installed(world));
    expect(await sent('ContactCreate')).toEqual(['INSTALL']);
    expect(other.types()).toEqual(['ContactCreate']);
  });

  it('need the scope of the install, also that of an inferred event unless this is switched off', async () => {
    const token = await installed(world, 'contacts.write oauth.write');
    await addContact(token);
    await world.control('PUT', 'switches', { inferredScopes: false });
    const list = await world.call(
      await installed(world),
      'GET',
      `/contacts/?locationId=${firstLocation(world)}`,
    );
    const [contact] = list.body['contacts'] as { id: string }[];
    await installed(world, 'contacts.write oauth.write');
    await world.call(token, 'PUT', `/contacts/${contact?.id}`, { city: 'Reno' });
    expect((await sent('ContactUpdate')).filter((type) => type !== 'INSTALL')).toEqual(['ContactUpdate']);
  });

  it('carry both signatures over their bytes, or the newer alone', async () => {
    await installed(world);
    await sent('INSTALL');
    const [first] = world.receiver.received;
    const { ed25519PublicKey, rsaPublicKey } = world.simulator;
    const bytesOf = (value: unknown) => Buffer.from(String(value), 'base64');
    const raw = first?.raw ?? Buffer.alloc(0);
    expect(verify(null, raw, ed25519PublicKey, bytesOf(first?.headers['x-ghl-signature']))).toBe(true);
    expect(verify('RSA-SHA256', raw, rsaPublicKey, bytesOf(first?.headers['x-wh-signature']))).toBe(true);
    await world.control('PUT', 'switches', { rsaSignature: false });
    await installed(world);
    await vi.waitFor(() => expect(world.receiver.received).toHaveLength(2));
    expect(world.receiver.received[1]?.headers).not.toHaveProperty('x-wh-signature');
    expect(world.receiver.received[1]?.headers).toHaveProperty('x-ghl-signature');
  });

  it('follow redirects only where this is switched on', async () => {
    const moved = createServer((req, res) => {
      req.resume();
      res.writeHead(307, { location: world.receiver.url }).end();
    });
    await new Promise<void>((resolve) => moved.listen(0, '127.0.0.1', resolve));
    const address = moved.address();
    world.simulator.setWebhookUrl(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
    await world.control('PUT', 'switches', { followRedirects: true });
    await installed(world);
    expect(await sent('INSTALL')).toEqual(['INSTALL']);
    expect(world.simulator.deliveries()[0]).toMatchObject({ state: 'delivered' });
    moved.closeAllConnections();
    await new Promise((resolve) => moved.close(resolve));
  });

  it('are found in the log by type, state and text', async () => {
    await addContact(await installed(world));
    await sent('ContactCreate');
    const count = async (query: string) =>
      ((await world.control('GET', `deliveries?${query}`)).body['deliveries'] as unknown[]).length;
    expect(await count('')).toBe(2);
    expect(await count('type=ContactCreate&state=delivered&text=Rita')).toBe(1);
    expect(await count('state=failed')).toBe(0);
    expect((await world.control('GET', 'deliveries?state=lost')).status).toBe(422);
  });

  it('are warned about and then paused when too many fail in three days, until they are resumed', async () => {
    await world.control('PUT', 'switches', { breakerThreshold: 1, retryPolicy: 'only-429' });
    world.receiver.answerWith(...Array.from({ length: 6 }, () => 500));
    const breaker = async () => (await world.control('GET', 'breaker')).body;
    const failThrice = async () => {
      const token = await installed(world);
      await addContact(token);
      await addContact(token);
      await vi.waitFor(async () => expect(await breaker()).toMatchObject({ settled: 3, failed: 3 }));
      world.simulator.advanceClock(3 * DAY_MS);
      return (await breaker())['state'];
    };
    expect(await failThrice()).toBe('warned');
    expect(await failThrice()).toBe('paused');
    const before = world.simulator.deliveries().length;
    const token = await installed(world);
    await addContact(token);
    expect((await world.control('POST', 'breaker/resume')).body['state']).toBe('closed');
    await addContact(token);
    await vi.waitFor(() => expect(world.simulator.deliveries()[0]?.type).toBe('ContactCreate'));
    await vi.waitFor(() => expect(world.simulator.deliveries().length).toBeGreaterThan(before));
    const since = world.simulator.deliveries().slice(0, -before);
    expect(since.map(({ type }) => type)).toEqual(['ContactCreate']);
  });
});

describe('switches', () => {
  it('word the refusals of the token endpoint', async () => {
    const wrong = { grant_type: 'authorization_code', code: 'none', redirect_uri: REDIRECT };
    expect((await world.token(wrong)).body).toMatchObject({
      statusCode: 400,
      message: 'Invalid grant: authorization code is invalid',
    });
    await world.control('PUT', 'switches', { grantRefusals: 'rfc6749' });
    expect((await world.token(wrong)).body).toMatchObject({ error: 'invalid_grant' });
    const stranger = await world.token({ ...wrong, client_secret: 'wrong' });
    expect(stranger).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    await world.control('PUT', 'switches', { grantRefusals: 'plain' });
    expect((await world.token({ ...wrong, client_secret: 'wrong' })).body).toMatchObject({
      statusCode: 401,
      message: 'Unauthorized',
    });
  });

  it('set how long a code lives', async () => {
    await world.control('PUT', 'switches', { codeLifetimeMs: 60_000 });
    const code = await world.codeFor(firstLocation(world));
    world.simulator.advanceClock(60_000);
    expect((await world.exchange(code)).body['message']).toBe(
      'Invalid grant: authorization code has expired',
    );
  });

  it('leave type out of the bodies whose documented sample has none', async () => {
    const locationId = firstLocation(world);
    const token = await installed(world);
    const invoice = async () => {
      const answer = await world.call(token, 'POST', '/invoices/', {
        altId: locationId,
        altType: 'location',
        name: 'A new roof',
        businessDetails: { name: 'Northside' },
        currency: 'USD',
        items: [{ name: 'Roof', currency: 'USD', amount: 900, qty: 1 }],
        discount: { type: 'percentage', value: 0 },
        contactDetails: {
          id: await anyContact(token),
          name: 'Rita',
          email: 'r@mail.example',
          phoneNo: '+13125559901',
        },
        issueDate: '2030-01-07',
        sentTo: { email: ['r@mail.example'] },
        liveMode: false,
      });
      expect(answer.status).toBeLessThan(300);
    };
    await invoice();
    await sent('InvoiceCreate');
    await world.control('PUT', 'switches', { typeInEveryBody: false });
    await invoice();
    const invoices = () => world.simulator.deliveries().filter(({ type }) => type === 'InvoiceCreate');
    await vi.waitFor(() => expect(invoices()).toHaveLength(2));
    const [without, withType] = invoices().map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(withType?.['type']).toBe('InvoiceCreate');
    expect(without).not.toHaveProperty('type');
    expect(without).toMatchObject({ altId: locationId });
  });

  it('name what they cannot take, and change nothing then', async () => {
    const refused = await world.control('PUT', 'switches', { codeLifetimeMs: 0, echoState: false });
    expect(refused.status).toBe(422);
    expect(String(refused.body['message'])).toContain('codeLifetimeMs');
    expect((await world.control('GET', 'switches')).body).toMatchObject({ echoState: true });
  });
});
