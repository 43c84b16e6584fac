/** Good and bad webhooks against the developer's endpoint; implemented in `create-tamper.ts`. */
import type { TamperKeys, TamperProgress, TamperReport, TamperRun } from '../../../shared/model/tamper.ts';

export type Tamper = {
  /** Throws `bad_input` for an address that may not be used, at the first step. What was sent is recorded, whatever ends the run. */
  run(run: TamperRun, signal: AbortSignal | undefined): AsyncGenerator<TamperProgress, void>;
  /** The last finished report of each address, newest first. */
  reports(): readonly TamperReport[];
  keys(): Promise<TamperKeys>;
};
