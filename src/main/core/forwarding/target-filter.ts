import type { ForwardFilter } from '../../../shared/model/forwarding.ts';
import type { DerivationContext } from '../exchanges/types.ts';
import { eventFacts } from '../webhooks/event-facts.ts';
import type { Message } from './record-delivery.ts';

/** Whether a webhook is one of those a target asks for. A target that asks for nothing gets them all, unread. */
export function isWanted(filter: ForwardFilter, message: Message, context: () => DerivationContext): boolean {
  const { eventTypes, profileIds, locationIds, verdicts } = filter;
  if ([eventTypes, profileIds, locationIds, verdicts].every((list) => list.length === 0)) return true;
  const { profileId, event } = eventFacts(
    {
      purpose: 'webhook',
      receivedAt: 0,
      headers: message.headers,
      body: message.body,
      complete: true,
      profileId: message.profileId,
    },
    context(),
  );
  return (
    holds(eventTypes, event.type) &&
    holds(profileIds, profileId) &&
    holds(locationIds, event.locationId) &&
    holds(verdicts, event.signature.verdict)
  );
}

function holds<T>(wanted: readonly T[], value: T | null): boolean {
  return wanted.length === 0 || (value !== null && wanted.includes(value));
}
