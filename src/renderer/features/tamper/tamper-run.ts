/** A run of the tamper bench, followed from anywhere; it goes on while another screen is looked at. */
import type { TamperProgress, TamperRun } from '../../../shared/model/tamper.ts';
import { announce } from '../../lib/notices.ts';
import { createValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { queryClient } from '../../platform/queries.ts';

export const reportsKey = ['tamper-reports'];

type RunState = {
  readonly running: boolean;
  readonly cancelled: boolean;
  readonly progress: TamperProgress | null;
  readonly error: unknown;
};

const idle: RunState = { running: false, cancelled: false, progress: null, error: null };

export const benchRun = createValue<RunState>(idle);

/** The form, kept while the window is open. */
export const benchForm = createValue({ url: '', allowRemote: false });

let stop = new AbortController();

export async function startBench(run: TamperRun): Promise<void> {
  if (benchRun.get().running) return;
  stop = new AbortController();
  const { signal } = stop;
  benchRun.set({ ...idle, running: true });
  try {
    for await (const progress of await rpc.tamper.run(run, { signal }))
      benchRun.set({ ...benchRun.get(), progress });
    benchRun.set({ ...benchRun.get(), running: false, cancelled: signal.aborted });
  } catch (error) {
    const cancelled = signal.aborted;
    benchRun.set({ ...benchRun.get(), running: false, cancelled, error: cancelled ? null : error });
  }
  announce(benchRun.get().progress?.report.conclusion ?? 'The run has ended.');
  await queryClient.invalidateQueries({ queryKey: reportsKey });
}

export const cancelBench = (): void => stop.abort();
