import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator, type SimulatorOptions } from '../../src/simulator/create-simulator.ts';
import { openProfiles } from './support.ts';

const local = { localBase: () => 'http://localhost:5512' };

async function simulator(options: SimulatorOptions = {}) {
  const started = await createSimulator(options);
  onTestFinished(() => started.dispose());
  return started;
}

describe('adding a simulator', () => {
  it("takes its app, secret and keys, and registers this companion's addresses", async () => {
    const { profiles, vault } = await openProfiles(local);
    const running = await simulator({ redirectUrls: [], webhookUrl: null });
    const profile = await profiles.addSimulator(`${running.url}/anything`);
    expect(profile).toMatchObject({
      environment: 'simulator',
      clientId: running.clientId,
      appId: running.appId,
      hosts: { api: running.url, consent: running.url },
      hasSecret: true,
    });
    expect(profile.keys.map(({ scheme, owner }) => [scheme, owner])).toEqual([
      ['ed25519', 'simulator'],
      ['rsa', 'simulator'],
    ]);
    expect(await vault.get(`profile/${profile.id}/client-secret`)).toBe(running.clientSecret);
    expect(running.info()).toMatchObject({
      redirectUrls: ['http://localhost:5512/oauth/callback'],
      webhookUrl: 'http://localhost:5512/webhooks',
    });
    expect(profiles.derivationContext().keys).toContainEqual({
      scheme: 'ed25519',
      pem: running.ed25519PublicKey,
      owner: 'simulator',
      profileId: profile.id,
    });
  });

  it('keeps the addresses somebody gave the simulator on purpose', async () => {
    const { profiles } = await openProfiles(local);
    const given = { redirectUrls: ['http://localhost:3000/cb'], webhookUrl: 'http://localhost:3000/hooks' };
    const running = await simulator(given);
    const { id } = await profiles.addSimulator(running.url, { register: false });
    expect(running.info()).toMatchObject(given);
    await profiles.registerWithSimulator(id);
    expect(running.info()).toMatchObject({
      redirectUrls: ['http://localhost:3000/cb', 'http://localhost:5512/oauth/callback'],
      webhookUrl: 'http://localhost:3000/hooks',
    });
  });

  it('a second time, on another port, changes the profile and keeps its name and paths', async () => {
    const { profiles } = await openProfiles(local);
    const first = await simulator({ seed: 7 });
    const { id } = await profiles.addSimulator(first.url);
    await profiles.update(id, { name: 'My simulator', webhookPath: '/from-simulator' });
    const second = await simulator({ seed: 7, webhookUrl: null });
    const again = await profiles.addSimulator(second.url);
    expect(profiles.list()).toHaveLength(1);
    expect(again).toMatchObject({ id, name: 'My simulator', hosts: { api: second.url } });
    expect(second.info().webhookUrl).toBe('http://localhost:5512/from-simulator');
  });
});

describe('what is no simulator', () => {
  async function server(status: number, body: string): Promise<string> {
    const listening = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }).listen(0, '127.0.0.1');
    await once(listening, 'listening');
    onTestFinished(() => {
      listening.closeAllConnections();
      listening.close();
    });
    return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  it.each([
    [200, '<html>', 'it answered 200'],
    [404, '{}', 'it answered 404'],
    [200, '{"name":"x","url":"http://h"}', 'its "clientId" is missing or wrong'],
  ])('answering %i %s is refused, and nothing is saved', async (status, body, sentence) => {
    const { profiles, vault } = await openProfiles();
    await expect(profiles.addSimulator(await server(status, body))).rejects.toMatchObject({
      code: 'simulator_failed',
      message: expect.stringContaining(sentence),
    });
    expect([profiles.list(), vault.names('')]).toEqual([[], []]);
  });

  it('not there at all is said in a sentence with the address', async () => {
    const { profiles } = await openProfiles();
    const running = await createSimulator();
    await running.dispose();
    await expect(profiles.addSimulator(running.url)).rejects.toMatchObject({
      code: 'simulator_failed',
      message: `No simulator answers at ${running.url}.`,
    });
    await expect(profiles.addSimulator('ftp://h')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(profiles.addSimulator('nowhere')).rejects.toMatchObject({ code: 'bad_input' });
  });
});
