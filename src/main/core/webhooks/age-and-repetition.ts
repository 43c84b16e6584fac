/** What a receiver that guards against replays would look at. Flagged, never dropped: retries and resends are old and repeat. */
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type { SignatureExplanation } from '../../../shared/model/webhook.ts';

/** HighLevel advises to refuse older ones (HighLevel docs: Webhook Authentication). */
const OLD_MS = 5 * 60_000;

/**
 * The age of the body's `timestamp` when it arrived, or null where there is none that can be read.
 *
 * @param receivedAt ms since the epoch
 */
export function ageOf(timestamp: string | null, receivedAt: number): SignatureExplanation['age'] {
  if (timestamp === null) return null;
  const sent = /^\d+$/.test(timestamp) ? Number(timestamp) : Date.parse(timestamp);
  if (Number.isNaN(sent)) return null;
  const ms = receivedAt - sent;
  const old = Math.abs(ms) > OLD_MS;
  const words = ms < 0 ? `${lasting(-ms)} ahead of this machine's clock` : `${lasting(ms)} old on arrival`;
  return {
    ms,
    old,
    sentence: old
      ? `The timestamp was ${words}: code that refuses what is more than 5 minutes off would refuse this.`
      : `The timestamp was ${words}, within the 5 minutes HighLevel advises.`,
  };
}

/** @param afterMs time since the first delivery with this webhookId */
export function repetitionOf(
  firstId: ExchangeId,
  afterMs: number | null,
): SignatureExplanation['repetition'] {
  const when =
    afterMs === null ? 'before, in a delivery that has been deleted since' : `${lasting(afterMs)} before`;
  return {
    firstId,
    sentence: `The same webhookId came ${when}: a retry, a resend or a replay. Code that remembers ids would skip this one.`,
  };
}

function lasting(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} minutes`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} hours` : `${Math.round(ms / 86_400_000)} days`;
}
