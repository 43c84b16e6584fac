/** Values that stand for others: of the same form, different where those are different, the same wherever they are. */
import { createHmac } from 'node:crypto';
import { createPermutation } from './permutation.ts';

export type Fakes = {
  /** Every word and number in a text; spaces and punctuation stay. */
  readonly words: (text: string) => string;
  /** Letters for letters, digits for digits; hexadecimal stays hexadecimal. */
  readonly id: (text: string) => string;
  readonly email: (text: string) => string;
  /** The country code stays where it can be told. */
  readonly phone: (text: string) => string;
  /** An IPv4 or IPv6 address; this machine's own stay. */
  readonly ip: (text: string) => string;
  /** Moved by the same number of days everywhere; null for what is no ISO 8601 date and no time in ms. */
  readonly date: (text: string) => string | null;
};

const consonants = Array.from('bcdfghjklmnprstvwxyz');
const vowels = Array.from('aeiou');
const SYLLABLES = consonants.length * vowels.length;
const DAY = 86_400_000;
const MOST_REMEMBERED = 50_000;

/** @param key 32 bytes; another key gives other values */
export function createFakes(key: Uint8Array): Fakes {
  const permute = createPermutation(key);
  const days = 30 + (createHmac('sha256', key).update('days').digest().readUInt32BE(0) % 1500);

  const remembered = new Map<string, string>();
  const once = (kind: string, text: string, make: () => string): string => {
    const name = `${kind}:${text}`;
    const known = remembered.get(name);
    if (known !== undefined) return known;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const made = make();
    remembered.set(name, made);
    return made;
  };

  const syllables = (digits: readonly number[]): string =>
    digits
      .map((digit) => `${consonants[Math.floor(digit / vowels.length)]}${vowels[digit % vowels.length]}`)
      .join('');

  /** Every word of the Latin alphabet has a place of its own among those of its number of syllables. */
  const plainWord = (lower: string): string => {
    const count = syllableCount(lower.length);
    let place = 0n;
    for (let shorter = lower.length - 1; shorter > 0 && syllableCount(shorter) === count; shorter -= 1)
      place += 26n ** BigInt(shorter);
    let index = 0n;
    for (const letter of lower) index = index * 26n + BigInt(letter.charCodeAt(0) - 97);
    const digits: number[] = [];
    for (let rest = place + index; digits.length < count; rest /= BigInt(SYLLABLES))
      digits.unshift(Number(rest % BigInt(SYLLABLES)));
    return syllables(
      permute(
        digits,
        digits.map(() => SYLLABLES),
        `word${count}`,
      ),
    );
  };

  /** Letters of other alphabets are too many to count: 48 bits tell their words apart. */
  const otherWord = (lower: string): string => {
    let rest = createHmac('sha256', key).update(`other|${lower}`).digest().readUIntBE(0, 6);
    const digits: number[] = [];
    for (let at = 0; at < 8; at += 1) {
      digits.push(rest % SYLLABLES);
      rest = Math.floor(rest / SYLLABLES);
    }
    return syllables(digits);
  };

  const word = (text: string): string =>
    once('word', text, () => {
      const lower = text.toLowerCase();
      return inCaseOf(text, /^[a-z]+$/.test(lower) ? plainWord(lower) : otherWord(lower));
    });

  const scrambled = (text: string, classes: readonly CharacterClass[], tweak: string): string => {
    const places: { readonly at: number; readonly alphabet: string }[] = [];
    const units = text.split('');
    for (const [at, unit] of units.entries()) {
      const alphabet = classes.find((each) => each.includes(unit));
      if (alphabet !== undefined) places.push({ at, alphabet });
    }
    const digits = places.map(({ at, alphabet }) => alphabet.indexOf(units[at] ?? ''));
    const changed = permute(
      digits,
      places.map(({ alphabet }) => alphabet.length),
      `${tweak}${places.map(({ alphabet }) => alphabet[0]).join('')}`,
    );
    for (const [index, { at, alphabet }] of places.entries()) units[at] = alphabet[changed[index] ?? 0] ?? '';
    return units.join('');
  };

  const number = (text: string): string =>
    once('number', text, () => firstKept(text, (rest) => scrambled(rest, [digits], 'number')));

  const words = (text: string): string =>
    text.replaceAll(/[\p{L}\p{M}]+|\d+/gu, (run) => (/^\d/.test(run) ? number(run) : word(run)));

  return {
    words,
    id: (text) =>
      once('id', text, () => {
        const uuid =
          /^([\da-f]{8}-[\da-f]{4}-)([\da-f])([\da-f]{3}-)([\da-f])([\da-f]{3}-[\da-f]{12})$/i.exec(text);
        if (uuid !== null) {
          const [, one = '', version = '', two = '', variant = '', three = ''] = uuid;
          const plain = scrambled((one + two + three).toLowerCase(), [hexadecimal], 'uuid');
          return `${plain.slice(0, 14)}${version}${plain.slice(14, 18)}${variant}${plain.slice(18)}`;
        }
        if (/^\d+$/.test(text)) return number(text);
        if (/^[\da-f]{16,}$/.test(text)) return scrambled(text, [hexadecimal], 'hex');
        return scrambled(text, [digits, lowerCase, upperCase], 'id');
      }),
    email(text) {
      const at = text.lastIndexOf('@');
      return `${words(text.slice(0, at))}@${words(text.slice(at + 1))}.example`;
    },
    phone: (text) =>
      once('phone', text, () => {
        const all = text.replaceAll(/\D/g, '').length;
        let kept = text.trimStart().startsWith('+') ? Math.max(1, all - 9) : 0;
        const from = text.split('').findIndex((unit) => /\d/.test(unit) && (kept -= 1) < 0);
        if (from < 0) return text;
        return text.slice(0, from) + scrambled(text.slice(from), [digits], 'phone');
      }),
    ip: (text) =>
      once('ip', text, () => {
        if (/^(127\.|::1$|::ffff:127\.)/.test(text)) return text;
        if (/^\d+(\.\d+){3}$/.test(text))
          return permute(text.split('.').map(Number), [256, 256, 256, 256], 'ip').join('.');
        return scrambled(text.toLowerCase(), [hexadecimal], 'ip6');
      }),
    date(text) {
      const shift = days * DAY;
      if (/^\d{12,13}$/.test(text)) return String(Number(text) - shift);
      const iso = /^(\d{4}-\d{2}-\d{2})((?:[T ].*)?)$/s.exec(text);
      const day = iso?.[1] === undefined ? Number.NaN : Date.parse(`${iso[1]}T00:00:00Z`);
      return Number.isNaN(day) ? null : new Date(day - shift).toISOString().slice(0, 10) + (iso?.[2] ?? '');
    },
  };
}

