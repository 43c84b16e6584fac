/**
 * Finds the strings of a JSON text without parsing it, so that a cut-off or slightly wrong text is searched as far as
 * it goes and every byte keeps its place.
 */

/**
 * A string value with the name it stands under, directly or in an array; null without one, or where the name does not
 * matter. Quotes excluded.
 */
export type JsonString = {
  readonly key: string | null;
  readonly start: number;
  readonly end: number;
  readonly escaped: boolean;
};

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const openArray = 0x5b;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
/** `h`, as in `https:`. */
const startOfUrl = 0x68;

const isSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Where a text that comes in pieces has been read to: what the next piece must know of those before it. */
export type JsonPlace = {
  key: string | null;
  inArray: boolean;
  at: number;
  /** Nothing more comes: a string that is not whole is read as far as it goes. */
  last: boolean;
};

/**
 * Only strings that may hold a secret: under a name that matters, with escapes, or beginning as a URL does. The others
 * are most of a long body, and cost nothing but the way past them.
 *
 * @param nameMatters asked of each name that holds no escapes, before it is read.
 * @param place of a text that goes on: read from its `at`, and left at the string that is not whole yet, or at the end
 */
export function* jsonStrings(
  bytes: Uint8Array,
  nameMatters: (bytes: Uint8Array, start: number, end: number) => boolean,
  place?: JsonPlace,
): Generator<JsonString> {
  let key = place?.key ?? null;
  /** Inside an array of values: a comma does not end the name's reach. */
  let inArray = place?.inArray ?? false;
  let at = place?.at ?? 0;
  const leave = (): void => {
    if (place !== undefined) Object.assign(place, { key, inArray, at });
  };
  while (at < bytes.length) {
    switch (bytes[at] ?? 0) {
      case quote: {
        const string = stringAt(bytes, at);
        if (place?.last === false && !isDecided(bytes, string.next)) {
          leave();
          return;
        }
        at = string.next;
        if (isName(bytes, at)) {
          const matters = string.escaped || nameMatters(bytes, string.start, string.end);
          key = matters ? nameOf(bytes, string) : null;
        } else if (key !== null || string.escaped || bytes[string.start] === startOfUrl)
          yield { key, start: string.start, end: string.end, escaped: string.escaped };
        continue;
      }
      case openArray:
        inArray = key !== null;
        break;
      case comma:
        if (!inArray) key = null;
        break;
      case closeArray:
      case openObject:
      case closeObject:
        key = null;
        inArray = false;
        break;
    }
    at += 1;
  }
  leave();
}

/** Whether the bytes tell if the string before them is a name: something but white space follows. */
function isDecided(bytes: Uint8Array, at: number): boolean {
  let index = at;
  while (isSpace(bytes[index])) index += 1;
  return index < bytes.length;
}

type Token = {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly escaped: boolean;
};

/** From the opening quote at `at` to the closing one, or to the end of a text that was cut off. */
function stringAt(bytes: Uint8Array, at: number): Token {
  let escaped = false;
  let index = at + 1;
  while (index < bytes.length && bytes[index] !== quote) {
    if (bytes[index] === backslash) {
      escaped = true;
      index += 1;
    }
    index += 1;
  }
  const end = Math.min(index, bytes.length);
  return { start: at + 1, end, next: end + 1, escaped };
}

function isName(bytes: Uint8Array, at: number): boolean {
  let index = at;
  while (isSpace(bytes[index])) index += 1;
  return bytes[index] === colon;
}

function nameOf(bytes: Uint8Array, { start, end, escaped }: Token): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(end - start, 400)).toString(
    'utf8',
  );
  if (!escaped) return text;
  try {
    const name: unknown = JSON.parse(`"${text}"`);
    return typeof name === 'string' ? name : text;
  } catch {
    // Not an escape JSON knows: the name as written is the best there is.
    return text;
  }
}
