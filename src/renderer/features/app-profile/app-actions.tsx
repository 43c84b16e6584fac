import { useMutation, useQuery } from '@tanstack/react-query';
import { Copy, Ellipsis, FileDown, FileUp, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import type { ProfileFilePreview } from '../../../shared/model/profile-file.ts';
import { announce, toast } from '../../lib/notices.ts';
import { changeSettings, run } from '../../platform/actions.ts';
import { saveFile } from '../../lib/save-file.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { renewProfiles } from './use-update.ts';

async function show(profile: Profile): Promise<void> {
  await changeSettings({ activeProfile: profile.id });
  await renewProfiles();
}

async function duplicate(profile: Profile): Promise<void> {
  const copy = await rpc.profiles.duplicate({ id: profile.id });
  await show(copy);
  toast(`${copy.name} added; it has paths of its own and no tokens yet`);
}

async function exportFile(profile: Profile): Promise<void> {
  const { fileName, content } = await rpc.profiles.exportFile({ id: profile.id });
  saveFile(fileName, content);
  toast(`${fileName} saved, without secrets`);
}

async function undoRemove(): Promise<void> {
  const back = await rpc.profiles.undoRemove();
  await renewProfiles();
  toast(`${back.name} is back`);
  announce(`${back.name} is back`);
}

function RemoveDialog({ profile, onClose }: { readonly profile: Profile; readonly onClose: () => void }) {
  const dependants = useQuery({
    queryKey: ['dependants', profile.id],
    queryFn: () => rpc.profiles.dependants({ id: profile.id }),
    gcTime: 0,
  });
  const remove = useMutation({
    mutationFn: () => rpc.profiles.remove({ id: profile.id }),
    onSuccess: async () => {
      onClose();
      const text = `${profile.name} removed`;
      toast(text, { label: 'Undo', run: () => run(undoRemove) });
      announce(text);
      await renewProfiles();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${profile.name}?`}
      description="It can be undone until another app is removed or the companion is closed."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            Remove app
          </Button>
        </>
      }
    >
      {dependants.error !== null && <Failure error={dependants.error} />}
      <ul className="bullets">
        {(dependants.data?.sentences ?? ['Counting what depends on it…']).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {remove.error !== null && <Failure error={remove.error} />}
    </Dialog>
  );
}

type Chosen = { readonly content: string; readonly preview: ProfileFilePreview };

function ImportDialog({ chosen, onClose }: { readonly chosen: Chosen; readonly onClose: () => void }) {
  const { preview, content } = chosen;
  const [trusted, setTrusted] = useState(false);
  const foreign = preview.foreign.length > 0;
  const add = useMutation({
    mutationFn: () => rpc.profiles.importFile({ content, trustForeign: trusted }),
    onSuccess: async (profile) => {
      onClose();
      await show(profile);
      toast(`${profile.name} added; its client secret is still to be entered`);
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Add ${preview.name}?`}
      description="From a profile file. Files hold no secrets: enter the client secret afterwards."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={add.isPending}
            disabled={foreign && !trusted}
            onClick={() => add.mutate()}
          >
            Add app
          </Button>
        </>
      }
    >
      <dl className="facts">
        <dt>Client id</dt>
        <dd className="mono">{preview.clientId}</dd>
        <dt>Environment</dt>
        <dd>{preview.environment}</dd>
        <dt>Scopes</dt>
        <dd>{preview.scopes}</dd>
      </dl>
      {foreign && (
        <Note tone="warn">
          {preview.foreign.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <label className="line">
            <input
              type="checkbox"
              checked={trusted}
              onChange={(event) => setTrusted(event.currentTarget.checked)}
            />
            I trust whoever made this file
          </label>
        </Note>
      )}
      {add.error !== null && <Failure error={add.error} />}
    </Dialog>
  );
}

/** Opens the file chooser and, with a file that can be read, the dialog that adds it. */
function useImport() {
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const view = (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Profile file"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file === undefined) return;
          run(async () => {
            const content = await file.text();
            setChosen({ content, preview: await rpc.profiles.readFile({ content }) });
          });
        }}
      />
      {chosen !== null && <ImportDialog chosen={chosen} onClose={() => setChosen(null)} />}
    </>
  );
  return { view, choose: () => input.current?.click() };
}

export function ImportButton() {
  const { view, choose } = useImport();
  return (
    <>
      <Button icon={FileUp} onClick={choose}>
        From a file…
      </Button>
      {view}
    </>
  );
}

export function AppActions({ profile }: { readonly profile: Profile }) {
  const [removing, setRemoving] = useState(false);
  const { view, choose } = useImport();
  return (
    <>
      <Menu
        align="end"
        trigger={<Button look="quiet" icon={Ellipsis} aria-label="More actions on this app" />}
      >
        <MenuItem icon={Copy} onSelect={() => run(() => duplicate(profile))}>
          Duplicate
        </MenuItem>
        <MenuItem icon={FileDown} onSelect={() => run(() => exportFile(profile))}>
          Export without secrets
        </MenuItem>
        <MenuItem icon={FileUp} onSelect={choose}>
          Add from a file…
        </MenuItem>
        <MenuLine />
        <MenuItem icon={Trash2} onSelect={() => setRemoving(true)}>
          Remove…
        </MenuItem>
      </Menu>
      {view}
      {removing && <RemoveDialog profile={profile} onClose={() => setRemoving(false)} />}
    </>
  );
}
