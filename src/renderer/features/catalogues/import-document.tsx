import { useMutation } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useId, useState } from 'react';
import {
  largestDocument,
  type CatalogueReading,
  type CatalogueUse,
  type DocumentInput,
} from '../../../shared/model/catalogue.ts';
import { size } from '../../lib/bytes.ts';
import { announce, toast } from '../../lib/notices.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { showCatalogues } from './catalogues-overlay.ts';
import { DifferenceReport } from './difference-report.tsx';
import { renewOperations } from './use-catalogues.ts';

const number = (count: number): string => count.toLocaleString('en');

async function readFile(file: File): Promise<DocumentInput> {
  if (file.size > largestDocument)
    throw new Error(`“${file.name}” has ${size(file.size)}; a document may have ${size(largestDocument)}.`);
  return { kind: 'file', name: file.name, text: await file.text() };
}

/** A file, or an address. */
function Source({
  busy,
  onRead,
}: {
  readonly busy: boolean;
  readonly onRead: (from: File | string) => void;
}) {
  const inputId = useId();
  const [url, setUrl] = useState('');
  return (
    <form
      className="document-source"
      onSubmit={(event) => {
        event.preventDefault();
        if (url.trim() !== '') onRead(url.trim());
      }}
    >
      <div className="line file-choice">
        <label className="btn" htmlFor={inputId}>
          Choose a file…
        </label>
        <input
          id={inputId}
          className="unseen"
          type="file"
          accept=".json,.yaml,.yml"
          disabled={busy}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file !== undefined) onRead(file);
            event.currentTarget.value = '';
          }}
        />
        <span className="muted">JSON or YAML, OpenAPI 3.0, 3.1 or 3.2</span>
      </div>
      <div className="line from-address">
        <TextField
          label="or an address"
          mono
          value={url}
          placeholder="https://example.com/openapi.json"
          onChange={setUrl}
        />
        <Button submit busy={busy} disabled={url.trim() === ''}>
          Read
        </Button>
      </div>
    </form>
  );
}

type FoundProps = { readonly reading: CatalogueReading; readonly onOther: (() => void) | null };

