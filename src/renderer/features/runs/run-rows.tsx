import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Run } from '../../../shared/model/run.ts';
import { createReindenter } from '../../lib/json-reindent.ts';
import { rpc } from '../../platform/connection.ts';
import { Failure } from '../../ui/notes.tsx';
import { Pager } from './pager.tsx';

const perPage = 100;

/** So much of a row stands in its line. */
const lineLength = 400;

function Row({ number, row }: { readonly number: number; readonly row: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="run-row mono">
        <span className="faint num">{number.toLocaleString('en')}</span> {row.slice(0, lineLength)}
      </summary>
      {open && <pre className="claims">{createReindenter().push(row)}</pre>}
    </details>
  );
}

/** The rows of a run as JSON, a hundred at a time. */
export function RunRows({ run }: { readonly run: Run }) {
  const [offset, setOffset] = useState(0);
  const end = Math.min(offset + perPage, run.rows);
  const { data, error } = useQuery({
    // A page that is full does not change any more.
    queryKey: ['run-rows', run.id, offset, end],
    queryFn: () => rpc.runs.rows({ id: run.id, offset, limit: perPage }),
    placeholderData: keepPreviousData,
    enabled: run.rows > 0,
  });
  if (error !== null) return <Failure error={error} />;
  if (run.rows === 0) return <p className="quiet-line">Rows appear here as their pages are kept.</p>;
  return (
    <>
      <ol className="scroll run-rows" aria-label="Rows" start={offset + 1}>
        {data?.rows.map((row, index) => (
          <li key={offset + index}>
            <Row number={offset + index + 1} row={row} />
          </li>
        ))}
      </ol>
      <Pager offset={offset} perPage={perPage} total={run.rows} onMove={setOffset} />
    </>
  );
}
