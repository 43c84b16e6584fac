/** A rule as the dialog edits it, and as it comes out. */
import {
  deliveryRule,
  longestHoldMs,
  type DeliveryRule,
  type DeliveryRuleInput,
} from '../../../shared/model/delivery-rule.ts';
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import { itemsOf } from '../../ui/text-field.tsx';

export type RuleDraft = {
  readonly id: string;
  readonly on: boolean;
  readonly profileId: string;
  readonly routeKind: DeliveryRule['routeKind'];
  /** Comma-separated. */
  readonly events: string;
  readonly locations: string;
  readonly turn: DeliveryRule['turn']['kind'];
  readonly times: string;
  readonly action: DeliveryRule['action']['kind'];
  readonly status: string;
  /** `Name: value`, one a line. */
  readonly headers: string;
  readonly body: string;
  /** Seconds. */
  readonly delay: string;
  readonly hang: string;
};

const inSeconds = (ms: number): string => String(ms / 1000);

export function draftOf(rule: DeliveryRule): RuleDraft {
  const { action, turn } = rule;
  const answer = action.kind === 'answer' ? action : null;
  return {
    id: rule.id,
    on: rule.on,
    profileId: rule.profileId ?? '',
    routeKind: rule.routeKind,
    events: rule.eventTypes.join(', '),
    locations: rule.locationIds.join(', '),
    turn: turn.kind,
    times: turn.kind === 'all' ? '2' : String(turn.times),
    action: action.kind,
    status: String(answer?.status ?? 429),
    headers: (answer?.headers ?? [['Content-Type', 'application/json']])
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    body: answer?.body ?? '',
    delay: action.kind === 'hang' ? '0' : inSeconds(action.delayMs),
    hang: inSeconds(action.kind === 'hang' ? action.forMs : longestHoldMs),
  };
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
const msOf = (text: string): number => Math.round(numberOf(text) * 1000);

function headersOf(text: string): HeaderPairs {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return colon === -1 ? [line.trim(), ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    });
}

function actionOf(draft: RuleDraft): DeliveryRuleInput['action'] {
  switch (draft.action) {
    case 'answer':
      return {
        kind: 'answer',
        status: numberOf(draft.status),
        headers: headersOf(draft.headers),
        body: draft.body,
        delayMs: msOf(draft.delay),
      };
    case 'hang':
      return { kind: 'hang', forMs: msOf(draft.hang) };
    case 'reset':
      return { kind: 'reset', delayMs: msOf(draft.delay) };
  }
}

/** What is wrong in the words of the dialog; what has no words here is told by the core. */
const sentences: Readonly<Record<string, (draft: RuleDraft) => string>> = {
  'action.status': ({ status }) => `“${status}” is no status: it is a number from 200 to 599.`,
  'action.delayMs': ({ delay }) => `“${delay}” is no delay: it is 0 to ${longestHoldMs / 1000} seconds.`,
  'action.forMs': ({ hang }) => `“${hang}” is no time to wait: it is up to ${longestHoldMs / 1000} seconds.`,
  'turn.times': ({ turn, times }) =>
    `“${times}” is no number of deliveries: it is ${turn === 'every' ? 2 : 1} to 1000.`,
};

export type RuleReading =
  | { readonly rule: DeliveryRule; readonly sentence: null }
  | { readonly rule: null; readonly sentence: string };

export function ruleOf(draft: RuleDraft): RuleReading {
  const result = deliveryRule.safeParse({
    id: draft.id,
    on: draft.on,
    profileId: draft.profileId === '' ? null : draft.profileId,
    routeKind: draft.routeKind,
    eventTypes: itemsOf(draft.events),
    locationIds: itemsOf(draft.locations),
    turn: draft.turn === 'all' ? { kind: 'all' } : { kind: draft.turn, times: numberOf(draft.times) },
    action: actionOf(draft),
  });
  if (result.success) return { rule: result.data, sentence: null };
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const known = sentences[path.join('.')];
  if (known !== undefined) return { rule: null, sentence: known(draft) };
  if (path[1] === 'headers') {
    const pair = headersOf(draft.headers)[Number(path[2])];
    return { rule: null, sentence: `Header “${pair?.join(': ') ?? ''}”: ${issue?.message ?? ''}.` };
  }
  return { rule: null, sentence: `${path.join('.')}: ${issue?.message ?? 'it cannot be used'}.` };
}

/** What developers try most, ready to be changed. */
export const presets: readonly { readonly name: string; readonly rule: Omit<DeliveryRuleInput, 'id'> }[] = [
  {
    name: '429 twice, then as usual',
    rule: { turn: { kind: 'first-of-each', times: 2 }, action: { kind: 'answer', status: 429 } },
  },
  {
    name: '500 once, then as usual',
    rule: { turn: { kind: 'first-of-each', times: 1 }, action: { kind: 'answer', status: 500 } },
  },
  { name: 'Every answer 15 s late', rule: { action: { kind: 'answer', status: 200, delayMs: 15_000 } } },
  { name: 'No answer at all', rule: { action: { kind: 'hang' } } },
  {
    name: 'Every third connection reset',
    rule: { turn: { kind: 'every', times: 3 }, action: { kind: 'reset' } },
  },
];

export const newRule = (given: Omit<DeliveryRuleInput, 'id'>): DeliveryRule =>
  deliveryRule.parse({ ...given, id: crypto.randomUUID() });
