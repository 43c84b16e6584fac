import { useQuery } from '@tanstack/react-query';
import type { SignatureAttempt, SignatureExplanation } from '../../../shared/model/webhook.ts';
import { href } from '../../lib/route.ts';
import { keyOwnerWords } from '../../lib/words.ts';
import { rpc } from '../../platform/connection.ts';
import { Note } from '../../ui/notes.tsx';
import { ByteDifference } from './byte-difference.tsx';
import { PanelState } from './panel-state.tsx';

const attemptWords: Readonly<Record<SignatureAttempt['id'], string>> = {
  'as-received': 'The bytes as received',
  'other-key': "Somebody else's key",
  'other-header': 'The other header',
  'other-scheme': 'RSA against Ed25519',
  'signature-text': 'Base64, hex, base64url',
  'shared-secret': 'HMAC with a shared secret',
  json: 'JSON written again',
  newline: 'Newlines',
  'text-encoding': 'Text encoding',
};

const outcomeWords = {
  matches: { mark: '✓', word: 'matches', tone: 'ok' },
  'no-match': { mark: '✕', word: 'no match', tone: 'faint' },
  skipped: { mark: '–', word: 'not tried', tone: 'faint' },
} as const;

const headerWords = { checked: 'checked', 'not-looked-at': 'not looked at', absent: 'no signature' } as const;

const sdkWords: Readonly<
  Record<SignatureExplanation['sdk']['verdict'], { heading: string; tone: 'ok' | 'warn' | 'bad' }>
> = {
  accepts: { heading: 'The official SDK accepts it', tone: 'ok' },
  rejects: { heading: 'The official SDK rejects it', tone: 'bad' },
  skipped: { heading: 'The official SDK checks nothing', tone: 'warn' },
  unreadable: { heading: 'The official SDK never sees it', tone: 'warn' },
};

/** Which bytes, which headers, which keys. */
function WhatWasChecked({ explanation }: { readonly explanation: SignatureExplanation }) {
  return (
    <section className="card" aria-label="What was checked">
      <header>
        <h3>What was checked</h3>
      </header>
      <div className="inside">
        <dl className="facts">
          <dt>Bytes</dt>
          <dd>{explanation.bytes.toLocaleString('en')}, exactly as received</dd>
          <dt>SHA-256</dt>
          <dd className="mono">{explanation.sha256}</dd>
          {explanation.headers.map(({ name, value, state }) => (
            <div className="contents" key={name}>
              <dt className="mono">{name}</dt>
              <dd>
                {value === null ? (
                  'absent'
                ) : (
                  <>
                    <span className="mono clip-long" title={value}>
                      {value}
                    </span>{' '}
                    <span className="faint small">{headerWords[state]}</span>
                  </>
                )}
              </dd>
            </div>
          ))}
          <dt>Keys that count</dt>
          <dd>
            {explanation.keys.length === 0 && 'none'}
            {explanation.keys.map(({ owner, scheme, fingerprint }) => (
              <p key={`${scheme} ${fingerprint ?? ''}`}>
                {scheme === 'ed25519' ? 'Ed25519' : 'RSA'} of {keyOwnerWords[owner]}{' '}
                <span className="mono faint small" title={fingerprint ?? undefined}>
                  {fingerprint?.slice(0, 16)}…
                </span>
              </p>
            ))}
          </dd>
        </dl>
      </div>
    </section>
  );
}

function Attempts({ attempts }: { readonly attempts: readonly SignatureAttempt[] }) {
  return (
    <section className="card" aria-label="What was tried">
      <header>
        <h3>What was tried</h3>
        <span className="count faint small">{attempts.length}</span>
      </header>
      <ul className="attempts">
        {attempts.map(({ id, outcome, sentence, difference }) => {
          const words = outcomeWords[outcome];
          return (
            <li key={id} className={outcome === 'matches' ? 'hit' : undefined}>
              <span className={words.tone} title={words.word}>
                <span aria-hidden>{words.mark}</span>
                <span className="unseen">{words.word}</span>
              </span>
              <div>
                <b>{attemptWords[id]}</b>
                <p className="muted small">{sentence}</p>
                {difference !== null && <ByteDifference difference={difference} other="signed" />}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function SdkCard({ sdk }: { readonly sdk: SignatureExplanation['sdk'] }) {
  const words = sdkWords[sdk.verdict];
  return (
    <section className="card" aria-label="Official SDK">
      <header className={words.tone}>
        <h3>{words.heading}</h3>
        <span className="faint small">JSON.stringify(req.body)</span>
      </header>
      <div className="inside stack">
        <p>{sdk.sentence}</p>
        {sdk.difference !== null && <ByteDifference difference={sdk.difference} other="SDK" />}
        {sdk.changes.length > 0 && (
          <ul className="bullets" aria-label="What writing the JSON again changes">
            {sdk.changes.map((change) => (
              <li key={`${change.reason} ${change.path} ${change.sentence}`}>
                <code>{change.path}</code> {change.sentence}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

/** The verdict explained by trying what goes wrong in practice, and what code that uses the SDK would have made of it. */
export function SignatureExplained({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['webhook-explained', id],
    queryFn: () => rpc.webhooks.explain({ id }),
    refetchOnMount: 'always',
  });
  if (data === undefined)
    return <PanelState what="Trying the signature" error={error} onRetry={() => void refetch()} />;
  const { facts, attempts, conclusion, age, repetition } = data;
  return (
    <>
      <section aria-label="Conclusion">
        <Note tone={facts.verdict === 'valid' ? 'ok' : facts.verdict === 'invalid' ? 'bad' : 'warn'}>
          {conclusion}
        </Note>
      </section>
      {age?.old === true && <Note tone="warn">{age.sentence}</Note>}
      {repetition !== null && (
        <Note tone="warn">
          {repetition.sentence}{' '}
          <a className="link" href={href('webhooks', repetition.firstId)}>
            See the first delivery
          </a>
        </Note>
      )}
      <WhatWasChecked explanation={data} />
      {attempts.length > 1 && <Attempts attempts={attempts} />}
      <SdkCard sdk={data.sdk} />
    </>
  );
}
