/** Explains stored webhooks: signature, shape, types from what arrived, coverage of the documented events. */
import { documentedFields } from '../../../shared/highlevel/event-fields.ts';
import { events } from '../../../shared/highlevel/events.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type {
  GeneratedTypes,
  ShapeField,
  SignatureExplanation,
  WebhookCoverage,
  WebhookShape,
} from '../../../shared/model/webhook.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import type { Ingress } from '../ingress/types.ts';
import type { Log } from '../ports.ts';
import { derivationContextOf } from '../profiles/derivation-context.ts';
import { clientSecretName, ssoSecretName } from '../profiles/profile-secrets.ts';
import type { Profiles, Tokens, Webhooks } from '../services.ts';
import type { Vault } from '../vault/types.ts';
import { ageOf, repetitionOf } from './age-and-repetition.ts';
import { familyOf } from './body-shapes.ts';
import { coverageOf } from './coverage.ts';
import type { Seen } from './coverage.ts';
import { explainSignature } from './explain-signature.ts';
import { generateTypes, typeNameOf } from './generate-types.ts';
import { createDeliveryReader, jsonOf, readBody } from './read-deliveries.ts';
import { compareShape } from './shape.ts';
import type { NamedSecret } from './shared-secret.ts';

export type WebhooksDeps = {
  readonly store: Pick<ExchangeStore, 'get' | 'page' | 'body' | 'count'>;
  readonly profiles: Pick<Profiles, 'list' | 'get' | 'addresses'>;
  readonly tokens: Pick<Tokens, 'list'>;
  readonly vault: Pick<Vault, 'get'>;
  readonly ingress: Pick<Ingress, 'status'>;
  readonly log: Log;
};

/** Larger bodies would hold up everything else while they are written in other ways. */
const MOST_BYTES_EXPLAINED = 2 * 1_048_576;
/** Deliveries of a type that a field is looked for in. */
const LOOKED_AT = 200;

/** The documented event of that type, else every event of that family. */
function candidatesFor(type: string): string[] {
  if (documentedFields(type) !== null) return [type];
  return events.filter((one) => familyOf(one.type) === type).map((one) => one.type);
}

function namesItself(body: unknown, type: string): boolean {
  return typeof body === 'object' && body !== null && 'type' in body && body.type === type;
}

/** The events of a family are told apart by their fields where they differ at all: the one that explains most counts. */
function bestFit(comparisons: readonly ShapeField[][]): ShapeField[] {
  const strange = (fields: ShapeField[]): number =>
    fields.filter(({ state }) => state !== 'as-documented').length;
  return comparisons.toSorted((a, b) => strange(a) - strange(b))[0] ?? [];
}

