import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import {
  mostImportedText,
  type SavedImportReport,
  type TransferNote,
} from '../../../shared/model/collection-transfer.ts';
import { size } from '../../lib/bytes.ts';
import { announce, toast } from '../../lib/notices.ts';
import { useActiveProfile } from '../../platform/queries.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextAreaField } from '../../ui/text-area-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import './collections.css';
import { foldersOf, useCollections } from './use-collections.ts';

const kinds: Readonly<Record<SavedImportReport['kind'], string>> = {
  postman: 'Postman collection',
  har: 'HAR file',
  curl: 'cURL commands',
  openapi: 'OpenAPI document',
};

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

type Given = { readonly fileName: string; readonly content: string };

async function read(file: File): Promise<Given> {
  if (file.size > mostImportedText) throw new TooLarge();
  return { fileName: file.name, content: await file.text() };
}

class TooLarge extends Error {}

function Notes({ notes, all }: { readonly notes: readonly TransferNote[]; readonly all: number }) {
  if (notes.length === 0) return <p className="muted small">Everything in it is taken over.</p>;
  return (
    <>
      <h3 className="small">Changed or left out</h3>
      <ul className="bullets import-notes small" aria-label="Changed or left out">
        {notes.map(({ where, note }) => (
          <li key={`${where} ${note}`}>
            {where !== '' && <b>{where}: </b>}
            {note}
          </li>
        ))}
        {all > notes.length && <li>… and {counted(all - notes.length, 'more')}.</li>}
      </ul>
    </>
  );
}

/** What the file holds, before anything is written. */
function Found({ report }: { readonly report: SavedImportReport }) {
  const { kind, requests, folders, linked, items, notes, notesInAll } = report;
  return (
    <div className="stack" role="status">
      <p>
        <b>{kinds[kind]}</b>: {counted(requests, 'request')}
        {folders > 0 && ` in ${counted(folders, 'folder')}`},{' '}
        {linked === requests
          ? 'each linked with its operation'
          : `${linked.toLocaleString('en')} of them linked with their operation`}
        .
      </p>
      <ul className="import-items" aria-label="Requests in the file">
        {items.map(({ folder, name, method, path, linked: isLinked }, index) => (
          <li key={index}>
            <span className={`method ${method}`}>{method}</span>
            <span className="clip" title={path}>
              {folder !== '' && <span className="faint">{folder} / </span>}
              {name}
            </span>
            {!isLinked && <span className="faint small">no operation</span>}
          </li>
        ))}
      </ul>
      <Notes notes={notes} all={notesInAll} />
    </div>
  );
}

/** Values of the file's variables, as an environment of the app. */
async function keepValues(profileId: Profile['id'], { name, variables }: SavedImportReport): Promise<void> {
  if (variables.length === 0) return;
  const { environments } = await rpc.environments.get({ profileId });
  const taken = new Set(environments.map((one) => one.name.toLowerCase()));
  const base = name.slice(0, 90).trim();
  let free = base;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${base} ${number}`;
  const { active } = await rpc.environments.create({ profileId, name: free });
  for (const variable of variables)
    await rpc.environments.set({ profileId, environmentId: active, ...variable, secret: false });
}

const newCollection = 'new';

type ImportRequestsDialogProps = { readonly given: File | null; readonly onClose: () => void };

/** Requests of other tools, looked at first and then taken over. */
export function ImportRequestsDialog({ given, onClose }: ImportRequestsDialogProps) {
  const [file, setFile] = useState<Given | null>(null);
  const [pasted, setPasted] = useState('');
  const [place, setPlace] = useState(newCollection);
  const [name, setName] = useState<string | null>(null);
  const choices = foldersOf(useCollections() ?? []);
  const look = useMutation({
    mutationFn: async (from: File | Given) => {
      const next = from instanceof File ? await read(from) : from;
      setFile(next);
      setName(null);
      return rpc.collections.import({ ...next, dryRun: true });
    },
  });
  const take = useMutation({
    mutationFn: async () => {
      if (file === null) return null;
      const chosen = choices.find(({ key }) => key === place);
      const into = chosen === undefined ? null : { collection: chosen.collection, folder: chosen.folder };
      const done = await rpc.collections.import({ ...file, into, name, dryRun: false });
      if (withValues && profile) await keepValues(profile.id, done);
      return done;
    },
    onSuccess: (report) => {
      if (report === null) return;
      const words = `${counted(report.requests, 'request')} imported`;
      toast(words);
      announce(words);
      onClose();
    },
  });
  const [withValues, setWithValues] = useState(true);
  const profile = useActiveProfile();
  const [started, setStarted] = useState(false);
  if (given !== null && !started) {
    setStarted(true);
    look.mutate(given);
  }
  const report = look.data ?? null;
  const error = take.error ?? look.error;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Import requests"
      description="A Postman collection, a HAR file, an OpenAPI document or cURL commands. First it is said what is in it; tokens stay behind, and no script is run."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={take.isPending}
            disabled={report === null || look.isPending}
            onClick={() => take.mutate()}
          >
            {report === null ? 'Import' : `Import ${report.requests.toLocaleString('en')}`}
          </Button>
        </>
      }
    >
      <div className="line file-choice">
        <label className="btn" htmlFor="requests-file">
          {file === null ? 'Choose a file…' : 'Another file…'}
        </label>
        <input
          id="requests-file"
          className="unseen"
          type="file"
          accept=".json,.har,.yaml,.yml,.sh,.txt,.curl"
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            if (chosen !== undefined) look.mutate(chosen);
          }}
        />
        {file === null ? (
          <span className="muted">or paste its text</span>
        ) : (
          <span className="clip">
            {file.fileName} <span className="muted">{size(file.content.length)}</span>
          </span>
        )}
      </div>
      {file === null && (
        <>
          <TextAreaField label="Text" rows={5} value={pasted} placeholder="curl …" onChange={setPasted} />
          <Button
            busy={look.isPending}
            disabled={pasted.trim() === ''}
            onClick={() => look.mutate({ fileName: 'Pasted', content: pasted })}
          >
            Look at it
          </Button>
        </>
      )}
      {error !== null &&
        (error instanceof TooLarge ? (
          <Note tone="bad" role="alert">
            The file is larger than 30 MB.
          </Note>
        ) : (
          <Failure error={error} />
        ))}
      {report !== null && !look.isPending && (
        <>
          <Found report={report} />
          <div className="field">
            <label htmlFor="import-place">Into</label>
            <select
              id="import-place"
              className="input"
              value={place}
              onChange={(event) => setPlace(event.currentTarget.value)}
            >
              <option value={newCollection}>A new collection</option>
              {choices.map(({ key, label }) => (
                <option key={key} value={key}>
                  {label}
                </option>
              ))}
            </select>
          </div>
          {report.variables.length > 0 && profile && (
            <CheckField
              label={`Keep its values of ${report.variables.map(({ name: one }) => `{{${one}}}`).join(', ')} in an environment, which becomes the active one`}
              checked={withValues}
              onChange={setWithValues}
            />
          )}
          {place === newCollection && (
            <TextField label="Name of the collection" value={name ?? report.name} onChange={setName} />
          )}
        </>
      )}
    </Dialog>
  );
}
