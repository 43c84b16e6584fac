import type { RateMeter } from '../../../shared/model/rate-meter.ts';
import { span } from '../../lib/time.ts';

/** What is left of a burst now: its window may have ended since the answer that told of it. */
export function leftOf({ remaining, max, intervalMs, observedAt }: RateMeter, now: number): number | null {
  return now - observedAt >= (intervalMs ?? 0) ? max : remaining;
}

/** Whether the day's limit lasts at the pace of the last minutes. */
export const forecastOf = ({ usedUpAt }: RateMeter, now: number): string =>
  usedUpAt === null
    ? 'At the present pace the day’s limit holds.'
    : `At the present pace it is used up in ${span(Math.max(0, usedUpAt - now))}.`;
