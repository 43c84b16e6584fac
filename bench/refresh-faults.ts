/** What befalls the refreshes of the fault run: each with its weight, and whether it may use the grant up unanswered. */
import { randomInt } from 'node:crypto';
import { parseFault, type Fault } from '../src/simulator/create-simulator.ts';

/** Shorter than `hang` and `delay`, longer than any answer. */
export const TOKEN_TIMEOUT_MS = 250;

export type Trouble = { readonly name: string; readonly weight: number; readonly mayUseUp: boolean };

export const troubles: readonly Trouble[] = [
  { name: 'none', weight: 34, mayUseUp: false },
  { name: '429', weight: 8, mayUseUp: false },
  { name: '500', weight: 5, mayUseUp: false },
  { name: '503', weight: 5, mayUseUp: false },
  { name: 'reset', weight: 8, mayUseUp: false },
  { name: 'hang', weight: 5, mayUseUp: false },
  { name: 'lost', weight: 8, mayUseUp: true },
  { name: 'cut', weight: 8, mayUseUp: true },
  { name: 'garbage', weight: 8, mayUseUp: true },
  { name: `delay=${TOKEN_TIMEOUT_MS * 2}`, weight: 5, mayUseUp: true },
];

export function randomTrouble(): Trouble {
  let left = randomInt(troubles.reduce((sum, { weight }) => sum + weight, 0));
  const found = troubles.find(({ weight }) => (left -= weight) < 0);
  if (found === undefined) throw new Error('The weights do not add up.');
  return found;
}

export function faultsOf({ name }: Trouble): Fault[] {
  return name === 'none' ? [] : [parseFault(`/oauth/token:${name}x1`)];
}
