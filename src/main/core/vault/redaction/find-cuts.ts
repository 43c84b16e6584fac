/** Where the secrets are in some bytes: by the name they stand under, by their value, by their unmistakable form. */
import { placeholder, type Cut } from './cuts.ts';
import { looksGenerated, mayBeSecretField, secretField } from './field-names.ts';
import type { KnownSecrets } from './known-secrets.ts';
import { jsonStrings, type JsonPlace } from './scan-json.ts';
import { formPairs, urlPairs, type Pair } from './scan-pairs.ts';
import { jsonStringView, percentView, type View } from './views.ts';

/** How to read the bytes; `text` is searched by value and form only. */
export type Shape = 'json' | 'form' | 'url' | 'text';

/** A JSON text in a string in a JSON text, and once more: nobody nests deeper. */
const deepest = 4;

/** What the bytes themselves look like, for bodies whose content type does not tell. */
export function shapeOf(bytes: Uint8Array): Shape {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString('utf8');
  if (/^\uFEFF?\s*[[{]/.test(start)) return 'json';
  if (/^https?:\/\//i.test(start)) return 'url';
  return 'text';
}

export function findCuts(bytes: Uint8Array, shape: Shape, known: KnownSecrets, depth = 0): Cut[] {
  const cuts = valueCuts(bytes, known);
  if (depth >= deepest) return cuts;
  if (shape === 'json') cuts.push(...jsonCuts(bytes, known, depth));
  if (shape === 'form') cuts.push(...pairCuts(bytes, [...formPairs(bytes)], known, depth));
  if (shape === 'url') cuts.push(...urlCuts(bytes, known, depth));
  return cuts;
}

/** Secrets by their value and by their unmistakable form, wherever they stand. */
export function valueCuts(bytes: Uint8Array, known: KnownSecrets): Cut[] {
  const cuts: Cut[] = known
    .find(bytes)
    .map(({ start, end, reference }) => ({ start, end, kind: kindOf(reference), reference }));
  cuts.push(...privateIntegrationTokens(bytes));
  return cuts;
}

/** The last part of the vault's name for it, or `token`. */
function kindOf(reference: string): string {
  return reference.startsWith('token/')
    ? 'token'
    : (reference.split('/').at(-1) ?? 'secret').replaceAll('-', '_');
}

/** Private integration tokens: `pit-` and a UUID (HighLevel docs: Private Integrations). */
function* privateIntegrationTokens(bytes: Uint8Array): Generator<Cut> {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = 40;
  for (let start = body.indexOf('pit-'); start >= 0; start = body.indexOf('pit-', start + 1)) {
    const text = body.toString('latin1', start, start + length);
    if (/^pit-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) {
      yield { start, end: start + length, kind: 'pit', reference: null };
    }
  }
}

/** Of an authorization, in which every field that may be a secret is one. */
export function namesGrant(bytes: Uint8Array): boolean {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return body.includes('grant_type') || body.includes('grantType');
}

/** @param place of a text that goes on, as in `jsonStrings`; then `grant` says what is known of the whole of it */
export function* jsonCuts(
  bytes: Uint8Array,
  known: KnownSecrets,
  depth: number,
  place?: JsonPlace,
  grant = namesGrant(bytes),
): Generator<Cut> {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { key, start, end, escaped } of jsonStrings(bytes, mayBeSecretField, place)) {
    if (start === end) continue;
    const field = key === null ? null : secretField(key);
    const view = escaped ? jsonStringView(bytes, start, end) : null;
    if (field !== null) {
      const value =
        view === null ? body.toString('utf8', start, end) : Buffer.from(view.bytes).toString('utf8');
      if (value === placeholder) continue;
      if (field.always || grant || looksGenerated(value)) {
        yield { start, end, kind: field.kind, reference: known.referenceOf(value) };
        continue;
      }
    }
    if (view !== null) yield* viewCuts(view, known, depth);
    else if (body[start] === 0x68 && shapeOf(bytes.subarray(start, end)) === 'url') {
      for (const cut of urlCuts(bytes.subarray(start, end), known, depth)) yield shifted(cut, start);
    }
  }
}

function urlCuts(bytes: Uint8Array, known: KnownSecrets, depth: number): Cut[] {
  const cuts: Cut[] = [];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1000)).toString('latin1');
  const login = /^[a-z][a-z\d+.-]*:\/\/[^/?#@:]*:([^/?#@]+)@/di.exec(text)?.indices?.[1];
  if (login !== undefined && text.slice(...login) !== placeholder) {
    cuts.push({ start: login[0], end: login[1], kind: 'password', reference: null });
  }
  const pairs = [...urlPairs(bytes)];
  return [...cuts, ...pairCuts(bytes, pairs, known, depth, /callback/i.test(text.split('?')[0] ?? ''))];
}

const authorizationNames = new Set(['code', 'error', 'client_id', 'redirect_uri', 'grant_type']);

/** `state` is a secret of the authorization only; elsewhere it is where a contact lives. `code` is always one here. */
function* pairCuts(
  bytes: Uint8Array,
  pairs: readonly Pair[],
  known: KnownSecrets,
  depth: number,
  callback = false,
): Generator<Cut> {
  const authorization = callback || pairs.some(({ name }) => authorizationNames.has(name.toLowerCase()));
  for (const { name, start, end, encoded } of pairs) {
    if (start === end) continue;
    const view = encoded ? percentView(bytes, start, end, true) : null;
    const value = Buffer.from(view?.bytes ?? bytes.subarray(start, end)).toString('utf8');
    if (value === placeholder) continue;
    const kind = pairKind(name, value, authorization);
    if (kind !== null) yield { start, end, kind, reference: known.referenceOf(value) };
    else if (view !== null) yield* viewCuts(view, known, depth);
    else if (/^https?:/i.test(value)) {
      for (const cut of urlCuts(bytes.subarray(start, end), known, depth)) yield shifted(cut, start);
    }
  }
}

function pairKind(name: string, value: string, authorization: boolean): string | null {
  if (name.toLowerCase() === 'state') return authorization ? 'state' : null;
  const field = secretField(name);
  if (field === null) return null;
  return field.always || field.kind === 'code' || looksGenerated(value) ? field.kind : null;
}

function viewCuts(view: View, known: KnownSecrets, depth: number): Cut[] {
  return findCuts(view.bytes, shapeOf(view.bytes), known, depth + 1).map((cut) => ({
    ...cut,
    start: view.offsets[cut.start] ?? 0,
    end: view.offsets[cut.end] ?? 0,
  }));
}

const shifted = (cut: Cut, by: number): Cut => ({ ...cut, start: cut.start + by, end: cut.end + by });
