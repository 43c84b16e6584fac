import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { exchangeSummary } from '../model/exchange.ts';
import {
  developmentKey,
  editedReplay,
  forwardingState,
  forwardTarget,
  replayProgress,
  replayRequest,
} from '../model/forwarding.ts';
import { exchangeId } from '../model/ids.ts';
import { procedure } from './base.ts';

export const forwarding = {
  state: procedure.output(forwardingState),
  /** Begins with the present state. */
  watch: procedure.output(eventIterator(forwardingState)),
  /** Targets take the place of those set before. Rejects with `bad_input` for an address that may not be used. */
  set: procedure
    .input(z.object({ on: z.boolean().optional(), targets: z.array(forwardTarget).max(20).optional() }))
    .output(forwardingState),
  /** Forwards to this target for as long as the stream is read, and tells each delivery; kept nowhere. */
  run: procedure.input(forwardTarget).output(eventIterator(exchangeSummary)),
  /** Closing the stream cancels what has not been sent. */
  replay: procedure.input(replayRequest).output(eventIterator(replayProgress)),
  /** One delivery a target. */
  replayEdited: procedure.input(editedReplay).output(z.array(exchangeSummary)),
  /** What these exchanges caused to be sent, newest first. */
  deliveries: procedure
    .input(z.object({ causeIds: z.array(exchangeId).min(1).max(500) }))
    .output(z.array(exchangeSummary)),
  /** Made at the first call. Rejects with `vault_locked` while the vault is. */
  developmentKey: procedure.output(developmentKey),
};
