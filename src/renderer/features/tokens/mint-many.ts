/** Minting in bulk, followed from anywhere on the screen; it goes on while another token is looked at. */
import { idleMint, type MintRun } from './mint-run.ts';
import { createValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { keys, queryClient } from '../../platform/queries.ts';

export const mintRun = createValue<MintRun>(idleMint);

let stop = new AbortController();

/** Without `locationIds`: every sub-account that has the app and no token here yet. */
export async function mintMany(id: string, locationIds: readonly string[] | null): Promise<void> {
  if (mintRun.get().running) return;
  stop = new AbortController();
  const { signal } = stop;
  mintRun.set({ ...idleMint, tokenId: id, running: true });
  try {
    const stream = await rpc.tokens.mintMany(
      { id, ...(locationIds === null ? {} : { locationIds: [...locationIds] }) },
      { signal },
    );
    for await (const report of stream) {
      const before = mintRun.get();
      const problem = report.pausedUntil === null ? (report.last?.problem ?? null) : null;
      const failures =
        problem === null || report.last === null
          ? before.failures
          : [...before.failures, { ...report.last, problem }];
      mintRun.set({ ...before, report, failures });
      if (report.last !== null) void queryClient.invalidateQueries({ queryKey: keys.tokens });
    }
    mintRun.set({ ...mintRun.get(), running: false, cancelled: signal.aborted });
  } catch (error) {
    const cancelled = signal.aborted;
    mintRun.set({ ...mintRun.get(), running: false, cancelled, error: cancelled ? null : error });
  }
  await queryClient.invalidateQueries({ queryKey: ['locations'] });
}

export const cancelMinting = (): void => stop.abort();
