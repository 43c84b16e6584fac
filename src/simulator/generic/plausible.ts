import type { Dice } from './dice.ts';

const FIRST = ['Ada', 'Grace', 'Alan', 'Edith', 'Linus', 'Mary'];
const LAST = ['Byron', 'Hopper', 'Clarke', 'Torres', 'Okafor', 'Lindqvist'];
const THINGS = ['Spring', 'Welcome', 'Premium', 'Starter', 'Weekend', 'Classic', 'Northside', 'Follow-up'];

/** Text for names of fields that say what is in them; the first that fits is taken. */
const kinds: readonly [RegExp, (dice: Dice, time: number) => string][] = [
  [/email$/i, (dice) => `${dice.pick(FIRST)}.${dice.pick(LAST)}@customers.example`.toLowerCase()],
  [/phone|^number$/i, (dice) => `+1555${dice.between(1_000_000, 9_999_999)}`],
  [/url|link|image|avatar|logo|website|thumbnail/i, (dice) => `https://files.example/${dice.id()}`],
  [/firstName$/i, (dice) => dice.pick(FIRST) ?? ''],
  [/lastName$/i, (dice) => dice.pick(LAST) ?? ''],
  [
    /^(fullName|contactName|userName|createdBy|updatedBy)$/i,
    (dice) => `${dice.pick(FIRST)} ${dice.pick(LAST)}`,
  ],
  [/(id|ids|_id)$|^id/i, (dice) => dice.id()],
  [/timezone/i, () => 'America/Chicago'],
  [/currencySymbol/i, () => '$'],
  [/currency/i, () => 'USD'],
  [/countryCode$|^country$/i, () => 'US'],
  [/^state$/i, () => 'IL'],
  [/city$/i, () => 'Chicago'],
  [/postalCode|zip/i, () => '60614'],
  [/address/i, (dice) => `${dice.between(1, 999)} Clark St`],
  [/colou?r$/i, (dice) => `#${dice.between(0x100000, 0xffffff).toString(16)}`],
  [/date|(At|On|Time|Timestamp)$/, (_dice, time) => new Date(time).toISOString()],
  [/version/i, () => '1.0.0'],
  [/slug|key$/i, (dice) => `${dice.pick(THINGS)}-${dice.between(1, 99)}`.toLowerCase()],
  [/locale|language/i, () => 'en-US'],
  [/price|amount|total|cost|count/i, (dice) => String(dice.between(1, 500))],
  [/message/i, () => 'Success'],
  [/html|body|content/i, (dice) => `<p>${dice.pick(THINGS)} ${dice.between(1, 99)}</p>`],
];

/** For fields that say what their text looks like. */
const written = ['10:00', '#336699', '100', '+15555550100', '2026-03-01'];

/** Text that could stand in a field of this name. `time` is that of the object it belongs to. */
export function plausibleText(name: string, dice: Dice, time: number, pattern?: string): string {
  if (pattern !== undefined) {
    const rule = new RegExp(pattern);
    const fitting = written.find((text) => rule.test(text));
    if (fitting !== undefined) return fitting;
  }
  const kind = kinds.find(([pattern]) => pattern.test(name));
  return kind === undefined ? `${dice.pick(THINGS)} ${dice.between(1, 99)}` : kind[1](dice, time);
}

export function plausibleNumber(name: string, dice: Dice, time: number): number {
  if (/(At|date|timestamp|time)$/i.test(name)) return time;
  if (/statusCode/i.test(name)) return 200;
  return dice.between(1, 100);
}

/** Things went well, and nothing is deleted, archived or wrong. */
export function plausibleBoolean(name: string, dice: Dice): boolean {
  if (/delet|archiv|disabl|block|error|fail|expire|dnd|spam|trash/i.test(name)) return false;
  if (/succe|ok|enabled|active/i.test(name)) return true;
  return dice.fraction() < 0.5;
}
