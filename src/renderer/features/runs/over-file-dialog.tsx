import { useQuery } from '@tanstack/react-query';
import { FileUp, Rows3 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DataPreview, DataRunStart } from '../../../shared/model/data-run.ts';
import type { RequestDraft } from '../../../shared/model/request.ts';
import { size } from '../../lib/bytes.ts';
import { toast } from '../../lib/notices.ts';
import { createValue, useValue } from '../../lib/value.ts';
import { run as attempt } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { counted } from './run-words.ts';
import { showRun } from './chosen-run.ts';

/** The request that is to be sent for every row; null while the dialog is closed. */
export const overFile = createValue<RequestDraft | null>(null);

const largest = 20_000_000;
const concurrencies = ['1', '2', '3', '4', '5'] as const;

type Chosen = DataRunStart['file'] & { readonly key: number };
let nextKey = 0;

type ChooseProps = { readonly chosen: Chosen | null; readonly onChoose: (file: Chosen) => void };

function ChooseRows({ chosen, onChoose }: ChooseProps) {
  const picker = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > largest) {
      toast(`“${file.name}” has ${size(file.size)}; a file of rows may have ${size(largest)}.`);
      return;
    }
    nextKey += 1;
    onChoose({ name: file.name, text: await file.text(), key: nextKey });
  };
  return (
    <div className="line">
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="File of rows"
        accept=".csv,.tsv,.ndjson,.jsonl,.json,.txt"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Button icon={FileUp} onClick={() => picker.current?.click()}>
        {chosen === null ? 'Choose file…' : 'Choose another…'}
      </Button>
      <span className={chosen === null ? 'faint small' : 'mono small'}>
        {chosen === null ? 'CSV with a line of column names, or NDJSON with an object a line.' : chosen.name}
      </span>
    </div>
  );
}

function Columns({ columns }: Pick<DataPreview, 'columns'>) {
  return (
    <ul className="row-columns" aria-label="Columns">
      {columns.map(({ name, variable, used }) => (
        <li
          key={name}
          className={used ? 'tag info' : 'tag unused'}
          title={used ? 'The request asks for it' : 'Not used'}
        >
          {name === variable ? '' : `${name} → `}
          {`{{${variable}}}`}
        </li>
      ))}
    </ul>
  );
}

function FirstRows({ first }: Pick<DataPreview, 'first'>) {
  return (
    <ol className="first-rows" aria-label="First requests">
      {first.map(({ row, url, body, problem }) => (
        <li key={row}>
          {problem === null ? (
            <>
              <p className="mono small clip" title={url ?? ''}>
                {url}
              </p>
              {body !== null && <pre className="claims">{body}</pre>}
            </>
          ) : (
            <Note tone="bad">
              Row {row}: {problem}
            </Note>
          )}
        </li>
      ))}
    </ol>
  );
}

function Preview({ preview }: { readonly preview: DataPreview }) {
  const { columns, rows, missing, repeatable, first } = preview;
  const used = columns.filter((column) => column.used).length;
  return (
    <div className="look" role="status">
      <p className="small">
        <b>{counted(rows, 'row')}</b>{' '}
        <span className="muted">
          with {counted(columns.length, 'column')}, {used === 0 ? 'none' : used} of them used
        </span>
      </p>
      <Columns columns={columns} />
      {missing.length > 0 && (
        <Note tone="bad" role="alert">
          The request asks for {missing.map((name) => `{{${name}}}`).join(', ')}, and the file has no such
          column.
        </Note>
      )}
      {used === 0 && missing.length === 0 && (
        <Note tone="warn">
          No column is used: every row would send the same request. Write one as a variable.
        </Note>
      )}
      <FirstRows first={first} />
      <p className="small muted">
        {repeatable
          ? 'A row that is under way when the companion ends is sent again: this method does no harm twice.'
          : 'A row that may have been sent and was not answered is marked unknown, and not sent again unless you say so.'}
      </p>
    </div>
  );
}

function OverFile({ draft }: { readonly draft: RequestDraft }) {
  const [file, setFile] = useState<Chosen | null>(null);
  const [concurrency, setConcurrency] = useState<(typeof concurrencies)[number]>('1');
  const close = (): void => overFile.set(null);
  const { data, error } = useQuery({
    queryKey: ['rows-preview', JSON.stringify(draft), file?.key],
    queryFn: () => (file === null ? null : rpc.dataRuns.preview({ draft, file: plain(file) })),
    gcTime: 0,
  });
  const start = (): void =>
    attempt(async () => {
      if (file === null) return;
      const { id } = await rpc.dataRuns.start({ draft, file: plain(file), concurrency: Number(concurrency) });
      showRun(id);
      close();
    });
  const isReady = data !== undefined && data !== null && data.missing.length === 0;
  return (
    <Dialog
      open
      onClose={close}
      title="Run over a file"
      description="Sends the request once for every row, below the rate limit. Columns are variables: {{email}}."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" icon={Rows3} disabled={!isReady} onClick={start}>
            {isReady ? `Send ${counted(data.rows, 'row')}` : 'Send rows'}
          </Button>
        </>
      }
    >
      <ChooseRows chosen={file} onChoose={setFile} />
      {error !== null && <Failure error={error} />}
      {data !== undefined && data !== null && <Preview preview={data} />}
      <SelectField
        label="Rows under way at once"
        value={concurrency}
        options={concurrencies.map((value) => ({ value, label: value }))}
        onChange={setConcurrency}
      />
    </Dialog>
  );
}

const plain = ({ name, text }: Chosen): DataRunStart['file'] => ({ name, text });

export function OverFileDialog() {
  const draft = useValue(overFile);
  return draft === null ? null : <OverFile draft={draft} />;
}
