/** From what an endpoint answered to whether it should have. */
import type {
  TamperCase,
  TamperCaseId,
  TamperDelivery,
  TamperReport,
  TamperVerdict,
} from '../../../shared/model/tamper.ts';
import { caseFacts } from './cases.ts';

type Reading = 'accepted' | 'refused' | 'failed' | 'silent';

/**
 * How an answer counts. 408 and 429 ask for the delivery to come again, so they refuse nothing; redirects are not
 * followed by HighLevel and neither accept nor refuse.
 */
export function readingOf({ status }: Pick<TamperDelivery, 'status'>): Reading {
  if (status === null) return 'silent';
  if (status >= 200 && status < 300) return 'accepted';
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'refused' : 'failed';
}

type Judgement = { readonly verdict: TamperVerdict; readonly sentence: string };

/**
 * @param deliveries in the order they were sent, at least one
 * @param usual what the endpoint answered to the valid one: an answer that differs every time shows nothing
 */
export function judge(
  id: TamperCaseId,
  deliveries: readonly TamperDelivery[],
  usual: TamperDelivery | null,
): TamperCase {
  const { title, expected, why, advice } = caseFacts[id];
  const { verdict, sentence } =
    expected === 'accept-once'
      ? judgeRepetition(deliveries, usual, why)
      : judgeEach(expected, deliveries, why);
  return {
    id,
    title,
    expected,
    verdict,
    deliveries: [...deliveries],
    sentence,
    advice: verdict === 'as-it-should' ? null : advice,
  };
}

function judgeEach(
  expected: 'accept' | 'reject' | 'either',
  deliveries: readonly TamperDelivery[],
  why: string,
): Judgement {
  const wanted = { accept: ['accepted'], reject: ['refused'], either: ['accepted', 'refused'] }[expected];
  const wrong = deliveries.find((delivery) => !wanted.includes(readingOf(delivery)));
  if (wrong === undefined) return { verdict: 'as-it-should', sentence: rightly(expected, deliveries) };
  return wrongly(wrong, why);
}

function rightly(expected: 'accept' | 'reject' | 'either', deliveries: readonly TamperDelivery[]): string {
  if (expected === 'accept') return deliveries.length > 1 ? 'All were accepted.' : 'It was accepted.';
  if (expected === 'reject') return 'It was refused.';
  return deliveries.every((delivery) => readingOf(delivery) === 'accepted')
    ? 'It was accepted: the legacy header still counts, or nothing is verified.'
    : 'It was refused: the legacy header no longer counts, or its development key is not trusted.';
}

function wrongly(delivery: TamperDelivery, why: string): Judgement {
  const reading = readingOf(delivery);
  if (reading === 'silent')
    return { verdict: 'no-answer', sentence: delivery.error ?? 'There was no answer.' };
  if (reading === 'failed') {
    return {
      verdict: 'failed',
      sentence: `The answer ${delivery.status} neither accepts nor refuses it, so HighLevel may send it again.`,
    };
  }
  return reading === 'accepted'
    ? { verdict: 'too-lax', sentence: `It was accepted. ${why}` }
    : { verdict: 'too-strict', sentence: `It was refused. ${why}` };
}

/** The second of the same: refused, or answered in another way than the first. */
function judgeRepetition(
  [first, second]: readonly TamperDelivery[],
  usual: TamperDelivery | null,
  why: string,
): Judgement {
  if (first === undefined || readingOf(first) !== 'accepted')
    return first === undefined ? { verdict: 'no-answer', sentence: 'It was not sent.' } : wrongly(first, why);
  if (second === undefined) return { verdict: 'no-answer', sentence: 'The second one was not sent.' };
  const reading = readingOf(second);
  if (reading === 'refused') return { verdict: 'as-it-should', sentence: 'The second one was refused.' };
  if (reading !== 'accepted') return wrongly(second, why);
  const differs = (one: TamperDelivery): boolean =>
    one.status !== first.status || one.answer !== first.answer;
  if (!differs(second)) {
    return { verdict: 'too-lax', sentence: `The second one got the same answer as the first. ${why}` };
  }
  return usual !== null && differs(usual)
    ? {
        verdict: 'too-lax',
        sentence: `The second one was accepted, and answers differ every time, so nothing shows that it was noticed. ${why}`,
      }
    : { verdict: 'as-it-should', sentence: 'The second one was answered as a repetition.' };
}

/** The whole in one or two sentences. */
export function conclude(cases: readonly TamperCase[]): string {
  const of = (verdict: TamperVerdict, ids = (_id: TamperCaseId): boolean => true): TamperCase[] =>
    cases.filter((one) => one.verdict === verdict && ids(one.id));
  const valid = cases.find(({ id }) => id === 'valid');
  if (valid?.verdict === 'no-answer') return `Nothing answered there. ${valid.sentence}`;
  if (valid !== undefined && valid.verdict !== 'as-it-should') {
    return 'The valid webhook was not accepted, so the other refusals prove nothing yet: make the endpoint trust the development key first.';
  }
  const wrong = cases.filter(({ verdict }) => verdict !== 'as-it-should');
  if (wrong.length === 0) return `All ${cases.length} cases were answered as they should be.`;
  const isSpelling = (id: TamperCaseId): boolean => id.startsWith('spelling-');
  const isForgery = (id: TamperCaseId): boolean =>
    ['unsigned', 'wrong-signature', 'altered-body', 'legacy-forged'].includes(id);
  const sentences = [
    `${cases.length - wrong.length} of ${cases.length} cases were answered as they should be.`,
  ];
  const forged = of('too-lax', isForgery);
  if (forged.length === 4) sentences.push('Nothing is verified: whoever knows the address is believed.');
  else if (forged.length > 0) sentences.push(`Forgeries get in: ${titles(forged)}.`);
  const refusedSpellings = of('too-strict', isSpelling);
  if (refusedSpellings.length > 0) {
    sentences.push(
      'Genuine webhooks are refused: it verifies the JSON as it writes it again, not the bytes that came.',
    );
  }
  const lax = of('too-lax', (id) => !isForgery(id));
  if (lax.length > 0) sentences.push(`Replays get in: ${titles(lax)}.`);
  return sentences.join(' ');
}

function titles(cases: readonly TamperCase[]): string {
  return cases.map(({ title }) => `${title.charAt(0).toLowerCase()}${title.slice(1)}`).join(', ');
}

/** Newest first, one an address. */
export function withReport(
  reports: readonly TamperReport[],
  report: TamperReport,
  most: number,
): TamperReport[] {
  return [report, ...reports.filter(({ url }) => url !== report.url)].slice(0, most);
}
