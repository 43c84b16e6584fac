/** Ids in use, so that a triggered webhook speaks of what the developer really has. */
import { idFieldOf, idKindOf } from '../../../shared/highlevel/event-payload.ts';
import { eventOfType } from '../../../shared/highlevel/events.ts';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { KnownId } from '../../../shared/model/trigger.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { jsonOf } from '../webhooks/read-deliveries.ts';

/** Lists of ids by the name of a field that holds one, the likeliest first. */
export type IdBook = Map<string, KnownId[]>;

export type IdSources = {
  readonly store: Pick<ExchangeStore, 'page' | 'body'>;
  /** Null: of every app there is. */
  readonly profile: Profile | null;
  readonly tokens: readonly TokenSummary[];
};

/** Exchanges that are looked through, the newest first. */
const LOOKED_AT = 60;
/** A larger body is a list of many, and the first few ids are enough. */
const MOST_BYTES = 262_144;
const MOST_OF_A_KIND = 20;
const DEEPEST = 6;

/** HighLevel's ids are short words of letters, digits and dashes; what else ends in `Id` may be anything. */
const idForm = /^[\w-]{8,64}$/;

/** Of the app itself, then of its installs, newest first, then of what was stored last. */
export async function knownIds({ store, profile, tokens }: IdSources): Promise<IdBook> {
  const book: IdBook = new Map();
  if (profile !== null) {
    add(book, 'appId', { value: profile.appId, source: 'profile', label: profile.name });
    for (const value of [profile.versionId, ...profile.portal.versionIds])
      if (value !== null) add(book, 'versionId', { value, source: 'profile', label: null });
  }
  const installs = tokens.toSorted(
    (a, b) => Number(a.status === 'dead') - Number(b.status === 'dead') || b.obtainedAt - a.obtainedAt,
  );
  // A sub-account's install names all three; the agency's own has no location.
  for (const token of [
    ...installs.filter(({ locationId }) => locationId !== null),
    ...installs.filter(({ locationId }) => locationId === null),
  ]) {
    for (const kind of ['locationId', 'companyId', 'userId'] as const) {
      const value = token[kind];
      const label = kind === (token.locationId === null ? 'companyId' : 'locationId') ? token.label : null;
      if (value !== null) add(book, kind, { value, source: 'token', label });
    }
  }
  const page = await store.page({
    purposes: ['webhook', 'api'],
    ...(profile !== null && { profileId: profile.id }),
    limit: LOOKED_AT,
  });
  for (const exchange of page.items) await readExchange(store, exchange, book);
  return book;
}

async function readExchange(
  store: IdSources['store'],
  { id, purpose, event, requestBytes, responseBytes }: ExchangeSummary,
  book: IdBook,
): Promise<void> {
  const part = purpose === 'api' ? 'response' : 'request';
  const bytes = part === 'request' ? requestBytes : responseBytes;
  if (bytes === null || bytes === 0 || bytes > MOST_BYTES) return;
  const body = jsonOf((await store.body(id, part, 0, MOST_BYTES)).bytes);
  const entity = event?.type === null || event === null ? null : (eventOfType(event.type)?.entity ?? null);
  if (event !== null && entity !== null && event.entityId !== null)
    found(book, idFieldOf(entity), event.entityId);
  walk(body, '', 0, book);
}

/** @param kind whose id an `id` right here is; empty at the top, where the body does not say */
function walk(value: unknown, kind: string, depth: number, book: IdBook): void {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const entry of value) walk(entry, kind, depth + 1, book);
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string') {
      const named = name === 'id' || name === '_id' ? kind : idKindOf('', name);
      if (named !== null && named !== '') found(book, named, inner);
    } else {
      walk(inner, `${name.replace(/ies$/, 'y').replace(/s$/, '')}Id`, depth + 1, book);
    }
  }
}

function found(book: IdBook, kind: string, value: string): void {
  // Whose webhooks these are is known from the installs; what else was seen there may be a made-up one.
  if (kind === 'appId' || kind === 'versionId' || !idForm.test(value)) return;
  add(book, kind, { value, source: 'exchange', label: null });
}

function add(book: IdBook, kind: string, id: KnownId): void {
  const list = book.get(kind) ?? [];
  if (id.value === '' || list.length >= MOST_OF_A_KIND || list.some(({ value }) => value === id.value))
    return;
  book.set(kind, [...list, id]);
}
