/** Webhooks the developer has the companion send; implemented in `create-triggers.ts`. */
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { TriggerDraft, TriggerDraftQuery, TriggerRequest } from '../../../shared/model/trigger.ts';

export type Triggers = {
  /** Rejects with `not_found` for an event that is not documented. */
  draft(query: TriggerDraftQuery): Promise<TriggerDraft>;
  /** The webhook as the companion captured it, or the delivery to another address. */
  send(request: TriggerRequest): Promise<ExchangeSummary>;
};
