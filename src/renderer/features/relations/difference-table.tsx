/** How two bodies differ, drawn: by field, by line or by byte. */
import type {
  BodyDifference,
  JsonChange,
  LineChange,
  NamedDifference,
} from '../../../shared/model/relations.ts';
import { size } from '../../lib/bytes.ts';
import { ByteDifference } from '../webhooks/byte-difference.tsx';

/** Stands in every webhook and is another one each time: told last, and quietly. */
const envelope = new Set([
  '$.type',
  '$.webhookId',
  '$.timestamp',
  '$.versionId',
  '$.traceId',
  '$.dateUpdated',
]);

const words: Readonly<Record<JsonChange['change'], { word: string; mark: string; tone: string }>> = {
  added: { word: 'added', mark: '+', tone: 'ok' },
  removed: { word: 'removed', mark: '−', tone: 'bad' },
  changed: { word: 'changed', mark: '≠', tone: 'warn' },
  moved: { word: 'other order', mark: '⇅', tone: 'info' },
  rewritten: { word: 'written otherwise', mark: '≈', tone: 'muted' },
};

const fieldName = (path: string): string => (path === '$' ? 'the whole' : path.replace(/^\$\.?/, ''));

function Value({ text, tone }: { readonly text: string | null; readonly tone: 'before' | 'after' }) {
  if (text === null) return <span className="faint">–</span>;
  return <code className={`difference-${tone}`}>{text}</code>;
}

function Change({ change }: { readonly change: JsonChange }) {
  const { word, mark, tone } = words[change.change];
  return (
    <tr>
      <th scope="row" className="mono">
        {fieldName(change.path)}
      </th>
      <td className={tone}>
        <span aria-hidden>{mark}</span> {word}
      </td>
      <td>
        <Value text={change.before} tone="before" />
      </td>
      <td>
        <Value text={change.after} tone="after" />
      </td>
    </tr>
  );
}

function Fields({
  changes,
  more,
  label,
}: {
  readonly changes: readonly JsonChange[];
  readonly more: number;
  readonly label: string;
}) {
  const telling = changes.filter(({ path }) => !envelope.has(path));
  const quiet = changes.filter(({ path }) => envelope.has(path));
  return (
    <>
      {telling.length > 0 && (
        <div className="table-frame">
          <table className="facts-table difference" aria-label={label}>
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Change</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {telling.map((change) => (
                <Change key={`${change.change} ${change.path}`} change={change} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 && <p className="quiet-line">{more.toLocaleString('en')} more differences are not listed.</p>}
      {quiet.length > 0 && (
        <p className="quiet-line small">
          {telling.length === 0 ? 'Nothing differs but ' : 'Also different, as each time: '}
          {quiet.map(({ path }) => fieldName(path)).join(', ')}.
        </p>
      )}
    </>
  );
}

function Lines({
  lines,
  more,
  label,
}: {
  readonly lines: readonly LineChange[];
  readonly more: number;
  readonly label: string;
}) {
  const marks = { same: ' ', added: '+', removed: '−' } as const;
  return (
    <div className="table-frame">
      <table className="line-table mono" aria-label={label}>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.beforeLine ?? ''} ${line.afterLine ?? ''}`} className={`line-${line.change}`}>
              <td className="num">{line.beforeLine}</td>
              <td className="num">{line.afterLine}</td>
              <td>
                <span className="unseen">{line.change}</span>
                <span aria-hidden>{marks[line.change]}</span>
              </td>
              <td className="line-text">{line.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="quiet-line">{more.toLocaleString('en')} more lines are not listed.</p>}
    </div>
  );
}

function present(bytes: number | null): string {
  return bytes === null ? 'none' : size(bytes);
}

export function BodyDifferenceView({
  difference,
  label,
}: {
  readonly difference: BodyDifference;
  readonly label: string;
}) {
  switch (difference.kind) {
    case 'same':
      return (
        <p className="quiet-line">
          {difference.bytes === 0
            ? 'Neither has one.'
            : `The same ${difference.bytes.toLocaleString('en')} bytes.`}
        </p>
      );
    case 'one-sided':
      return (
        <p className="quiet-line">
          Only one has it: {present(difference.before)} before, {present(difference.after)} after.
        </p>
      );
    case 'json':
      return (
        <>
          <Fields changes={difference.changes} more={difference.more} label={label} />
          {difference.note !== null && <p className="quiet-line small">{difference.note}</p>}
        </>
      );
    case 'text':
      return (
        <>
          <Lines lines={difference.lines} more={difference.more} label={label} />
          {difference.note !== null && <p className="quiet-line small">{difference.note}</p>}
        </>
      );
    case 'bytes':
      return (
        <div className="inside">
          {difference.note !== null && <p className="muted small">{difference.note}</p>}
          <ByteDifference difference={difference.difference} received="before" other="after" />
        </div>
      );
  }
}

/** Facts or headers that are not the same. */
export function NamedDifferences({
  differences,
  label,
}: {
  readonly differences: readonly NamedDifference[];
  readonly label: string;
}) {
  if (differences.length === 0) return <p className="quiet-line">No difference.</p>;
  return (
    <div className="table-frame">
      <table className="facts-table difference" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ name, before, after }) => (
            <tr key={name}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td>
                <Value text={before} tone="before" />
              </td>
              <td>
                <Value text={after} tone="after" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
