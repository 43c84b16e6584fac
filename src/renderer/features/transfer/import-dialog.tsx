import { useEffect, useEffectEvent, useId, useState } from 'react';
import type { ImportReport } from '../../../shared/model/transfer.ts';
import { size } from '../../lib/bytes.ts';
import { announce, toast } from '../../lib/notices.ts';
import { clockTime, exactTime } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notes.tsx';
import { TransferProgress } from './transfer-progress.tsx';
import { useImport } from './use-import.ts';

const kindNames = { har: 'HAR', ndjson: 'NDJSON', json: 'JSON' } as const;

const number = (count: number): string => count.toLocaleString('en');

/** What is in the file, before anything is stored. */
function Found({ report }: { readonly report: ImportReport }) {
  const { kind, read, imported, duplicates, skipped, problems, from, to } = report;
  return (
    <div className="stack" role="status">
      <dl className="facts">
        <dt>File</dt>
        <dd>
          {kind === null ? 'Unknown' : kindNames[kind]}, {number(read)} {read === 1 ? 'entry' : 'entries'}
        </dd>
        <dt>New</dt>
        <dd>{number(imported)}</dd>
        {from !== null && to !== null && (
          <>
            <dt>Times</dt>
            <dd title={`${exactTime(from)} to ${exactTime(to)}`}>
              {from === to ? clockTime(from) : `${clockTime(from)} to ${clockTime(to)}`}
            </dd>
          </>
        )}
        {duplicates > 0 && (
          <>
            <dt>Here already</dt>
            <dd>{number(duplicates)}; they stay as they are</dd>
          </>
        )}
        {skipped > 0 && (
          <>
            <dt>Skipped</dt>
            <dd>{number(skipped)}</dd>
          </>
        )}
      </dl>
      {problems.length > 0 && (
        <ul className="bullets import-problems" aria-label="What is wrong">
          {problems.map(({ entry, problem }) => (
            <li key={entry}>
              Entry {number(entry)}: {problem}
            </li>
          ))}
          {skipped > problems.length && <li>… and {number(skipped - problems.length)} more.</li>}
        </ul>
      )}
    </div>
  );
}

type ImportDialogProps = { readonly given: File | null; readonly onClose: () => void };

export function ImportDialog({ given, onClose }: ImportDialogProps) {
  const inputId = useId();
  const [file, setFile] = useState(given);
  const { look, store, progress, cancel } = useImport();
  const choose = (chosen: File): void => {
    setFile(chosen);
    store.reset();
    look.mutate(chosen);
  };
  const lookAtGiven = useEffectEvent(() => {
    if (given !== null) look.mutate(given);
  });
  useEffect(() => lookAtGiven(), []);
  const storeAll = (): void => {
    if (file === null) return;
    store.mutate(file, {
      onSuccess: (report) => {
        if (report === null) return;
        const words = `${number(report.imported)} imported from ${file.name}`;
        toast(words);
        announce(words);
        onClose();
      },
    });
  };
  const running = look.isPending || store.isPending;
  const found = look.data ?? null;
  const error = store.error ?? look.error;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Import"
      description="NDJSON, JSON or HAR, of this companion or of a browser or proxy. First it is said what is in it; nothing is stored before you agree, and nothing that is here is changed."
      footer={
        <>
          <Button onClick={store.isPending ? cancel : onClose}>
            {store.isPending ? 'Cancel import' : 'Cancel'}
          </Button>
          <Button
            look="primary"
            busy={store.isPending}
            disabled={found === null || found.imported === 0 || look.isPending}
            onClick={storeAll}
          >
            {found === null || found.imported === 0 ? 'Import' : `Import ${number(found.imported)}`}
          </Button>
        </>
      }
    >
      <div className="line file-choice">
        <label className="btn" htmlFor={inputId}>
          {file === null ? 'Choose a file…' : 'Another file…'}
        </label>
        <input
          id={inputId}
          className="unseen"
          type="file"
          accept=".har,.ndjson,.jsonl,.json"
          disabled={store.isPending}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            if (chosen !== undefined) choose(chosen);
          }}
        />
        {file === null ? (
          <span className="muted">or drop one on a list of exchanges</span>
        ) : (
          <span className="clip">
            {file.name} <span className="muted">{size(file.size)}</span>
          </span>
        )}
      </div>
      {running && (
        <TransferProgress label="Bytes read" done={progress.bytes} total={file?.size ?? null}>
          {store.isPending
            ? `${number(progress.report?.imported ?? 0)} of ${number(found?.imported ?? 0)} imported`
            : `${number(progress.report?.read ?? 0)} entries read`}
        </TransferProgress>
      )}
      {!running && found !== null && <Found report={found} />}
      {error !== null && <Failure error={error} />}
    </Dialog>
  );
}
