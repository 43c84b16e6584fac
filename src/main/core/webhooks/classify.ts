/** Tells what an inbound body speaks of. Never throws: what cannot be parsed is still an exchange. */
import { eventOfType } from '../../../shared/highlevel/events.ts';
import type { PlatformEvent } from '../../../shared/highlevel/events.ts';
import type { EventFacts } from '../../../shared/model/exchange.ts';
import type { Mention } from '../../../shared/model/relations.ts';
import { mentionsOfEvent } from '../relations/mentions.ts';
import { isProviderMessage, shapeOf } from './body-shapes.ts';
import type { JsonObject } from './body-shapes.ts';

export type Classification = Omit<EventFacts, 'signature' | 'duplicateOf'> & {
  /** Every entity the body names. */
  readonly mentions: readonly Mention[];
};

/** An older timestamp is flagged: a retry or a resend carries the original one (HighLevel docs: Webhook Authentication). */
const OLD_TIMESTAMP_MS = 5 * 60_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the body's own words for what happened.
 *
 * @param bytes the raw body
 * @param receivedAt ms since the epoch
 * @param expectEvent true on a webhook route, where a body that names no known event is worth a flag
 */
export function classify(bytes: Uint8Array, receivedAt: number, expectEvent: boolean): Classification {
  const flags: string[] = [];
  const parsed = parse(bytes, flags, expectEvent);
  const list = Array.isArray(parsed) ? parsed : null;
  if (list !== null)
    flags.push(`The body is a list of ${list.length}; the facts are those of its first entry.`);
  const body = asObject(list === null ? parsed : list[0]);
  if (body === null) {
    if (parsed !== undefined && list === null) flags.push('The body is JSON, but not an object.');
    return { ...NOTHING, flags };
  }
  const named = nameOf(body, expectEvent, flags);
  const timestamp = textOf(body['timestamp']);
  flagOld(timestamp, receivedAt, flags);
  const nested = asObject(body['extras']) ?? {};
  const locationId = locationOf(body, named.event) ?? textOf(nested['locationId']);
  const entityId = entityOf(body, named.event);
  return {
    type: named.type,
    category: named.category,
    webhookId: textOf(body['webhookId']),
    locationId,
    companyId: textOf(body['companyId']) ?? textOf(nested['companyId']),
    appId: textOf(body['appId']),
    timestamp,
    entityId,
    flags,
    mentions: mentionsOfEvent(body, { type: named.type, entityId, locationId }),
  };
}

const NOTHING: Omit<Classification, 'flags'> = {
  type: null,
  category: null,
  webhookId: null,
  locationId: null,
  companyId: null,
  appId: null,
  timestamp: null,
  entityId: null,
  mentions: [],
};

/** The parsed body; undefined where there is none, or where it is not JSON, which is flagged. */
function parse(bytes: Uint8Array, flags: string[], expectEvent: boolean): unknown {
  if (bytes.length === 0) {
    if (expectEvent) flags.push('The body is empty.');
    return undefined;
  }
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    flags.push('The body is not valid UTF-8.');
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    flags.push('The body is not JSON.');
    return undefined;
  }
}

type Name = {
  readonly type: string | null;
  readonly category: string | null;
  readonly event: PlatformEvent | null;
};

function nameOf(body: JsonObject, expectEvent: boolean, flags: string[]): Name {
  const written = textOf(body['type']);
  const event = written === null ? null : eventOfType(written);
  if (event !== null) return { type: event.type, category: event.category, event };
  if (isProviderMessage(body)) return { type: written, category: 'Conversation provider', event: null };
  const shape = shapeOf(body);
  if (shape !== null) {
    flags.push(
      shape.exact
        ? `The body names no event; by its fields it is guessed to be ${shape.type}.`
        : `The body names no event; by its fields it is guessed to speak of: ${shape.category}.`,
    );
    return {
      type: shape.type,
      category: shape.category,
      event: shape.exact ? eventOfType(shape.type) : null,
    };
  }
  if (written !== null)
    flags.push(`HighLevel documents no event of the type ${JSON.stringify(clip(written))}.`);
  else if (expectEvent) flags.push('The body names no event.');
  return { type: written, category: null, event: null };
}

function flagOld(timestamp: string | null, receivedAt: number, flags: string[]): void {
  if (timestamp === null) return;
  const sent = /^\d+$/.test(timestamp) ? Number(timestamp) : Date.parse(timestamp);
  if (Number.isNaN(sent)) {
    flags.push('The timestamp cannot be read as a time.');
    return;
  }
  const minutes = Math.round((receivedAt - sent) / 60_000);
  if (receivedAt - sent > OLD_TIMESTAMP_MS) {
    flags.push(`The timestamp is ${minutes} minutes old: a retry, a resend or a replay.`);
  } else if (sent - receivedAt > OLD_TIMESTAMP_MS) {
    flags.push(`The timestamp lies ${-minutes} minutes ahead of this machine's clock.`);
  }
}

/** Invoices name the sub-account in `altId`, location events in `id`; everything else in `locationId`. */
function locationOf(body: JsonObject, event: PlatformEvent | null): string | null {
  const field = event?.locationField ?? null;
  return (
    textOf(body['locationId']) ??
    (field === null ? null : textOf(body[field])) ??
    (body['altType'] === 'location' ? textOf(body['altId']) : null)
  );
}

function entityOf(body: JsonObject, event: PlatformEvent | null): string | null {
  let value: unknown = body;
  for (const key of event?.idPath?.split('.') ?? []) value = asObject(value)?.[key];
  const byPath = value === body ? null : textOf(value);
  return byPath ?? textOf(body['id']) ?? textOf(body['_id']) ?? textOf(body['messageId']);
}

function asObject(value: unknown): JsonObject | null {
  // An object from JSON.parse has string keys and nothing else.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** A field that is filled with something that fits a column: text, or a number written out. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : clip(value);
  return typeof value === 'number' ? String(value) : null;
}

/** Ids and names are short; what claims to be one and is not must not swell the lists. */
function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
