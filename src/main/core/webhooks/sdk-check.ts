/** Whether code that verifies `JSON.stringify(req.body)` would have accepted a body, and what that changes in it. */
import type { SdkCheck } from '../../../shared/model/webhook.ts';
import { firstDifference } from './byte-difference.ts';
import { jsonTokens, textOf } from './json-tokens.ts';
import type { JsonToken } from './json-tokens.ts';

type Change = SdkCheck['changes'][number];

export type SdkInput = {
  readonly body: Uint8Array;
  /** `X-GHL-Signature` as it came; null where it is missing. The SDK knows no other header. */
  readonly signature: string | null;
  /** Whether some known Ed25519 key has signed exactly these bytes. */
  readonly holds: (bytes: Uint8Array) => boolean;
};

const MOST_CHANGES = 20;

/**
 * Plays the check of the official SDK (`@gohighlevel/api-client` 3.1, `webhooks.subscribe()`) behind `express.json()`
 * without a raw body: it verifies the JSON as JavaScript writes it, and passes a request without the header on.
 */
export function sdkCheck({ body, signature, holds }: SdkInput): SdkCheck {
  const text = Buffer.from(body).toString('utf8');
  let written: Buffer;
  try {
    written = Buffer.from(JSON.stringify(JSON.parse(text.replace(/^\uFEFF/, ''))));
  } catch {
    return {
      verdict: 'unreadable',
      sentence: 'The body is not JSON, so express.json() refuses it before the SDK sees it.',
      difference: null,
      changes: [],
    };
  }
  const changes = changesOf(body, text).slice(0, MOST_CHANGES);
  const difference = firstDifference(body, written);
  if (signature === null || signature === '') {
    return {
      verdict: 'skipped',
      sentence:
        'The SDK would not verify this at all: without an X-GHL-Signature header it passes the request on and only sets skippedSignatureVerification.',
      difference,
      changes,
    };
  }
  if (holds(written)) {
    const sentence =
      difference === null
        ? 'The SDK accepts it: JSON.stringify(req.body) gives exactly the bytes that were signed.'
        : 'The SDK accepts it although other bytes arrived: the signature is over the JSON as JavaScript writes it.';
    return { verdict: 'accepts', sentence, difference, changes };
  }
  const where =
    difference === null ? '' : ` at byte ${difference.offset}, ${difference.path ?? 'in the text'}`;
  return {
    verdict: 'rejects',
    sentence:
      difference === null
        ? 'The SDK rejects it: JSON.stringify(req.body) gives the bytes that arrived, and the signature does not hold over them.'
        : `The SDK rejects it: JSON.stringify(req.body) differs from what arrived${where}. ${holds(body) ? 'Give it the raw body (req.rawBody or express.raw()).' : 'The signature does not hold over the raw body either.'}`,
    difference,
    changes,
  };
}

/** Everything that parsing and writing again changes. @param text the body as text */
function changesOf(body: Uint8Array, text: string): Change[] {
  const changes: Change[] = [];
  const mark = text.startsWith('\uFEFF');
  if (mark)
    changes.push({ reason: 'byte-order-mark', path: '$', sentence: 'The byte order mark is dropped.' });
  if (Buffer.compare(Buffer.from(text), Buffer.from(body)) !== 0) {
    changes.push({
      reason: 'not-utf8',
      path: '$',
      sentence: 'Bytes that are not UTF-8 become the replacement character.',
    });
  }
  const tokens = jsonTokens(mark ? text.slice(1) : text);
  const objects = keysOf(tokens);
  let space = false;
  for (const token of tokens) {
    if (token.kind === 'space') {
      if (!space) changes.push(change('whitespace', token, 'Whitespace between values is dropped.'));
      space = true;
    } else if (token.kind === 'number') pushNumber(changes, token);
    else if (token.kind === 'string' || token.kind === 'key') pushText(changes, token);
    else if (token.raw === '{') pushKeys(changes, token, objects.get(token) ?? []);
  }
  return changes;
}

function change(reason: Change['reason'], { path }: JsonToken, sentence: string): Change {
  return { reason, path, sentence };
}

function pushNumber(changes: Change[], token: JsonToken): void {
  const written = JSON.stringify(Number(token.raw));
  if (written === token.raw) return;
  const big = /^-?\d+$/.test(token.raw) && !Number.isSafeInteger(Number(token.raw));
  changes.push(
    big
      ? change(
          'big-integer',
          token,
          `${token.raw} is beyond what JavaScript counts exactly; it becomes ${written}.`,
        )
      : change('number', token, `${token.raw} is written ${written}.`),
  );
}

function pushText(changes: Change[], token: JsonToken): void {
  const written = JSON.stringify(textOf(token.raw));
  if (written === token.raw) return;
  const slash = token.raw.replaceAll('\\/', '/') === written;
  changes.push(
    slash
      ? change('slash', token, 'A slash written \\/ becomes /.')
      : change(
          'escape',
          token,
          `${clip(escapeIn(token.raw))} is written as the character itself, or otherwise.`,
        ),
  );
}

function escapeIn(raw: string): string {
  return /\\u[0-9a-fA-F]{4}/.exec(raw)?.[0] ?? /\\./.exec(raw)?.[0] ?? raw;
}

function pushKeys(changes: Change[], token: JsonToken, keys: readonly string[]): void {
  const unique = new Set(keys);
  if (unique.size < keys.length) {
    const twice = keys.find((key, at) => keys.indexOf(key) !== at) ?? '';
    changes.push(
      change(
        'duplicate-key',
        token,
        `The key ${JSON.stringify(clip(twice))} stands twice; only its last value is kept.`,
      ),
    );
  }
  const order = Object.keys(Object.fromEntries([...unique].map((key) => [key, null])));
  if (order.some((key, at) => key !== [...unique][at])) {
    changes.push(
      change(
        'key-order',
        token,
        'Keys that look like integers move to the front of the object, in ascending order.',
      ),
    );
  }
}

/** The keys of each object, in the order they are written, by the token that opens it. */
function keysOf(tokens: readonly JsonToken[]): Map<JsonToken, string[]> {
  const objects = new Map<JsonToken, string[]>();
  const open: string[][] = [];
  for (const token of tokens) {
    if (token.raw === '{' && token.kind === 'punctuation') {
      const keys: string[] = [];
      objects.set(token, keys);
      open.push(keys);
    } else if (token.raw === '}' && token.kind === 'punctuation') open.pop();
    else if (token.kind === 'key') open.at(-1)?.push(textOf(token.raw));
  }
  return objects;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
