import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { CollectionOverlay } from './collection-overlay.ts';
import { followRenamed } from './opened.ts';
import { foldersOf } from './use-collections.ts';

type Asked = {
  readonly title: string;
  readonly description?: string;
  readonly label: string;
  readonly action: string;
  readonly usual: string;
  readonly mono?: boolean;
  readonly placeholder?: string;
  readonly run: (text: string) => Promise<unknown>;
};

function asked(overlay: CollectionOverlay): Asked | null {
  switch (overlay.kind) {
    case 'new':
      return {
        title: 'New collection',
        description: 'A folder in the data folder of the companion, with a file for each request.',
        label: 'Name',
        action: 'Create',
        usual: '',
        run: (name) => rpc.collections.create({ name }),
      };
    case 'open':
      return {
        title: 'Open a folder',
        description:
          'A collection that a team keeps in its repository, say. Whatever changes in it is seen here.',
        label: 'Path of the folder',
        action: 'Open',
        usual: '',
        mono: true,
        placeholder: '/home/you/project/requests',
        run: (location) => rpc.collections.open({ location }),
      };
    case 'folder':
      return {
        title: 'New folder',
        label: 'Name',
        action: 'Create',
        usual: '',
        run: (name) =>
          rpc.collections.addFolder({ collection: overlay.collection.id, folder: overlay.folder, name }),
      };
    case 'rename': {
      const { collection, item } = overlay;
      return {
        title: item === null ? 'Rename collection' : `Rename ${item.kind}`,
        label: 'Name',
        action: 'Rename',
        usual: item?.name ?? collection.name,
        run: async (name) => {
          if (item === null) return rpc.collections.update({ id: collection.id, name });
          const place = { collection: collection.id, path: item.path };
          const { path } = await rpc.collections.rename({ ...place, name });
          followRenamed(place, path);
          return path;
        },
      };
    }
    case 'save-as':
    case 'conflict':
    case 'import':
    case 'move':
      return null;
  }
}

type NameDialogProps = { readonly overlay: CollectionOverlay; readonly onClose: () => void };

/** One name or path is asked for. */
export function NameDialog({ overlay, onClose }: NameDialogProps) {
  const ask = asked(overlay);
  const [text, setText] = useState(ask?.usual ?? '');
  const doing = useMutation({
    mutationFn: async () => ask?.run(text.trim()),
    onSuccess: onClose,
  });
  if (ask === null) return null;
  const ready = text.trim() !== '';
  return (
    <Dialog
      open
      onClose={onClose}
      title={ask.title}
      {...(ask.description !== undefined && { description: ask.description })}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={doing.isPending} disabled={!ready} onClick={() => doing.mutate()}>
            {ask.action}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) doing.mutate();
        }}
      >
        <TextField
          label={ask.label}
          value={text}
          onChange={setText}
          mono={ask.mono === true}
          {...(ask.placeholder !== undefined && { placeholder: ask.placeholder })}
        />
      </form>
      {doing.error !== null && <Failure error={doing.error} />}
    </Dialog>
  );
}

type MoveDialogProps = {
  readonly overlay: Extract<CollectionOverlay, { kind: 'move' }>;
  readonly onClose: () => void;
};

export function MoveDialog({ overlay: { collection, item }, onClose }: MoveDialogProps) {
  const inItself = (folder: string): boolean =>
    item.kind === 'folder' && (folder === item.path || folder.startsWith(`${item.path}/`));
  const choices = foldersOf([collection]).filter(({ folder }) => !inItself(folder));
  const [folder, setFolder] = useState(item.folder);
  const moving = useMutation({
    mutationFn: async () => {
      const place = { collection: collection.id, path: item.path };
      const { path } = await rpc.collections.move({ ...place, folder });
      followRenamed(place, path);
    },
    onSuccess: onClose,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Move “${item.name}”`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={moving.isPending} onClick={() => moving.mutate()}>
            Move
          </Button>
        </>
      }
    >
      <div className="field">
        <label htmlFor="move-place">Into</label>
        <select
          id="move-place"
          className="input"
          value={folder}
          onChange={(event) => setFolder(event.currentTarget.value)}
        >
          {choices.map((one) => (
            <option key={one.key} value={one.folder}>
              {one.label}
            </option>
          ))}
        </select>
      </div>
      {moving.error !== null && <Failure error={moving.error} />}
    </Dialog>
  );
}
