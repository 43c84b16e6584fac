/**
 * What a query can ask for besides text: one row a field. A field says which values it takes and what they mean for
 * the filter; parsing, chips, completion and help follow from here.
 */
import { events } from '../highlevel/events.ts';
import { verdicts, purposes, type ExchangeConditions, type ExchangeFilter } from '../model/exchange.ts';
import { parseDuration, parseInstant } from './time.ts';

/** A value to choose, and what it means. */
export type Choice = { readonly value: string; readonly detail?: string };

/** What the words of a query are resolved with. */
export type QueryContext = {
  /** ms since the epoch; what `last:` counts back from. */
  readonly now: number;
  readonly apps: readonly { readonly id: string; readonly name: string; readonly appId: string }[];
};

/** What conditions add up to. */
export type Draft = { filter: ExchangeFilter; except: ExchangeConditions };

/** The value was taken, perhaps with a word of caution; or it was refused, with what is wrong with it. */
export type Taken = { readonly refused?: string; readonly remark?: string };

export type Field = {
  /** Further names people try. */
  readonly aliases?: readonly string[];
  readonly name: string;
  readonly help: string;
  readonly example: string;
  /** The values to choose from: all there are, or with `isOpen` the known ones. */
  readonly choices: readonly Choice[];
  readonly isOpen: boolean;
  /** False where the opposite means nothing. */
  readonly canExclude: boolean;
  take(draft: Draft, value: string, not: boolean, context: QueryContext): Taken;
};

type ListName = Exclude<keyof ExchangeConditions, 'terms'>;

/** A field whose values are a list of the filter, and of what it excludes. */
function listed(name: ListName, toValue: (value: string) => string = (value) => value): Field['take'] {
  return (draft, value, not) => {
    const side = not ? draft.except : draft.filter;
    const given: readonly string[] = side[name] ?? [];
    Object.assign(side, { [name]: [...given, toValue(value)] });
    return {};
  };
}

const eventChoices: Choice[] = events.map(({ type, category }) => ({ value: type, detail: category }));
const categoryChoices: Choice[] = [
  ...new Set(events.flatMap(({ category }) => [category, category.split(' / ')[0] ?? category])),
]
  .toSorted()
  .map((value) => ({ value }));

const verdictDetails: Readonly<Record<(typeof verdicts)[number], string>> = {
  valid: 'the signature holds',
  invalid: 'the signature does not hold',
  unsigned: 'no signature came',
  unverifiable: 'no key to check it with',
};

const answerChoices: readonly Choice[] = [
  { value: '2xx', detail: 'success' },
  { value: '3xx', detail: 'redirect' },
  { value: '4xx', detail: 'refused' },
  { value: '5xx', detail: 'server error' },
  { value: 'failed', detail: 'no answer came' },
  { value: 'pending', detail: 'not answered yet' },
  { value: 'too-large', detail: 'more than can be kept' },
  { value: 'cancelled', detail: 'given up' },
];

/** Yes or no questions: `is:duplicate`, `-is:duplicate`. */
const states: readonly (Choice & {
  readonly set: (filter: ExchangeFilter, holds: boolean) => void;
})[] = [
  {
    value: 'duplicate',
    detail: 'its webhook id came before',
    set: (filter, holds) => (filter.duplicate = holds),
  },
  {
    value: 'forwarded',
    detail: 'passed on to your own server',
    set: (filter, holds) => (filter.forwarded = holds),
  },
  { value: 'pinned', detail: 'kept by you', set: (filter, holds) => (filter.pinned = holds) },
  { value: 'noted', detail: 'with a note of yours', set: (filter, holds) => (filter.noted = holds) },
];

const instant =
  (name: 'from' | 'to'): Field['take'] =>
  (draft, value) => {
    const at = parseInstant(value);
    if (at === null) return { refused: 'is no time; write 2026-11-01 or 2026-11-01T10:00' };
    draft.filter[name] = at;
    return {};
  };

const open = { isOpen: true, canExclude: true };
const closed = { isOpen: false, canExclude: true };
const moment = { choices: [], isOpen: true, canExclude: false };

