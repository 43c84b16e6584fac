import { createSimulator } from '../../src/simulator/create-simulator.ts';
import type { Simulator } from '../../src/simulator/create-simulator.ts';
import type { DocumentedOperation, OpenApiDocument } from '../shapes/openapi.ts';
import { operationsOf } from '../shapes/openapi.ts';

/** A simulator with its app installed, and what a caller has to know of it. */
export interface Account {
  readonly url: string;
  /** Values for fields of these names. */
  readonly known: ReadonlyMap<string, string>;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** Contacts with email and phone that no call has used: for what a contact may have only once. */
  readonly freshContacts: readonly [string, string, string];
  /** Emails that wait for their time. */
  readonly scheduled: readonly [Scheduled, Scheduled];
  /** An access token of the class that an operation asks for. */
  tokenFor(security: NonNullable<DocumentedOperation['security']>): string;
  dispose(): Promise<void>;
}

const REDIRECT = 'http://localhost:4400/oauth/callback';

/** Starts a simulator and installs its app, with every scope of the documents, on the agency and a sub-account. */
export async function openAccount(documents: readonly OpenApiDocument[]): Promise<Account> {
  const simulator = await createSimulator({
    seed: 1,
    redirectUrls: [REDIRECT],
    rateLimits: { burst: 1_000_000, intervalMs: 10_000, daily: 1_000_000 },
  });
  simulator.setScopes(scopesOf(documents));
  const state = await json(`${simulator.url}/_simulator/state`);
  const companyId = String(record(state['company'])['id']);
  const locations = Array.isArray(state['locations']) ? state['locations'].map(record) : [];
  const locationId = String(locations[0]?.['id']);
  const company = await install(simulator, `company:${companyId}`, [locationId]);
  const location = await install(simulator, `location:${locationId}`, []);
  const freshContacts = [0, 1, 2].map((index) =>
    createContact(simulator.url, location.accessToken, locationId, index),
  );
  const [first, second, third] = await Promise.all(freshContacts);
  const email = (): Promise<Scheduled> => scheduleEmail(simulator.url, location.accessToken, first ?? '');
  return {
    url: simulator.url,
    scheduled: [await email(), await email()],
    freshContacts: [first ?? '', second ?? '', third ?? ''],
    clientId: simulator.clientId,
    clientSecret: simulator.clientSecret,
    refreshToken: location.refreshToken,
    known: new Map([
      ['locationId', locationId],
      ['location_id', locationId],
      ['altId', locationId],
      ['altType', 'location'],
      ['companyId', companyId],
      ['appId', simulator.appId],
    ]),
    tokenFor(security) {
      const schemes = security.flatMap((scheme) => Object.keys(scheme));
      const takesLocation = schemes.length === 0 || schemes.some((name) => !name.startsWith('Agency'));
      return takesLocation ? location.accessToken : company.accessToken;
    },
    dispose: () => simulator.dispose(),
  };
}

function scopesOf(documents: readonly OpenApiDocument[]): string[] {
  const scopes = new Set(['oauth.write', 'oauth.readonly', 'contacts.write', 'conversations/message.write']);
  for (const document of documents) {
    for (const { operation } of operationsOf(document)) {
      for (const scheme of operation.security ?? [])
        for (const list of Object.values(scheme)) list.forEach((scope) => scopes.add(scope));
    }
  }
  return [...scopes];
}

type Scheduled = { readonly messageId: string; readonly emailMessageId: string };

async function scheduleEmail(url: string, token: string, contactId: string): Promise<Scheduled> {
  const answer = await post(url, token, '/conversations/messages', {
    contactId,
    type: 'Email',
    subject: 'Later',
    html: '<p>Later</p>',
    scheduledTimestamp: 1_900_000_000,
  });
  return { messageId: String(answer['messageId']), emailMessageId: String(answer['emailMessageId']) };
}

async function createContact(url: string, token: string, locationId: string, index: number): Promise<string> {
  const answer = await post(url, token, '/contacts/', {
    locationId,
    firstName: 'Fresh',
    email: `fresh-${index}@customers.example`,
    phone: `+1555555020${index}`,
  });
  return String(record(answer['contact'])['id']);
}

function post(url: string, token: string, path: string, body: object): Promise<Record<string, unknown>> {
  return json(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, version: '2021-07-28', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function install(
  simulator: Simulator,
  target: string,
  approved: readonly string[],
): Promise<{ accessToken: string; refreshToken: string }> {
  const consent = new URLSearchParams({
    response_type: 'code',
    redirect_uri: REDIRECT,
    client_id: simulator.clientId,
    scope: simulator.info().scopes.join(' '),
    target,
  });
  for (const id of approved) consent.append('approved', id);
  const url = `${simulator.url}/v2/oauth/chooselocation`;
  const answer = await fetch(url, { method: 'POST', body: consent, redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? '', url).searchParams.get('code');
  if (code === null) throw new Error(`The simulator did not install its app: it answered ${answer.status}.`);
  const token = await json(`${simulator.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: simulator.clientId,
      client_secret: simulator.clientSecret,
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT,
      code,
    }),
  });
  return { accessToken: String(token['access_token']), refreshToken: String(token['refresh_token']) };
}

async function json(url: string, init?: RequestInit): Promise<Record<string, unknown>> {
  return record(await (await fetch(url, init)).json());
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
