/** What became of a row, from what came back. */
import { checkWords } from '../../../shared/model/check-words.ts';
import type { RowReport } from '../../../shared/model/data-run.ts';
import type { CheckResult, RequestResult } from '../../../shared/model/request.ts';

export type Settled =
  | { readonly kind: 'settled'; readonly report: Omit<RowReport, 'row' | 'sent'>; readonly answered: boolean }
  /** Nothing of it was done, and the next rows would fare no better. */
  | { readonly kind: 'refused'; readonly reason: string };

/** @param repeatable whether sending it twice does no harm */
export function settleRow(result: RequestResult, repeatable: boolean): Settled {
  const { status, timings, checks, explanation, exchangeId, failure } = result;
  if (status === 429) {
    const reason =
      result.rateLimit?.dailyRemaining === 0
        ? 'HighLevel allows no more requests today: the day’s limit of this app is used up here.'
        : 'HighLevel goes on refusing for its rate limit.';
    return { kind: 'refused', reason };
  }
  const passed = checks.filter(({ ok }) => ok).length;
  const isWhole = status !== null && failure === null;
  const asksForStatus = checks.some(({ check }) => check.kind === 'status');
  const isGood = isWhole && passed === checks.length && (asksForStatus || status < 400);
  // What could not be reached was sent nothing; of anything else without a whole answer it may have been done.
  const isUnknown = !isWhole && !repeatable && failure !== 'unreachable';
  const missed = checks.find(({ ok }) => !ok);
  return {
    kind: 'settled',
    answered: status !== null,
    report: {
      outcome: isGood ? 'ok' : isUnknown ? 'unknown' : 'failed',
      status,
      ms: timings === null ? null : Math.round(timings.total),
      checks: { passed, of: checks.length },
      error: isGood ? null : (explanation?.sentence ?? (missed === undefined ? null : missedWords(missed))),
      exchangeId,
    },
  };
}

const missedWords = ({ check, saw }: CheckResult): string => `Not met: ${checkWords(check)}; it was ${saw}.`;
