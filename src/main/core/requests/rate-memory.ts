/** What was last known of the rate limits, kept over a restart: the day's count goes on without us. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Log } from '../ports.ts';
import { errorCode, writeDurably } from '../vault/durable-file.ts';
import type { RateMeters } from './rate-meter.ts';

const count = z.number().nonnegative().nullable();

/** One app on one sub-account or agency. */
export const keptMeter = z.object({
  client: z.string(),
  resource: z.string(),
  limit: z.object({
    limitDaily: count,
    dailyRemaining: count,
    intervalMs: count,
    max: count,
    remaining: count,
    dailyResetMs: count,
  }),
  /** ms since the epoch. */
  observedAt: z.number(),
});
export type KeptMeter = z.infer<typeof keptMeter>;

const file = z.object({ format: z.literal(1), meters: z.array(keptMeter) });

/** A day's count that is older says nothing any more. */
const oldestMs = 86_400_000;
/** At most one write in so long. */
const writeEveryMs = 5000;

export type RateMemory = {
  readonly known: readonly KeptMeter[];
  /** Writes what they learn, a few seconds later at most, and the rest when it is disposed of. */
  follow(meters: Pick<RateMeters, 'onChange' | 'kept'>): void;
  dispose(): Promise<void>;
};

export type RateMemoryDeps = {
  readonly dataDir: string;
  readonly log: Log;
  /** ms since the epoch. */
  readonly now: () => number;
};

/** Never rejects: limits that cannot be read are learnt anew. */
export async function createRateMemory({ dataDir, log, now }: RateMemoryDeps): Promise<RateMemory> {
  const path = join(dataDir, 'rate-limits.json');
  const load = async (): Promise<KeptMeter[]> => {
    try {
      const { meters } = file.parse(JSON.parse(await readFile(path, 'utf8')));
      return meters.filter(({ observedAt }) => now() - observedAt < oldestMs);
    } catch (cause) {
      if (errorCode(cause) !== 'ENOENT')
        log('warn', 'the rate limits that were known cannot be read', { cause });
      return [];
    }
  };
  let followed: Pick<RateMeters, 'kept'> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let unfollow = (): void => {};
  let writing: Promise<void> = Promise.resolve();
  const write = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const meters = followed?.kept() ?? [];
    writing = writing
      .then(() => writeDurably(path, JSON.stringify({ format: 1, meters })))
      .catch((cause: unknown) => log('warn', 'the rate limits could not be kept', { cause }));
    return writing;
  };

  return {
    known: await load(),
    follow(meters) {
      followed = meters;
      unfollow = meters.onChange(() => {
        timer ??= setTimeout(() => void write(), writeEveryMs).unref();
      });
    },
    dispose() {
      // An answer that comes later must not be written into a folder that may have another owner by then.
      unfollow();
      return timer === null ? writing : write();
    },
  };
}