type CharacterClass = string;
const digits: CharacterClass = '0123456789';
const lowerCase: CharacterClass = 'abcdefghijklmnopqrstuvwxyz';
const upperCase: CharacterClass = lowerCase.toUpperCase();
const hexadecimal: CharacterClass = `${digits}abcdef`;

/** A syllable holds more than a letter does: log 26 / log 100. */
const syllableCount = (letters: number): number => Math.ceil((letters * Math.log(26)) / Math.log(SYLLABLES));

/** A number does not begin to have, or lose, a zero in front: its first digit goes on from 1 to 9. */
function firstKept(text: string, change: (rest: string) => string): string {
  const zeros = /^0*/.exec(text)?.[0] ?? '';
  const rest = text.slice(zeros.length);
  if (rest.length === 0) return text;
  // Trying again until the first digit is no zero keeps the permutation one (cycle walking).
  let changed = change(rest);
  while (changed.startsWith('0')) changed = change(changed);
  return zeros + changed;
}

function inCaseOf(model: string, text: string): string {
  if (model.length > 1 && model === model.toUpperCase()) return text.toUpperCase();
  const [first = ''] = model;
  if (first === first.toUpperCase() && first !== first.toLowerCase())
    return text.charAt(0).toUpperCase() + text.slice(1);
  return text;
}
