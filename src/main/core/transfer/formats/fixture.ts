/** Webhooks as fixtures for the tests of the app that receives them: one JSON file, with the keys to check them with. */
import type { SignatureFacts } from '../../../../shared/model/exchange.ts';
import { highlevelKeys } from '../../../../shared/highlevel/signature-keys.ts';
import type { DerivationContext } from '../../exchanges/types.ts';
import { fingerprint } from '../../webhooks/verification-key.ts';
import { verifySignature } from '../../webhooks/verify.ts';
import { contentOf } from '../body-text.ts';
import type { WholeExchange } from '../types.ts';
import type { Format } from './format.ts';

export const fixtureFormatName = 'highlevel-companion/fixtures';

type Keys = Map<string, { readonly owner: string; readonly scheme: string; readonly pem: string }>;

/**
 * What did not come in has no place in it. The verdict is that on the bytes as they are written, with the keys of now. A
 * development key counts here: it is the developer's own server that the fixtures are for.
 */
export function fixtureFormat(context: DerivationContext): Format {
  const keys: Keys = new Map(highlevelKeys.map(({ fingerprint, ...key }) => [fingerprint, key]));
  return {
    begin: () => `{\n"format": "${fixtureFormatName}",\n"version": 1,\n"events": [`,
    entry(exchange, isFirst) {
      if (exchange.detail.event === null) return null;
      return `${isFirst ? '' : ','}\n${JSON.stringify(fixtureOf(exchange, context, keys), null, 2)}`;
    },
    end: () => `\n],\n"keys": ${JSON.stringify(Object.fromEntries(keys), null, 2)}\n}\n`,
  };
}

function fixtureOf({ detail, requestBody }: WholeExchange, context: DerivationContext, keys: Keys) {
  const receiver = context.profiles.find(({ id }) => id === detail.profileId) ?? null;
  const facts = verifySignature(
    { headers: detail.requestHeaders, body: requestBody, complete: detail.requestBody.complete },
    receiver,
    context.keys,
  );
  const key = trusted(facts) ? facts.keyFingerprint : null;
  const used = context.keys.find(({ pem }) => key !== null && fingerprint(pem) === key);
  if (used !== undefined && key !== null)
    keys.set(key, { owner: used.owner, scheme: used.scheme, pem: used.pem });
  return {
    id: detail.id,
    type: detail.event?.type ?? null,
    receivedAt: new Date(detail.receivedAt).toISOString(),
    method: detail.method,
    path: detail.url,
    headers: detail.requestHeaders,
    body: contentOf(requestBody),
    expected: { verifies: key !== null, verdict: facts.verdict, scheme: facts.scheme, key },
  };
}

const trusted = ({ verdict, keyOwner }: SignatureFacts): boolean =>
  verdict === 'valid' || keyOwner === 'development';
