import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import { CopyButton } from '../../ui/copy-field.tsx';

type HeadersTableProps = {
  readonly title: string;
  readonly headers: HeaderPairs;
};

/** In the order they came, spelled as they came; a name that comes twice is marked. */
export function HeadersTable({ title, headers }: HeadersTableProps) {
  const counts = Map.groupBy(headers, ([name]) => name.toLowerCase());
  const text = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  return (
    <section className="card" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <span className="faint small">{headers.length}, in order</span>
        <span className="grow" />
        <CopyButton text={text} what={title.toLowerCase()} />
      </header>
      {headers.length === 0 ? (
        <p className="quiet-line">None.</p>
      ) : (
        <table className="table mono headers">
          <thead className="unseen">
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {headers.map(([name, value], index) => (
              <tr key={`${index}-${name}`}>
                <td>
                  {name}
                  {(counts.get(name.toLowerCase())?.length ?? 0) > 1 && (
                    <span className="tag" title="This header came more than once">
                      ×{counts.get(name.toLowerCase())?.length}
                    </span>
                  )}
                </td>
                <td>{value === '' ? <span className="faint">(empty)</span> : value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
