import type { CertificateFacts, ExchangeDetail } from '../../../shared/model/exchange.ts';
import { exactTime, localInstant, span } from '../../lib/time.ts';

/** A certificate that ends sooner than this is worth a word. */
const soonMs = 14 * 86_400_000;

/** Judged at the time of the exchange: that is when it counted. */
function Validity({ certificate, at }: { readonly certificate: CertificateFacts; readonly at: number }) {
  const left = certificate.validTo - at;
  return (
    <>
      <span className="mono" title={exactTime(certificate.validTo)}>
        {localInstant(certificate.validTo).slice(0, 10)}
      </span>{' '}
      <span className={left < 0 ? 'bad' : left < soonMs ? 'warn' : 'faint'}>
        {left < 0 ? `ended ${span(-left)} before` : `${span(left)} left at the time`}
      </span>
    </>
  );
}

function Certificate({ certificate, at }: { readonly certificate: CertificateFacts; readonly at: number }) {
  return (
    <>
      <dt>Certificate</dt>
      <dd className="mono">{certificate.subject === '' ? '(no subject)' : certificate.subject}</dd>
      <dt>For</dt>
      <dd className="mono">{certificate.names.join(', ') || '–'}</dd>
      <dt>Issued by</dt>
      <dd className="mono">{certificate.issuer === '' ? '–' : certificate.issuer}</dd>
      <dt>Valid until</dt>
      <dd>
        <Validity certificate={certificate} at={at} />
      </dd>
      <dt>Fingerprint</dt>
      <dd className="mono" title="SHA-256 of the certificate">
        {certificate.fingerprint}
      </dd>
    </>
  );
}

/** The connection an exchange went by, from the address to the certificate. */
export function ConnectionCard({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { connection, httpVersion, remoteAddress, direction, receivedAt } = exchange;
  return (
    <section className="card" aria-label="Connection">
      <header>
        <h3>Connection</h3>
        {connection !== null && (
          <span className="faint small">
            {connection.reused ? 'reused, opened by an earlier request' : 'opened for this request'}
          </span>
        )}
      </header>
      <div className="inside">
        <dl className="facts">
          <dt>Protocol</dt>
          <dd className="mono">{httpVersion === null ? '–' : `HTTP/${httpVersion}`}</dd>
          <dt>{direction === 'inbound' ? 'Sender' : 'Remote'}</dt>
          <dd className="mono">{connection?.remote ?? remoteAddress ?? '–'}</dd>
          {connection !== null && (
            <>
              <dt>Local</dt>
              <dd className="mono">{connection.local ?? '–'}</dd>
              <dt>Proxy</dt>
              <dd className={connection.proxy === null ? undefined : 'mono'}>{connection.proxy ?? 'none'}</dd>
              <dt>TLS</dt>
              <dd className={connection.tls === null ? undefined : 'mono'}>
                {connection.tls === null
                  ? 'none: not encrypted'
                  : `${connection.tls.protocol}, ${connection.tls.cipher}`}
              </dd>
              {connection.tls !== null && connection.tls.certificate !== null && (
                <Certificate certificate={connection.tls.certificate} at={receivedAt} />
              )}
            </>
          )}
        </dl>
      </div>
    </section>
  );
}