function Found({ reading, onOther }: FoundProps) {
  const { title, version, openapi, operations, problems, elsewhere, source } = reading;
  return (
    <>
      <div className="document-head">
        <dl className="facts">
          <dt>Document</dt>
          <dd>
            {title}, version {version} <span className="muted">(OpenAPI {openapi})</span>
          </dd>
          <dt>From</dt>
          <dd className="clip mono small">{source.kind === 'file' ? source.name : source.url}</dd>
          <dt>Operations</dt>
          <dd>{number(operations)}</dd>
        </dl>
        {onOther !== null && <Button onClick={onOther}>Another document…</Button>}
      </div>
      {elsewhere.length > 0 && (
        <Note tone="warn">
          Its server is {elsewhere.join(', ')}, not HighLevel’s API host. A token is never sent elsewhere:
          these operations can be read, not sent.
        </Note>
      )}
      {problems.length > 0 && (
        <details className="document-problems">
          <summary>
            {problems.length === 1 ? 'One fault' : `${number(problems.length)} faults`} in the document
          </summary>
          <ul className="bullets">
            {problems.map(({ where, problem }) => (
              <li key={`${where} ${problem}`}>
                <span className="mono small">{where}</span> {problem}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

type UseProps = {
  readonly reading: CatalogueReading;
  readonly use: CatalogueUse;
  readonly onUse: (use: CatalogueUse) => void;
  readonly name: string;
  readonly onName: (name: string) => void;
};

function Use({ reading, use, onUse, name, onName }: UseProps) {
  const { replaces, refresh, update } = reading;
  const changes = refresh.added.length + refresh.removed.length + refresh.changed.length;
  return (
    <fieldset className="document-use">
      <legend className="label">Take it over as</legend>
      <label className="check">
        <input type="radio" name="use" checked={use === 'further'} onChange={() => onUse('further')} />
        <span>
          A further catalogue
          {replaces !== null && <span className="muted">, in the place of “{replaces}”</span>}
        </span>
      </label>
      {use === 'further' && replaces === null && <TextField label="Name" value={name} onChange={onName} />}
      {use === 'further' && update !== null && <DifferenceReport difference={update} />}
      <label className="check">
        <input type="radio" name="use" checked={use === 'refresh'} onChange={() => onUse('refresh')} />
        <span>
          A newer state of HighLevel’s operations
          <span className="muted">
            , {changes === 0 ? 'which changes nothing' : `${number(changes)} of them change`}
          </span>
        </span>
      </label>
      {use === 'refresh' && <DifferenceReport difference={refresh} />}
    </fieldset>
  );
}

type ImportDocumentProps = { readonly again: string | null; readonly onClose: () => void };

export function ImportDocument({ again, onClose }: ImportDocumentProps) {
  const [use, setUse] = useState<CatalogueUse>('further');
  const [name, setName] = useState('');
  const read = useMutation({
    mutationFn: async (from: File | string | { readonly id: string }): Promise<CatalogueReading> => {
      if (from instanceof File) return rpc.catalogues.read({ source: await readFile(from) });
      if (typeof from === 'string') return rpc.catalogues.read({ source: { kind: 'url', url: from } });
      return rpc.catalogues.readAgain(from);
    },
    onSuccess: (found) => {
      setUse(found.suggested);
      setName(found.title.slice(0, 80));
      announce(`${found.operations} operations read`);
    },
  });
  const readAgain = useEffectEvent(() => {
    if (again !== null) read.mutate({ id: again });
  });
  useEffect(() => readAgain(), []);
  const apply = useMutation({
    mutationFn: (reading: CatalogueReading) =>
      rpc.catalogues.apply({
        id: reading.id,
        use,
        ...(use === 'further' && reading.replaces === null && { name: name.trim() }),
      }),
    onSuccess: async (info) => {
      await renewOperations();
      const said =
        info.kind === 'refresh'
          ? `HighLevel’s operations are refreshed by ${info.name}.`
          : `${info.name} with ${number(info.operations)} operations is in the catalogue.`;
      toast(said);
      announce(said);
      showCatalogues();
    },
  });
  const reading = read.data;
  const leave = (): void => {
    // What is held goes by itself sooner or later.
    if (reading !== undefined) void rpc.catalogues.discard({ id: reading.id }).catch(() => undefined);
    onClose();
  };
  const error = apply.error ?? read.error;
  return (
    <Dialog
      open
      onClose={leave}
      title={again === null ? 'Import an OpenAPI document' : 'Update from its address'}
      description="First it is said what is in it and what it changes; nothing is taken over before you agree."
      footer={
        <>
          <Button onClick={leave}>Cancel</Button>
          <Button
            look="primary"
            busy={apply.isPending}
            disabled={reading === undefined || read.isPending || (use === 'further' && name.trim() === '')}
            onClick={() => {
              if (reading !== undefined) apply.mutate(reading);
            }}
          >
            {use === 'refresh' && reading !== undefined ? 'Refresh' : 'Import'}
          </Button>
        </>
      }
    >
      <div className="catalogues-wide">
        {again === null && (read.isPending || reading === undefined) && (
          <Source busy={read.isPending} onRead={(from) => read.mutate(from)} />
        )}
        {read.isPending && (
          <p className="muted" role="status">
            Reading…
          </p>
        )}
        {!read.isPending && reading !== undefined && (
          <>
            <Found
              reading={reading}
              onOther={
                again === null
                  ? () => {
                      apply.reset();
                      read.reset();
                    }
                  : null
              }
            />
            <Use reading={reading} use={use} onUse={setUse} name={name} onName={setName} />
          </>
        )}
        {error !== null && <Failure error={error} />}
      </div>
    </Dialog>
  );
}
