import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Collection } from '../../../shared/model/collection.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useValue } from '../../lib/value.ts';
import { draft } from '../requests/draft.ts';
import { opened } from './opened.ts';
import { saveAs } from './save.ts';
import { foldersOf, useCollections } from './use-collections.ts';

const newCollection = 'new';

type SaveDialogProps = { readonly all: readonly Collection[]; readonly onClose: () => void };

function SaveForm({ all, onClose }: SaveDialogProps) {
  const present = opened.get();
  const { method, path } = useValue(draft);
  const choices = foldersOf(all);
  const beside = present === null ? '' : present.path.split('/').slice(0, -1).join('/');
  const usual =
    choices.find((one) => present !== null && one.key === `${present.collection} ${beside}`) ?? choices[0];
  const [name, setName] = useState(present === null ? `${method} ${path}` : `${present.name} copy`);
  const [place, setPlace] = useState(usual?.key ?? newCollection);
  const [collectionName, setCollectionName] = useState('My requests');
  const saving = useMutation({
    mutationFn: async () => {
      const chosen = choices.find(({ key }) => key === place);
      const at = chosen ?? {
        collection: (await rpc.collections.create({ name: collectionName })).id,
        folder: '',
      };
      await saveAs({ collection: at.collection, folder: at.folder, name });
    },
    onSuccess: onClose,
  });
  const ready = name.trim() !== '' && (place !== newCollection || collectionName.trim() !== '');
  return (
    <Dialog
      open
      onClose={onClose}
      title={present === null ? 'Save request' : 'Save as another request'}
      description="Kept as a file of its own, without token and app, to be shared and run again."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={saving.isPending} disabled={!ready} onClick={() => saving.mutate()}>
            Save
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) saving.mutate();
        }}
      >
        <TextField label="Name" value={name} onChange={setName} required />
        <div className="field">
          <label htmlFor="save-place">In</label>
          <select
            id="save-place"
            className="input"
            value={place}
            onChange={(event) => setPlace(event.currentTarget.value)}
          >
            {choices.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
            <option value={newCollection}>A new collection…</option>
          </select>
        </div>
        {place === newCollection && (
          <TextField
            label="Name of the collection"
            value={collectionName}
            onChange={setCollectionName}
            required
          />
        )}
        <button type="submit" className="unseen" tabIndex={-1} aria-hidden>
          Save
        </button>
      </form>
      {saving.error !== null && <Failure error={saving.error} />}
    </Dialog>
  );
}

export function SaveDialog({ onClose }: { readonly onClose: () => void }) {
  const all = useCollections();
  return all === undefined ? null : <SaveForm all={all} onClose={onClose} />;
}
