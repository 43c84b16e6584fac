/** A rule in words. */
import type { DeliveryAction, DeliveryRule, DeliveryTurn } from '../../../shared/model/delivery-rule.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { routeKindWords } from '../../lib/words.ts';

/** `12 s`, `250 ms` */
export const wait = (ms: number): string => (ms >= 1000 ? `${Number((ms / 1000).toFixed(1))} s` : `${ms} ms`);

const after = (ms: number): string => (ms === 0 ? '' : ` after ${wait(ms)}`);

export function actionWords(action: DeliveryAction): string {
  switch (action.kind) {
    case 'answer':
      return `${action.status}${after(action.delayMs)}`;
    case 'hang':
      return `no answer, ${wait(action.forMs)} at most`;
    case 'reset':
      return `connection reset${after(action.delayMs)}`;
  }
}

export function turnWords(turn: DeliveryTurn): string {
  switch (turn.kind) {
    case 'all':
      return 'until switched off';
    case 'first':
      return turn.times === 1 ? 'the first delivery' : `the first ${turn.times} deliveries`;
    case 'every':
      return `every ${ordinal(turn.times)} delivery`;
    case 'first-of-each':
      return turn.times === 1 ? 'once for each webhookId' : `${turn.times} times for each webhookId`;
  }
}

export function ordinal(count: number): string {
  const teen = count % 100 > 10 && count % 100 < 14;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}

/** Which deliveries: kind of route, app, events, sub-accounts. */
export function whichWords(rule: DeliveryRule, profiles: readonly Profile[]): string {
  const app =
    rule.profileId === null
      ? null
      : `of ${profiles.find(({ id }) => id === rule.profileId)?.name ?? `${rule.profileId} (removed)`}`;
  const events = rule.eventTypes.length === 0 ? 'any event' : rule.eventTypes.join(', ');
  return [
    rule.routeKind === 'webhook' ? events : `${routeKindWords[rule.routeKind]}: ${events}`,
    app,
    rule.locationIds.length === 0 ? null : `in ${rule.locationIds.join(', ')}`,
  ]
    .filter((part) => part !== null)
    .join(' ');
}