const table = {
  event: {
    ...open,
    aliases: ['type'],
    name: 'Event',
    help: 'the type of the event',
    example: 'event:ContactCreate',
    choices: eventChoices,
    take: listed('eventTypes'),
  },
  category: {
    ...open,
    name: 'Category',
    help: 'the group of events',
    example: 'category:Contacts',
    choices: categoryChoices,
    take: listed('categories'),
  },
  verdict: {
    ...closed,
    aliases: ['signature'],
    name: 'Signature',
    help: 'what the check of the signature said',
    example: 'verdict:invalid',
    choices: verdicts.map((value) => ({ value, detail: verdictDetails[value] })),
    take: listed('verdicts'),
  },
  app: {
    ...open,
    aliases: ['profile'],
    name: 'App',
    help: 'one of your apps by name, or an app id',
    example: 'app:"My app"',
    choices: [],
    take(draft, value, not, context) {
      const wanted = value.toLowerCase();
      const app = context.apps.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
      if (app === undefined) return listed('appIds')(draft, value, not, context);
      return listed('profileIds')(draft, app.id, not, context);
    },
  },
  location: {
    ...open,
    aliases: ['sub-account', 'subaccount'],
    name: 'Sub-account',
    help: 'the id of the sub-account (location)',
    example: 'location:ve9EPM428h8vShlRW1KT',
    choices: [],
    take: listed('locationIds'),
  },
  company: {
    ...open,
    aliases: ['agency'],
    name: 'Agency',
    help: 'the id of the agency (company)',
    example: 'company:5DP4iH6HLkQsiKESj6rh',
    choices: [],
    take: listed('companyIds'),
  },
  entity: {
    ...open,
    aliases: ['contact'],
    name: 'Entity',
    help: 'the id of what the event speaks of',
    example: 'entity:ocQHyuzHvysMo5N5VsXc',
    choices: [],
    take: listed('entityIds'),
  },
  is: {
    ...closed,
    name: 'State',
    help: 'yes or no; -is: for the opposite',
    example: '-is:duplicate',
    choices: states.map(({ value, detail = '' }) => ({ value, detail })),
    take(draft, value, not) {
      states.find((state) => state.value === value)?.set(draft.filter, !not);
      return {};
    },
  },
  answer: {
    ...open,
    aliases: ['status'],
    name: 'Answer',
    help: 'a status, a class of them, or how it ended',
    example: 'answer:5xx',
    choices: answerChoices,
    take(draft, value, not, context) {
      const kind = value.toLowerCase();
      if (!/^[1-5](\d\d|xx)$/.test(kind) && !answerChoices.some((choice) => choice.value === kind))
        return { refused: 'is no answer' };
      return listed('answers')(draft, kind, not, context);
    },
  },
  method: {
    ...open,
    name: 'Method',
    help: 'the HTTP method',
    example: 'method:POST',
    choices: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((value) => ({ value })),
    take: listed('methods', (value) => value.toUpperCase()),
  },
  path: {
    ...open,
    aliases: ['url'],
    name: 'Path',
    help: 'a part of the URL',
    example: 'path:/contacts/',
    choices: [],
    take: listed('paths'),
  },
  purpose: {
    ...closed,
    name: 'Purpose',
    help: 'why the exchange took place',
    example: 'purpose:api',
    choices: purposes.map((value) => ({ value })),
    take: listed('purposes'),
  },
  last: {
    ...moment,
    name: 'Last',
    help: 'not longer ago: s, m, h, d, w',
    example: 'last:1h',
    choices: ['15m', '1h', '24h', '7d'].map((value) => ({ value })),
    take(draft, value, _not, { now }) {
      const ms = parseDuration(value);
      if (ms === null) return { refused: 'is no length of time; write 30s, 15m, 1h, 7d or 2w' };
      draft.filter.from = now - ms;
      return {};
    },
  },
  after: {
    ...moment,
    aliases: ['since', 'from'],
    name: 'After',
    help: 'from this time on',
    example: 'after:2026-11-01T10:00',
    take: instant('from'),
  },
  before: {
    ...moment,
    aliases: ['until', 'to'],
    name: 'Before',
    help: 'up to this time',
    example: 'before:2026-11-02',
    take: instant('to'),
  },
} as const satisfies Record<string, Field>;

export type FieldKey = keyof typeof table;
export const fields: Readonly<Record<FieldKey, Field>> = table;
/** In the order they are offered in. */
export const fieldKeys = Object.keys(table) as FieldKey[];

const byName = new Map<string, FieldKey>(
  fieldKeys.flatMap((key) => [key, ...(fields[key].aliases ?? [])].map((name) => [name, key] as const)),
);

/** The field of a key or one of its other names; null when there is none. */
export const fieldOf = (name: string): FieldKey | null => byName.get(name) ?? null;
