/**
 * A data folder with 100,000 webhooks of 1,350 B (135 MB), an app and 50 tokens, written by the product itself. Made once
 * a run, for all sections that read it.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from '../src/main/core/create-core.ts';
import type { ExchangeStore, ExchangeCapture } from '../src/main/core/exchanges/types.ts';
import { createNodePorts } from '../src/main/hosts/node/create-node-ports.ts';
import type { ProfileId } from '../src/shared/model/ids.ts';
import { log, openStore } from './open-store.ts';
import { publicKeyPem, signatureOf } from './webhook-bodies.ts';

export const EXCHANGES = 100_000;
export const EXCHANGE_BYTES = 1350;
export const TOKENS = 50;

const APP_ID = '665c6bb13d4e5364bdec0e2f';
const TYPES = [
  'ContactCreate',
  'ContactUpdate',
  'ContactTagUpdate',
  'OpportunityCreate',
  'OpportunityStatusUpdate',
  'AppointmentCreate',
  'AppointmentUpdate',
  'InboundMessage',
  'OutboundMessage',
  'NoteCreate',
  'TaskCreate',
  'InvoicePaid',
];
const LOCATIONS = 50;
/** Words of the notes: the first ones are common, the last ones rare. */
const WORDS = 4000;
const AT_ONCE = 500;

export const eventType = (number: number): string => TYPES[number % TYPES.length] ?? '';
export const location = (number: number): string =>
  createHash('sha256')
    .update(`location ${number % LOCATIONS}`)
    .digest('base64url')
    .slice(0, 20);
/** The word of this rank, made of syllables, so that parts of it are parts of others too. */
export function word(rank: number): string {
  const syllables = [
    'ba',
    'lo',
    'mi',
    'tur',
    'sen',
    'ka',
    'vel',
    'dor',
    'ni',
    'pas',
    'rem',
    'gu',
    'fi',
    'zan',
  ];
  let text = '';
  for (let rest = rank + 200; rest > 0; rest = Math.floor(rest / syllables.length))
    text += syllables[rest % syllables.length] ?? '';
  return text;
}

function captureOf(number: number): ExchangeCapture {
  const hex = createHash('sha256').update(String(number)).digest('hex');
  const body: Record<string, unknown> = {
    type: eventType(number),
    locationId: location(Math.floor(number / TYPES.length)),
    appId: APP_ID,
    id: hex.slice(0, 20),
    webhookId: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    timestamp: new Date(1_760_000_000_000 + number * 1000).toISOString(),
    email: `${word(number % WORDS)}.${hex.slice(32, 38)}@example.com`,
    phone: `+1${String(2_000_000_000 + number * 7)}`,
    notes: '',
  };
  const empty = JSON.stringify(body).length;
  let notes = '';
  for (let index = 0; empty + notes.length < EXCHANGE_BYTES; index += 1) {
    // Squared, so that a few words are in most bodies and most words in a few.
    const share = (((number * 31 + index * 7919) * 2_654_435_761) % 2 ** 32) / 2 ** 32;
    notes += `${word(Math.floor(share ** 3 * WORDS))} `;
  }
  body['notes'] = notes.slice(0, EXCHANGE_BYTES - empty);
  const bytes = Buffer.from(JSON.stringify(body));
  const receivedAt = 1_760_000_000_000 + number * 1000;
  return {
    purpose: 'webhook',
    direction: 'inbound',
    receivedAt,
    method: 'POST',
    url: `/webhooks?number=${number}`,
    httpVersion: '1.1',
    remoteAddress: '127.0.0.1',
    requestHeaders: [
      ['Host', '127.0.0.1'],
      ['Content-Type', 'application/json'],
      ['X-GHL-Signature', signatureOf(bytes)],
    ],
    requestBody: { bytes },
    answer: {
      status: 200,
      headers: [['Content-Type', 'application/json']],
      body: { bytes: Buffer.from('{"success":true}') },
      outcome: 'answered',
      finishedAt: receivedAt + 2,
    },
  };
}

/** Resolves when all are stored, derived and can be found. */
async function fill(store: ExchangeStore, count: number): Promise<void> {
  for (let number = 0; number < count; number += AT_ONCE) {
    const captures = Array.from({ length: Math.min(AT_ONCE, count - number) }, (_, index) =>
      captureOf(number + index),
    );
    await Promise.all(captures.map((capture) => store.append(capture)));
  }
  await store.settled();
  const last = `number=${count - 1}`;
  while ((await store.count({ search: last })) === 0);
}

/** The app and its tokens, as the companion keeps them. */
async function addTokens(dataDir: string): Promise<ProfileId> {
  const hostEntry = new URL('../src/main/hosts/cli/main.ts', import.meta.url).href;
  const core = await createCore(createNodePorts({ host: 'cli', dataDir, hostEntry, log, env: {} }), {
    ingressPort: 0,
  });
  const { id } = await core.profiles.add({
    clientId: `${APP_ID}-bench`,
    webhookKeys: [{ scheme: 'ed25519', pem: publicKeyPem }],
  });
  for (let number = 0; number < TOKENS; number += 1) {
    const token = `pit-${createHash('sha256').update(`token ${number}`).digest('hex').slice(0, 32)}`;
    await core.tokens.addPrivate({ profileId: id, token, level: 'sub-account', accountId: location(number) });
  }
  await core.dispose();
  return id;
}

/** A data folder of its own with so many exchanges; the caller removes it. */
export async function makeFolder(count: number): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'companion-lists-'));
  const profileId = await addTokens(dataDir);
  const store = await openStore(dataDir);
  store.setDerivationContext({
    profiles: [{ id: profileId, appId: APP_ID, environment: 'live' }],
    keys: [{ scheme: 'ed25519', pem: publicKeyPem, owner: 'profile', profileId }],
  });
  await fill(store, count);
  await store.dispose();
  return dataDir;
}

let prepared: Promise<string> | null = null;

/** The folder all sections of this run read. */
export function hundredThousand(): Promise<string> {
  if (prepared === null)
    console.log(`a data folder of ${EXCHANGES.toLocaleString('en-US')} exchanges is written …`);
  prepared ??= makeFolder(EXCHANGES);
  return prepared;
}

export async function removeHundredThousand(): Promise<void> {
  if (prepared !== null) await rm(await prepared, { recursive: true });
}
