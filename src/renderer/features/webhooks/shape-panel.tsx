import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ShapeField, WebhookShape } from '../../../shared/model/webhook.ts';
import { href } from '../../lib/route.ts';
import { rpc } from '../../platform/connection.ts';
import { Note } from '../../ui/notes.tsx';
import { Ago } from '../../ui/time.tsx';
import { PanelState } from './panel-state.tsx';

const stateWords: Readonly<Record<ShapeField['state'], { word: string; tone: string | undefined }>> = {
  changed: { word: 'another type', tone: 'bad' },
  unknown: { word: 'not documented', tone: 'warn' },
  missing: { word: 'did not come', tone: 'warn' },
  empty: { word: 'came as null', tone: 'muted' },
  'as-documented': { word: 'as documented', tone: 'ok' },
};
const order = ['changed', 'unknown', 'missing', 'empty', 'as-documented'] as const;

function Counts({ shape }: { readonly shape: WebhookShape }) {
  return (
    <p className="line wrap shape-counts">
      {order.map((state) => {
        const count = shape.fields.filter((field) => field.state === state).length;
        return count === 0 ? null : (
          <span key={state} className={stateWords[state].tone}>
            {count} {stateWords[state].word}
          </span>
        );
      })}
    </p>
  );
}

function Row({ field, lookedAt }: { readonly field: ShapeField; readonly lookedAt: number }) {
  const words = stateWords[field.state];
  return (
    <tr>
      <th scope="row" className="mono">
        {field.path}
      </th>
      <td>{field.documented ?? '–'}</td>
      <td>{field.came ?? '–'}</td>
      <td>
        <span className={words.tone}>{words.word}</span>
        <p className="faint small">
          {field.firstSeen !== null && (
            <>
              first seen{' '}
              <a className="link" href={href('webhooks', field.firstSeen.id)}>
                <Ago at={field.firstSeen.at} />
              </a>
              ,{' '}
            </>
          )}
          {field.state === 'missing' ? 'absent from' : 'in'} {field.deliveries} of {lookedAt}
        </p>
      </td>
    </tr>
  );
}

/** The documented fields of the event against what came. */
export function ShapePanel({ id }: { readonly id: string }) {
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['webhook-shape', id],
    queryFn: () => rpc.webhooks.shape({ id }),
    refetchOnMount: 'always',
  });
  if (data === undefined)
    return <PanelState what="Comparing the fields" error={error} onRetry={() => void refetch()} />;
  if (data.sentence !== null) return <Note tone="info">{data.sentence}</Note>;
  const drift = data.fields.filter(({ state }) => state !== 'as-documented');
  const shown = (all ? data.fields : drift).toSorted(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state),
  );
  return (
    <section className="card" aria-label="Shape">
      <header>
        <h3>Documented and received</h3>
        <span className="faint small">
          compared with {data.lookedAt === 1 ? 'the one' : `the latest ${data.lookedAt}`} {data.type} here
        </span>
        <span className="grow" />
        <button type="button" className="btn quiet" aria-pressed={all} onClick={() => setAll(!all)}>
          All fields
        </button>
      </header>
      <div className="inside stack">
        <Counts shape={data} />
        {data.guessed && (
          <Note tone="info">
            The body does not name its event: {data.type} was told from its fields, and the documented fields
            of that family are compared.
          </Note>
        )}
        {drift.length === 0 && !all && <Note tone="ok">Every field came as it is documented.</Note>}
      </div>
      {shown.length > 0 && (
        <div className="table-frame">
          <table className="facts-table">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Documented</th>
                <th scope="col">Came</th>
                <th scope="col">Verdict</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((field) => (
                <Row key={field.path} field={field} lookedAt={data.lookedAt} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
