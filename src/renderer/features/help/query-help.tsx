import { fieldKeys, fields } from '../../../shared/query/fields.ts';

const texts: readonly (readonly [string, string])[] = [
  ['text', 'anywhere in URL, headers and bodies, inside words too'],
  ['"an exact phrase"', 'the same with blanks in it'],
  ['=word', 'whole words; ="two words" in this order'],
  ['start*', 'words that begin like this'],
  ['-anything', 'the opposite of what follows'],
];

/** What the search field of a list understands. */
export function QueryHelp() {
  const fieldRows = fieldKeys.map((key) => [fields[key].example, fields[key].help] as const);
  return (
    <section className="card" aria-label="Queries">
      <header>
        <h2>Queries</h2>
        <span className="faint small">
          Several values of one field are alternatives; all else holds together
        </span>
      </header>
      <dl className="inside queries">
        {[...texts, ...fieldRows].map(([piece, finds]) => (
          <div key={piece}>
            <dt className="mono">{piece}</dt>
            <dd>{finds}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
