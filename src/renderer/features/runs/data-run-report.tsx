import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DataRun, RowOutcome, RowReport } from '../../../shared/model/data-run.ts';
import { href } from '../../lib/route.ts';
import { duration } from '../../lib/time.ts';
import { rpc } from '../../platform/connection.ts';
import { Failure } from '../../ui/notes.tsx';
import { Pager } from './pager.tsx';
import { outcomeTones } from './run-words.ts';

const perPage = 100;

function Line({ report }: { readonly report: RowReport }) {
  const { row, outcome, status, ms, checks, error, exchangeId, sent } = report;
  return (
    <li className="row-line">
      <span className="num faint">{row.toLocaleString('en')}</span>
      <span className={outcomeTones[outcome]}>{outcome}</span>
      {exchangeId === null ? (
        <span className="muted">{outcome === 'unknown' ? 'no answer' : 'not sent'}</span>
      ) : (
        <a className="link mono" href={href('exchanges', exchangeId)} title={`The exchange of row ${row}`}>
          {status ?? 'no answer'}
        </a>
      )}
      <span className="num muted">{duration(ms)}</span>
      <span className="muted small">
        {checks.of > 0 && `${checks.passed}/${checks.of} checks`}
        {sent > 1 && ` sent ${sent} times`}
      </span>
      {error !== null && <p className="small muted">{error}</p>}
    </li>
  );
}

const choices: readonly (readonly [name: string, outcomes: readonly RowOutcome[] | null])[] = [
  ['All', null],
  ['Failed', ['failed']],
  ['Unknown', ['unknown']],
];

/** The settled rows of a run, a hundred at a time, all of them or those that went wrong. */
export function DataRunReport({ run }: { readonly run: DataRun }) {
  const [offset, setOffset] = useState(0);
  const [shown, setShown] = useState('All');
  const outcomes = choices.find(([name]) => name === shown)?.[1] ?? null;
  const { id, ok, failed, unknown, updatedAt } = run;
  const { data, error } = useQuery({
    queryKey: ['row-reports', id, shown, offset, ok, failed, unknown, updatedAt],
    queryFn: () =>
      rpc.dataRuns.report({
        id,
        offset,
        limit: perPage,
        ...(outcomes !== null && { outcomes: [...outcomes] }),
      }),
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <Failure error={error} />;
  const counts: Readonly<Record<string, number>> = {
    All: ok + failed + unknown,
    Failed: failed,
    Unknown: unknown,
  };
  return (
    <>
      <div className="row-filter line" role="group" aria-label="Rows shown">
        {choices.map(([name]) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={name === shown}
            onClick={() => {
              setShown(name);
              setOffset(0);
            }}
          >
            {name} {(counts[name] ?? 0).toLocaleString('en')}
          </button>
        ))}
      </div>
      {data?.total === 0 ? (
        <p className="quiet-line">{shown === 'All' ? 'Rows appear here once they are answered.' : 'None.'}</p>
      ) : (
        <ol className="scroll row-lines" aria-label="Report">
          {data?.reports.map((report) => (
            <Line key={report.row} report={report} />
          ))}
        </ol>
      )}
      {data !== undefined && data.total > 0 && (
        <Pager offset={offset} perPage={perPage} total={data.total} onMove={setOffset} />
      )}
    </>
  );
}
