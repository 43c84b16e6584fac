import type { EventFacts } from '../../../shared/model/exchange.ts';
import { href } from '../../lib/route.ts';
import { keyOwnerWords, verdictWords } from '../../lib/words.ts';
import { Note } from '../../ui/notes.tsx';

const schemeWords = {
  ed25519: 'Ed25519 over the raw body',
  rsa: 'RSA with SHA-256 over the raw body',
} as const;

export function SignatureCard({ event }: { readonly event: EventFacts }) {
  const { signature } = event;
  const words = verdictWords[signature.verdict];
  return (
    <section className="card" aria-label="Signature">
      <header className={words.tone}>
        <span aria-hidden>{words.mark}</span>
        <h3>{words.heading}</h3>
      </header>
      <div className="inside">
        <dl className="facts">
          <dt>Why</dt>
          <dd>{signature.reason}</dd>
          <dt>Scheme</dt>
          <dd>{signature.scheme === null ? '–' : schemeWords[signature.scheme]}</dd>
          <dt>Header</dt>
          <dd className="mono">{signature.header ?? '–'}</dd>
          <dt>Key of</dt>
          <dd>{signature.keyOwner === null ? '–' : keyOwnerWords[signature.keyOwner]}</dd>
          <dt>Key fingerprint</dt>
          <dd className="mono" title="SHA-256 of the public key">
            {signature.keyFingerprint ?? '–'}
          </dd>
        </dl>
      </div>
    </section>
  );
}

/** The verdict in one line, above the payload. */
export function SignatureStrip({ event }: { readonly event: EventFacts }) {
  const words = verdictWords[event.signature.verdict];
  return (
    <div className={`strip ${words.tone}`}>
      <span aria-hidden>{words.mark}</span>
      <b>{words.heading}</b>
      <span className="clip" title={event.signature.reason}>
        {event.signature.reason}
      </span>
    </div>
  );
}

/** What the body says about itself. */
export function EventCard({ event }: { readonly event: EventFacts }) {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Event', event.type],
    ['Sub-account', event.locationId],
    ['Agency', event.companyId],
    ['App id', event.appId],
    ['Webhook id', event.webhookId],
    ['Entity', event.entityId],
    ['Timestamp', event.timestamp],
  ];
  return (
    <section className="card" aria-label="Event">
      <header>
        <h3>Event</h3>
        {event.category !== null && <span className="faint small">{event.category}</span>}
      </header>
      <div className="inside stack">
        <dl className="facts">
          {rows.map(([name, value]) =>
            value === null ? null : (
              <div className="contents" key={name}>
                <dt>{name}</dt>
                <dd className="mono">{value}</dd>
              </div>
            ),
          )}
        </dl>
        {event.duplicateOf !== null && (
          <Note tone="warn">
            The same webhook id came before.{' '}
            <a className="link" href={href('exchanges', event.duplicateOf)}>
              See the first delivery
            </a>
          </Note>
        )}
        {event.flags.map((flag) => (
          <Note key={flag} tone="warn">
            {flag}
          </Note>
        ))}
      </div>
    </section>
  );
}
