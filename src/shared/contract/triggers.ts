import { exchangeSummary } from '../model/exchange.ts';
import { triggerDraft, triggerDraftQuery, triggerRequest } from '../model/trigger.ts';
import { procedure } from './base.ts';

export const triggers = {
  /** An event's body with every documented field. Rejects with `not_found` for an event that is not documented. */
  draft: procedure.input(triggerDraftQuery).output(triggerDraft),
  /**
   * Signs with the development key and sends. To the companion: answers the webhook as it was captured. To any other
   * address: the delivery, whatever came of it. Rejects with `bad_input` for an address that may not be used, with
   * `vault_locked`, and with `request_failed` where the companion itself did not take it.
   */
  send: procedure.input(triggerRequest).output(exchangeSummary),
};