export function createWebhooks({ store, profiles, tokens, vault, ingress, log }: WebhooksDeps): Webhooks {
  const reader = createDeliveryReader(store);

  async function inbound(id: ExchangeId): Promise<ExchangeDetail> {
    const exchange = await store.get(id);
    if (exchange.purpose === 'webhook' || exchange.purpose === 'inbound') return exchange;
    throw new AppError('bad_input', `The exchange ${id} is no webhook: its purpose is ${exchange.purpose}.`);
  }

  async function bodyOf({ id, requestBody }: ExchangeDetail): Promise<Uint8Array> {
    if (requestBody.bytes <= MOST_BYTES_EXPLAINED) return readBody(store, id);
    throw new AppError(
      'bad_input',
      `The body has ${requestBody.bytes} bytes; bodies up to 2 MiB are examined.`,
    );
  }

  /** The secrets a sender may have taken for a signing key: the profile's own, or everybody's where it is nobody's. */
  async function secretsOf(profile: Profile | undefined): Promise<NamedSecret[]> {
    const found: NamedSecret[] = [];
    for (const { id, name } of profile === undefined ? profiles.list() : [profile]) {
      const whose = profile === undefined ? ` of ${name}` : '';
      for (const [vaultName, words] of [
        [clientSecretName(id), 'client secret'],
        [ssoSecretName(id), 'shared secret of its custom pages'],
      ] as const) {
        const value = await vault.get(vaultName).catch((cause: unknown) => {
          log('debug', 'A secret could not be tried against a signature.', { name: vaultName, cause });
          return null;
        });
        if (value !== null) found.push({ name: `${words}${whose}`, value });
      }
    }
    return found;
  }

  /** ms; null where the first delivery has been deleted. */
  async function sinceFirst(receivedAt: number, firstId: ExchangeId): Promise<number | null> {
    try {
      return receivedAt - (await store.get(firstId)).receivedAt;
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return null;
      throw error;
    }
  }

  async function explain(id: ExchangeId): Promise<SignatureExplanation> {
    const exchange = await inbound(id);
    const profile = profiles.list().find((one) => one.id === exchange.profileId);
    const explained = explainSignature({
      message: {
        headers: exchange.requestHeaders,
        body: await bodyOf(exchange),
        complete: exchange.requestBody.complete,
      },
      receiver: profile ?? null,
      keys: derivationContextOf(profiles.list()).keys,
      secrets: await secretsOf(profile),
    });
    const firstId = exchange.event?.duplicateOf ?? null;
    return {
      ...explained,
      age: ageOf(exchange.event?.timestamp ?? null, exchange.receivedAt),
      repetition:
        firstId === null ? null : repetitionOf(firstId, await sinceFirst(exchange.receivedAt, firstId)),
    };
  }

  async function shape(id: ExchangeId): Promise<WebhookShape> {
    const exchange = await inbound(id);
    const type = exchange.event?.type ?? null;
    const none = { type, documented: false, guessed: false, fields: [], lookedAt: 0 };
    if (type === null)
      return { ...none, sentence: 'The body names no event, so there is nothing to compare it with.' };
    const body = jsonOf(await bodyOf(exchange));
    if (body === undefined)
      return { ...none, sentence: 'The body is not JSON, so it has no fields to compare.' };
    const candidates = candidatesFor(type);
    if (candidates.length === 0)
      return { ...none, sentence: `HighLevel documents no event of the type ${JSON.stringify(type)}.` };
    const deliveries = await reader.deliveries(type, exchange.profileId, LOOKED_AT);
    const first: unknown = Array.isArray(body) ? body[0] : body;
    return {
      type,
      documented: true,
      guessed: !namesItself(first, type),
      fields: bestFit(candidates.map((one) => compareShape(one, first, deliveries))),
      lookedAt: deliveries.length,
      sentence: null,
    };
  }

  async function types(query: {
    type: string;
    profileId?: ProfileId | undefined;
    last: number;
  }): Promise<GeneratedTypes> {
    const rows = await reader.latest(query.type, query.profileId, query.last);
    const samples: string[] = [];
    const times: number[] = [];
    for (const row of rows) {
      const sample = await reader.sample(row);
      if (sample === null) continue;
      samples.push(sample);
      times.push(row.receivedAt);
    }
    if (samples.length === 0) {
      throw new AppError('not_found', `No ${query.type} with a JSON object as its body is stored here.`);
    }
    return {
      type: query.type,
      samples: samples.length,
      skipped: rows.length - samples.length,
      from: Math.min(...times),
      to: Math.max(...times),
      ...(await generateTypes(typeNameOf(query.type), samples)),
    };
  }

  async function coverage(profileId: ProfileId): Promise<WebhookCoverage> {
    const profile = profiles.get(profileId);
    const names = new Set(events.flatMap(({ type }) => [type, familyOf(type) ?? type]));
    const seen = new Map<string, Seen>();
    await Promise.all(
      [...names].map(async (type) => {
        const filter = { purposes: ['webhook' as const], profileId, eventTypes: [type] };
        const count = await store.count(filter);
        if (count === 0) return;
        const last = (await store.page({ ...filter, limit: 1 })).items[0];
        seen.set(type, { count, last: last === undefined ? null : { at: last.receivedAt, id: last.id } });
      }),
    );
    return coverageOf({
      profile,
      addresses: profiles.addresses(profileId),
      ingress: ingress.status(),
      tokens: tokens.list(profileId),
      seen,
    });
  }

  return { explain, shape, types, coverage };
}
