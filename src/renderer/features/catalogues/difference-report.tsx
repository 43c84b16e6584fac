import { useState } from 'react';
import type {
  CatalogueDifference,
  ComparedOperation,
  OperationChange,
} from '../../../shared/model/catalogue.ts';

type Row = ComparedOperation & {
  readonly kind: 'new' | 'gone' | 'changed';
  readonly changes: readonly OperationChange[];
};

const marks = { new: '+', gone: '−', changed: '~' } as const;
const words = { new: 'new', gone: 'gone', changed: 'changed' } as const;

const filters = [
  { id: 'all', label: 'All', fits: () => true },
  { id: 'new', label: 'New', fits: (row: Row) => row.kind === 'new' },
  { id: 'gone', label: 'Gone', fits: (row: Row) => row.kind === 'gone' },
  { id: 'changed', label: 'Changed', fits: (row: Row) => row.kind === 'changed' },
  { id: 'breaks', label: 'May break requests', fits: mayBreak },
  { id: 'used', label: 'In use', fits: (row: Row) => row.calls > 0 || row.saved.length > 0 },
] as const;

function mayBreak({ kind, changes }: Row): boolean {
  return kind === 'gone' || changes.some(({ breaks }) => breaks);
}

function rowsOf({ added, removed, changed }: CatalogueDifference): Row[] {
  const plain =
    (kind: Row['kind']) =>
    (one: ComparedOperation): Row => ({ ...one, kind, changes: [] });
  return [
    ...removed.map(plain('gone')),
    ...changed.map((one): Row => ({ ...one, kind: 'changed' })),
    ...added.map(plain('new')),
  ];
}

function Operation({ row }: { readonly row: Row }) {
  const { kind, method, path, summary, calls, saved, changes } = row;
  return (
    <li className="difference">
      <span className={`mark ${kind}`} aria-hidden>
        {marks[kind]}
      </span>
      <span className={`method ${method}`}>{method}</span>
      <span className="mono path">{path}</span>
      <span className="faint small">
        <span className="unseen">{words[kind]}, </span>
        {summary}
      </span>
      {(calls > 0 || saved.length > 0) && (
        <span className="uses small">
          {[
            ...(calls > 0 ? [`${calls.toLocaleString('en')} recent ${calls === 1 ? 'call' : 'calls'}`] : []),
            ...(saved.length > 0 ? [`saved as ${saved.join(', ')}`] : []),
          ].join(' · ')}
        </span>
      )}
      {changes.length > 0 && (
        <ul className="changes">
          {changes.map(({ what, breaks }) => (
            <li key={what} className={breaks ? 'breaks' : undefined}>
              {what}
              {breaks && <span className="unseen"> This may break requests.</span>}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** A change that most of at least this many operations share is said once before all. */
const several = 5;

/** What the same change does to most operations, such as another Version. */
function commonChanges({ changed }: CatalogueDifference): { what: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { what } of changed.flatMap(({ changes }) => changes))
    counts.set(what, (counts.get(what) ?? 0) + 1);
  return Array.from(counts, ([what, count]) => ({ what, count })).filter(
    ({ count }) => count >= several && count * 2 > changed.length,
  );
}

/** Two states of a catalogue, what may hurt first. */
export function DifferenceReport({ difference }: { readonly difference: CatalogueDifference }) {
  const [shown, setShown] = useState<(typeof filters)[number]['id']>('all');
  const rows = rowsOf(difference);
  const { fits } = filters.find(({ id }) => id === shown) ?? filters[0];
  if (rows.length === 0) {
    return (
      <p className="muted" role="status">
        Nothing changes: {difference.same} operations are as they were.
      </p>
    );
  }
  return (
    <section className="difference-report" aria-label="What changes">
      <div className="line wrap" role="group" aria-label="Shown changes">
        {filters.map(({ id, label, fits: belongs }) => {
          const count = rows.filter(belongs).length;
          if (count === 0) return null;
          return (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed={shown === id}
              onClick={() => setShown(id)}
            >
              {label} {count}
            </button>
          );
        })}
        <span className="faint small">{difference.same} as they were</span>
      </div>
      {commonChanges(difference).map(({ what, count }) => (
        <p key={what}>
          <b>In {count} operations:</b> {what}
        </p>
      ))}
      <ul className="differences" aria-label="Operations that change">
        {rows.filter(fits).map((row) => (
          <Operation key={`${row.kind} ${row.id}`} row={row} />
        ))}
      </ul>
    </section>
  );
}
