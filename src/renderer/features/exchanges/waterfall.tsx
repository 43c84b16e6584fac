import type { Timings } from '../../../shared/model/exchange.ts';
import { duration } from '../../lib/time.ts';

const opening = [
  ['dns', 'DNS', '--callback'],
  ['connect', 'Connect', '--forward'],
  ['tls', 'TLS', '--token'],
] as const;
const exchanging = [
  ['wait', 'Wait', '--api'],
  ['receive', 'Receive', '--ok'],
] as const;

/** Lane names say what is measured. */
const meanings = {
  dns: 'Looking up the address of the host',
  connect: 'Opening the TCP connection',
  tls: 'Agreeing on keys and checking the certificate',
  wait: 'From the request sent to the first byte of the answer',
  receive: 'From the first byte of the answer to the last',
} as const;

type WaterfallProps = {
  readonly timings: Timings;
  /** The connection had been opened by an earlier request. */
  readonly reused: boolean;
};

/** Where the time went, to scale. */
export function Waterfall({ timings, reused }: WaterfallProps) {
  const phases = reused ? exchanging : [...opening, ...exchanging];
  const measured = phases.reduce((sum, [key]) => sum + (timings[key] ?? 0), 0);
  const total = Math.max(timings.total, measured, 0.001);
  const lanes = phases.map(([key, name, colour], index) => ({
    key,
    name,
    colour,
    value: timings[key],
    from: phases.slice(0, index).reduce((sum, [earlier]) => sum + (timings[earlier] ?? 0), 0),
  }));
  return (
    <table className="waterfall">
      <caption className="unseen">Timing</caption>
      <tbody>
        {reused && (
          <tr>
            <th scope="row">Connection</th>
            <td className="faint" colSpan={2}>
              reused: nothing to look up, to open or to agree on
            </td>
          </tr>
        )}
        {lanes.map(({ key, name, colour, value, from }) => (
          <tr key={key}>
            <th scope="row" title={meanings[key]}>
              {name}
            </th>
            <td className="lane">
              {value !== null && (
                <i
                  title={`${name}: ${duration(value)}, after ${duration(from)}`}
                  style={{
                    left: `${Math.min((from / total) * 100, 99)}%`,
                    width: `${Math.max((value / total) * 100, 0.6)}%`,
                    background: `var(${colour})`,
                  }}
                />
              )}
            </td>
            <td className="num">{value === null ? '–' : duration(value)}</td>
          </tr>
        ))}
        <tr className="total">
          <th scope="row">Total</th>
          <td className="num" colSpan={2}>
            {duration(timings.total)}
          </td>
        </tr>
      </tbody>
    </table>
  );
}
