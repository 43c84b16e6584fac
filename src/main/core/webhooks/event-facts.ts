/** All facts of one inbound exchange but its duplicates, which only the store knows. */
import type { EventFacts, HeaderPairs, Purpose } from '../../../shared/model/exchange.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { Mention } from '../../../shared/model/relations.ts';
import type { DerivationContext } from '../exchanges/types.ts';
import { classify } from './classify.ts';
import { verifySignature } from './verify.ts';

export type InboundMessage = {
  readonly purpose: Purpose;
  readonly receivedAt: number;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
  readonly complete: boolean;
  /** By route; null where the route is several profiles' or nobody's. */
  readonly profileId: ProfileId | null;
};

export type DerivedFacts = {
  readonly profileId: ProfileId | null;
  readonly event: Omit<EventFacts, 'duplicateOf'>;
  readonly mentions: readonly Mention[];
};

/** Attributed by route, then by `appId` in the body, else to nobody; then verified with the keys that count there. */
export function eventFacts(message: InboundMessage, context: DerivationContext): DerivedFacts {
  const { mentions, ...classification } = classify(
    message.body,
    message.receivedAt,
    message.purpose === 'webhook',
  );
  const profile =
    message.profileId === null
      ? ofApp(classification.appId, context)
      : context.profiles.find(({ id }) => id === message.profileId);
  const signature = verifySignature(message, profile ?? null, context.keys);
  return {
    profileId: message.profileId ?? profile?.id ?? null,
    event: { ...classification, signature },
    mentions,
  };
}

function ofApp(
  appId: string | null,
  context: DerivationContext,
): DerivationContext['profiles'][number] | undefined {
  return appId === null ? undefined : context.profiles.find((profile) => profile.appId === appId);
}
