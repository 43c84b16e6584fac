/** Bodies of stored webhooks, read whole within limits. */
import type { BodyPart, ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { fieldsOfBody } from './body-fields.ts';
import type { Delivery } from './shape.ts';

type Store = Pick<ExchangeStore, 'page' | 'body'>;

const SLICE = 1_048_576;
/** A body beyond this says no more about the shape of an event. */
const MOST_BYTES = 262_144;
const MOST_REMEMBERED = 2000;

/** A whole body. Rejects with `not_found`. */
export async function readBody(
  store: Pick<Store, 'body'>,
  id: ExchangeId,
  part: BodyPart = 'request',
): Promise<Uint8Array> {
  const slices: Uint8Array[] = [];
  for (let offset = 0; ;) {
    const { bytes, totalBytes } = await store.body(id, part, offset, SLICE);
    slices.push(bytes);
    offset += bytes.length;
    if (offset >= totalBytes || bytes.length === 0) return Buffer.concat(slices);
  }
}

/** The JSON of a body; undefined where it is none. A byte order mark is no part of it. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(
      Buffer.from(body)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    );
  } catch {
    // What is not JSON has no fields.
    return undefined;
  }
}

/** Reads deliveries of a type, newest first, and remembers the fields of each body, which never change. */
export function createDeliveryReader(store: Store) {
  const remembered = new Map<ExchangeId, Delivery['fields'] | null>();

  async function latest(
    type: string,
    profileId: ProfileId | null | undefined,
    limit: number,
  ): Promise<ExchangeSummary[]> {
    const { items } = await store.page({
      purposes: ['webhook', 'inbound'],
      eventTypes: [type],
      limit,
      ...(profileId === null || profileId === undefined ? {} : { profileId }),
    });
    return items;
  }

  async function fieldsOf({ id, requestBytes }: ExchangeSummary): Promise<Delivery['fields'] | null> {
    const known = remembered.get(id);
    if (known !== undefined) return known;
    const body = requestBytes > MOST_BYTES ? undefined : jsonOf(await readBody(store, id));
    const fields = body === undefined ? null : fieldsOfBody(body);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(id, fields);
    return fields;
  }

  return {
    latest,
    /** The latest deliveries of a type with their fields; those that are too large or no JSON are left out. */
    async deliveries(type: string, profileId: ProfileId | null, limit: number): Promise<Delivery[]> {
      const found: Delivery[] = [];
      for (const row of await latest(type, profileId, limit)) {
        const fields = await fieldsOf(row);
        if (fields !== null) found.push({ id: row.id, at: row.receivedAt, fields });
      }
      return found;
    },
    /** JSON texts of objects and lists of objects; null for what is too large or none. */
    async sample({ id, requestBytes }: ExchangeSummary): Promise<string | null> {
      if (requestBytes > MOST_BYTES) return null;
      const body = jsonOf(await readBody(store, id));
      const objects = (Array.isArray(body) ? body : [body]).filter(
        (one) => typeof one === 'object' && one !== null && !Array.isArray(one),
      );
      return objects.length === 0 ? null : JSON.stringify(Array.isArray(body) ? objects : objects[0]);
    },
  };
}
