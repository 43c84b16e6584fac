import * as z from 'zod';
import { simulatorAction, simulatorView } from '../model/simulator.ts';
import { simulatorState } from '../model/system.ts';
import { procedure } from './base.ts';

export const simulator = {
  /** Starts the simulator and sees to it that a profile of its app exists and is active. */
  start: procedure.output(simulatorState),
  stop: procedure.output(simulatorState),
  /** What the running simulator holds. Rejects with `simulator_failed` while it is off. */
  view: procedure.output(simulatorView),
  /** Does something to it, and shows what it holds then. Rejects with `bad_input` where it refuses. */
  act: procedure.input(simulatorAction).output(simulatorView),
  /** A private integration token of a sub-account, or of the agency; shown once, as HighLevel does. */
  privateToken: procedure
    .input(z.object({ locationId: z.string().optional(), scopes: z.array(z.string().min(1)).min(1) }))
    .output(z.object({ token: z.string() })),
};
