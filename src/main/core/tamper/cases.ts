/** What the bench sends, what an endpoint should make of it, and what to do where it does not. */
import type { TamperCaseId, TamperExpectation } from '../../../shared/model/tamper.ts';

export type CaseFacts = {
  readonly title: string;
  readonly expected: TamperExpectation;
  /** Why this is expected. */
  readonly why: string;
  readonly advice: string;
};

const rawBody =
  'Verify the raw bytes of the request, before any parser: express.json({ verify: (req, _res, raw) => { req.rawBody = raw } }).';
const refuse = 'Answer 401 and do nothing unless crypto.verify(null, rawBody, publicKey, signature) is true.';

function spelling(how: string): CaseFacts {
  return {
    title: `Same value, ${how}`,
    expected: 'accept',
    why: 'The signature is over exactly these bytes; writing the JSON again gives others.',
    advice: rawBody,
  };
}

/** In the order they are sent. Rules: HighLevel docs, Webhook Authentication and Webhook Integration Guide. */
export const caseFacts: Readonly<Record<TamperCaseId, CaseFacts>> = {
  valid: {
    title: 'Valid',
    expected: 'accept',
    why: 'It is signed with the development key and says the present time.',
    advice:
      'Put the development key’s WEBHOOK_SIGNATURE_PUBLIC_KEY line into the environment of your server, restart it, and verify the raw body.',
  },
  unsigned: {
    title: 'No signature',
    expected: 'reject',
    why: 'Anybody who knows the address could have sent it.',
    advice: `${refuse} A missing header is a failed check, not a reason to skip it.`,
  },
  'wrong-signature': {
    title: 'Signed by another key',
    expected: 'reject',
    why: 'The signature has the right form, but its key is nobody’s you trust.',
    advice: refuse,
  },
  'altered-body': {
    title: 'Body altered after signing',
    expected: 'reject',
    why: 'The signature belongs to another body.',
    advice: refuse,
  },
  'old-timestamp': {
    title: 'An hour old',
    expected: 'reject',
    why: 'A good webhook caught on its way could be sent again for ever.',
    advice:
      'Refuse a timestamp more than five minutes from now. A resend from the portal carries its first timestamp: let it in by its webhookId if you need it.',
  },
  'repeated-id': {
    title: 'Same webhookId twice',
    expected: 'accept-once',
    why: 'Deliveries are repeated, and what they cause must happen once.',
    advice:
      'Keep each webhookId with a unique index; answer 409, or 200 with another body, when it is there already.',
  },
  'out-of-order': {
    title: 'Newer before older',
    expected: 'accept',
    why: 'Deliveries arrive in any order, and each of them is genuine.',
    advice: 'Accept both, and let the event’s own timestamp decide which state is kept.',
  },
  'legacy-only': {
    title: 'Legacy header only',
    expected: 'either',
    why: 'X-WH-Signature is retired; a good signature in it may still be accepted.',
    advice:
      'Verify X-GHL-Signature; look at X-WH-Signature only where that one is absent, or no longer at all.',
  },
  'legacy-forged': {
    title: 'Legacy header by another key',
    expected: 'reject',
    why: 'A header that is still looked at must be verified like the new one.',
    advice: 'Verify X-WH-Signature with RSA-SHA256 over the raw body, or refuse what has no X-GHL-Signature.',
  },
  'spelling-whitespace': spelling('with line breaks and spaces'),
  'spelling-escape': spelling('with an escaped letter'),
  'spelling-slash': spelling('with escaped slashes'),
  'spelling-number': spelling('with another form of a number'),
  'spelling-key-order': spelling('with keys in another order'),
  'spelling-newline': spelling('with a newline at its end'),
};
