import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createProfiles } from '../../src/main/core/profiles/create-profiles.ts';
import type { ChildProgram, EntryName } from '../../src/main/core/ports.ts';
import {
  createSimulatorControl,
  type SimulatorControlDeps,
} from '../../src/main/core/simulator/create-simulator-control.ts';
import { createForkedProgram } from '../../src/main/hosts/node/child-program.ts';
import { openWorld } from './support.ts';

async function openSimulator(overrides: Partial<SimulatorControlDeps> = {}) {
  const world = await openWorld();
  const { settings, vault, ingress } = world;
  settings.set('simulatorPort', 0);
  const profiles = createProfiles({
    ports: world.ports,
    vault,
    baseUrl: () => ({ base: 'https://public.example', public: true }),
    localBase: () => `http://localhost:${ingress.status().port}`,
  });
  const started: { program: ChildProgram; args: readonly string[] }[] = [];
  const ports = {
    ...world.ports,
    startProgram(entry: EntryName, args: readonly string[]) {
      const program = world.ports.startProgram(entry, args);
      started.push({ program, args });
      return program;
    },
  };
  const simulator = createSimulatorControl({ ports, profiles, ingress, ...overrides });
  const statuses: string[] = [];
  simulator.onState(({ status }) => statuses.push(status));
  onTestFinished(() => simulator.dispose());
  return { ...world, profiles, simulator, started, statuses };
}

async function infoOf(
  url: string | null,
): Promise<{ redirectUrls: string[]; webhookUrl: string; clientId: string }> {
  const response = await fetch(`${url}/_simulator/info`);
  return (await response.json()) as { redirectUrls: string[]; webhookUrl: string; clientId: string };
}

describe('the simulator', () => {
  it('runs with one call, with a profile of its app that is the active one, and delivers to this machine', async () => {
    const { simulator, profiles, settings, statuses, port } = await openSimulator();
    const [state, again] = await Promise.all([simulator.start(), simulator.start()]);
    expect(state).toMatchObject({ status: 'running', url: expect.stringMatching(/^http:\/\//), error: null });
    expect(again).toEqual(state);
    expect(statuses).toEqual(['starting', 'running']);
    const [profile] = profiles.list();
    const info = await infoOf(state.url);
    expect(profile).toMatchObject({ id: state.profileId, environment: 'simulator', clientId: info.clientId });
    expect(settings.get('activeProfile')).toBe(state.profileId);
    expect(info.redirectUrls).toEqual([`http://localhost:${port}/oauth/callback`]);
    expect(info.webhookUrl).toBe(`http://localhost:${port}/webhooks`);
  });

  it('stopped and started again, on whatever port, it has the same profile', async () => {
    const { simulator, profiles } = await openSimulator();
    const first = await simulator.start();
    expect(await simulator.stop()).toMatchObject({ status: 'off', url: null, profileId: null });
    await expect(fetch(`${first.url}/_simulator/info`)).rejects.toThrow('fetch failed');
    const second = await simulator.start();
    expect(second).toMatchObject({ status: 'running', profileId: first.profileId });
    expect(profiles.list()).toHaveLength(1);
    expect(profiles.list()[0]?.clientId).toBe((await infoOf(second.url)).clientId);
    expect(profiles.list()[0]?.hosts.api).toBe(second.url);
  });

  it('takes any free port when its own is taken', async () => {
    const { simulator, settings, started } = await openSimulator();
    const squatter = createServer();
    squatter.listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    onTestFinished(() => void squatter.close());
    const address = squatter.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    settings.set('simulatorPort', taken);
    const state = await simulator.start();
    expect(state.status).toBe('running');
    expect(new URL(state.url ?? '').port).not.toBe(String(taken));
    expect(started.map(({ args }) => args)).toEqual([
      ['--port', String(taken)],
      ['--port', '0'],
    ]);
  });

  it('says that it died, and can be started again', async () => {
    const { simulator, started } = await openSimulator();
    await simulator.start();
    started[0]?.program.kill();
    await expect.poll(() => simulator.state().status).toBe('failed');
    expect(simulator.state().error).toBe('The simulator ended by itself; start it again.');
    expect(await simulator.start()).toMatchObject({ status: 'running', error: null });
  });

  it('learns where the ingress listens now', async () => {
    const { simulator, ingress } = await openSimulator();
    const { url } = await simulator.start();
    const { port } = await ingress.listen(0);
    await expect.poll(async () => (await infoOf(url)).webhookUrl).toBe(`http://localhost:${port}/webhooks`);
    expect((await infoOf(url)).redirectUrls).toEqual([`http://localhost:${port}/oauth/callback`]);
  });

  it('learns the paths a profile has now', async () => {
    const { simulator, profiles, port } = await openSimulator();
    const { url, profileId } = await simulator.start();
    if (profileId === null) throw new Error('no profile');
    await profiles.update(profileId, { webhookPath: '/hooks/mine' });
    await expect.poll(async () => (await infoOf(url)).webhookUrl).toBe(`http://localhost:${port}/hooks/mine`);
  });

  it('can be stopped while it starts', async () => {
    const { simulator } = await openSimulator();
    const starting = simulator.start();
    expect(await simulator.stop()).toMatchObject({ status: 'off' });
    expect((await starting).status).toBe('off');
    expect(await simulator.start()).toMatchObject({ status: 'running' });
  });

  it.each([
    ['silent', 500, /did not begin to listen within 0.5 s/],
    ['failing', 30_000, /ended before it listened/],
  ])('says why it does not run: a %s program', async (behaviour, startMs, sentence) => {
    const program = new URL('programs/bad-simulator.ts', import.meta.url);
    const world = await openWorld();
    const startProgram = () => createForkedProgram(program, [behaviour], world.ports.log);
    const { simulator, profiles } = await openSimulator({
      ports: { ...world.ports, startProgram },
      startMs,
    });
    const state = await simulator.start();
    expect(state).toMatchObject({ status: 'failed', url: null });
    expect(state.error).toMatch(sentence);
    expect(profiles.list()).toEqual([]);
  });
});
