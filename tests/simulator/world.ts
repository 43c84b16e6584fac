import type { Simulator, SimulatorOptions } from '../../src/simulator/create-simulator.ts';
import { createSimulator } from '../../src/simulator/create-simulator.ts';
import type { Receiver } from './receiver.ts';
import { createReceiver, toRecord } from './receiver.ts';

export const REDIRECT = 'http://127.0.0.1:4400/oauth/callback';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface TestWorld {
  readonly simulator: Simulator;
  readonly receiver: Receiver;
  readonly locations: readonly { id: string; name: string }[];
  readonly companyId: string;
  installUrl(changes?: Record<string, string>): string;
  /** Submits the consent form and returns where it sends the browser. */
  allow(fields: readonly [string, string][], changes?: Record<string, string>): Promise<Response>;
  /** The code of an install on a sub-account. */
  codeFor(locationId: string, changes?: Record<string, string>): Promise<string>;
  agencyCode(locationIds: readonly string[]): Promise<string>;
  token(fields: Record<string, string>): Promise<Answer>;
  exchange(code: string): Promise<Answer>;
  call(token: string, method: string, path: string, body?: unknown, version?: string | null): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  dispose(): Promise<void>;
}

/** A simulator with a receiver for its webhooks, and short ways to speak to both. */
export async function createTestWorld(options: SimulatorOptions = {}): Promise<TestWorld> {
  const receiver = await createReceiver();
  const simulator = await createSimulator({
    seed: 7,
    redirectUrls: [REDIRECT],
    webhookUrl: receiver.url,
    ...options,
  });
  const { url, clientId, clientSecret } = simulator;
  const state = toRecord(await (await fetch(`${url}/_simulator/state`)).json());
  const locations = toList(state['locations']).map((entry) => ({
    id: String(entry['id']),
    name: String(entry['name']),
  }));
  const companyId = String(toRecord(state['company'])['id']);

  const linkFields = (changes: Record<string, string> = {}): Record<string, string> => ({
    response_type: 'code',
    redirect_uri: REDIRECT,
    client_id: clientId,
    scope: simulator.info().scopes.join(' '),
    ...changes,
  });

  async function allow(
    fields: readonly [string, string][],
    changes?: Record<string, string>,
  ): Promise<Response> {
    const body = new URLSearchParams([...Object.entries(linkFields(changes)), ...fields]);
    return fetch(`${url}/v2/oauth/chooselocation`, { method: 'POST', body, redirect: 'manual' });
  }

  async function codeFrom(response: Response): Promise<string> {
    return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
  }

  const token = async (fields: Record<string, string>): Promise<Answer> =>
    toAnswer(
      await fetch(`${url}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }),
      }),
    );

  return {
    simulator,
    receiver,
    locations,
    companyId,
    allow,
    token,
    installUrl: (changes) =>
      `${url}/v2/oauth/chooselocation?${new URLSearchParams(linkFields(changes)).toString()}`,
    codeFor: async (locationId, changes) =>
      codeFrom(await allow([['target', `location:${locationId}`]], changes)),
    agencyCode: async (locationIds) =>
      codeFrom(
        await allow([
          ['target', `company:${companyId}`],
          ...locationIds.map((id): [string, string] => ['approved', id]),
        ]),
      ),
    exchange: (code) => token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT }),
    async call(accessToken, method, path, body, version = '2021-07-28') {
      const headers = {
        authorization: `Bearer ${accessToken}`,
        ...(version !== null && { version }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      return toAnswer(await fetch(url + path, init));
    },
    async control(method, path, body) {
      const init =
        body === undefined
          ? { method }
          : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      return toAnswer(await fetch(`${url}/_simulator/${path}`, init));
    },
    async dispose() {
      await simulator.dispose();
      await receiver.dispose();
    },
  };
}

export async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : toRecord(JSON.parse(text)),
  };
}

export function toList(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new Error(`expected a list, got ${typeof value}`);
  return value.map(toRecord);
}

/** The first of the sub-accounts. */
export function firstLocation(world: TestWorld): string {
  const [location] = world.locations;
  if (location === undefined) throw new Error('the simulator has no locations');
  return location.id;
}

/** A sub-account other than the first. */
export function otherLocation(world: TestWorld): string {
  const location = world.locations[1];
  if (location === undefined) throw new Error('the simulator has one location only');
  return location.id;
}

/** Installs on the first sub-account and returns its access token. */
export async function installed(world: TestWorld, scope?: string): Promise<string> {
  const changes = scope === undefined ? undefined : { scope };
  const answer = await world.exchange(await world.codeFor(firstLocation(world), changes));
  return String(answer.body['access_token']);
}
