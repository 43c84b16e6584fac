/** Location tokens for several sub-accounts of an agency, one after another and below the rate limit. */
import { publishedLimits } from '../../../shared/highlevel/rate-limit.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { TokenId } from '../../../shared/model/ids.ts';
import type { MintProgress } from '../../../shared/model/token.ts';
import type { MintMany, Tokens } from '../services.ts';

export type MintManyDeps = {
  readonly tokens: Pick<Tokens, 'installedLocations' | 'mintLocation'>;
  /** Status of a recorded answer; null where there was none. */
  readonly statusOf: (exchangeId: string) => Promise<number | null>;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Resolves after so many ms, at once when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
};

const { burst, intervalMs } = publishedLimits.app;
/** Between two requests: nine tenths of the published burst, which leaves room for other calls of the app. */
const spacingMs = Math.ceil(intervalMs / (burst * 0.9));
/** How often one location is tried when HighLevel is busy. */
const attempts = 3;
const pageSize = 100;

type Finding = NonNullable<MintProgress['last']>;

/**
 * Each report follows one location; a failure is told and the next is tried. A 429 is waited out (HighLevel docs: FAQs,
 * 100 requests in 10 s for each app and account). Ends early when the signal is aborted or the consumer stops.
 */
export function createMintMany({ tokens, statusOf, now, wait }: MintManyDeps): MintMany {
  /** Those that have the app and no token here yet. */
  const missing = async (id: TokenId, isStopped: () => boolean): Promise<string[]> => {
    const found: string[] = [];
    for (let skip = 0; !isStopped(); skip += pageSize) {
      const { items, count } = await tokens.installedLocations(id, { skip, limit: pageSize });
      found.push(
        ...items
          .filter(({ isInstalled, hasToken }) => isInstalled !== false && !hasToken)
          .map((item) => item.id),
      );
      if (items.length === 0 || skip + items.length >= count) break;
    }
    return [...new Set(found)];
  };

  const pauseAfter = async (error: AppError, attempt: number): Promise<number | null> => {
    if (!error.retryable || attempt >= attempts) return null;
    const status = error.exchangeId === undefined ? null : await statusOf(error.exchangeId);
    return status === 429 ? intervalMs : 1000 * attempt;
  };

  return async function* mintMany(id, { locationIds, signal }) {
    const isStopped = (): boolean => signal?.aborted === true;
    const wanted = locationIds === undefined ? await missing(id, isStopped) : [...new Set(locationIds)];
    let report: MintProgress = {
      total: wanted.length,
      minted: 0,
      failed: 0,
      last: null,
      pausedUntil: null,
    };
    yield report;
    let startedAt = Number.NEGATIVE_INFINITY;
    for (const locationId of wanted) {
      let finding: Finding | null = null;
      for (let attempt = 1; finding === null; attempt += 1) {
        await wait(startedAt + spacingMs - now(), signal);
        if (isStopped()) return;
        startedAt = now();
        try {
          const token = await tokens.mintLocation(id, locationId);
          finding = { locationId, tokenId: token.id, problem: null, exchangeId: token.exchangeId };
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          if (error.code === 'no_token' || error.code === 'vault_locked') throw error;
          const pause = await pauseAfter(error, attempt);
          if (pause === null) {
            const { message, exchangeId = null } = error;
            finding = { locationId, tokenId: null, problem: message, exchangeId };
            continue;
          }
          yield { ...report, pausedUntil: now() + pause };
          await wait(pause, signal);
          if (isStopped()) return;
        }
      }
      const minted = finding.tokenId === null ? 0 : 1;
      report = {
        ...report,
        minted: report.minted + minted,
        failed: report.failed + 1 - minted,
        last: finding,
      };
      yield report;
    }
  };
}

/** A wait that an abort cuts short; the timer does not keep the process alive on its own. */
export const waitOrAbort = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (ms <= 0 || signal?.aborted === true) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
