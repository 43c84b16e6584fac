import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { VaultRestore } from '../../../shared/model/system.ts';
import { toBase64 } from '../../lib/bytes.ts';
import { toast } from '../../lib/notices.ts';
import { exactTime } from '../../lib/time.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { vaultChanged } from './vault-changed.ts';
import { secretName, secretsWord } from './vault-words.ts';

type Mode = 'merge' | 'replace';
const modeChoices: readonly { readonly mode: Mode; readonly name: string; readonly text: string }[] = [
  { mode: 'merge', name: 'Add what is missing', text: 'What is here stays as it is.' },
  {
    mode: 'replace',
    name: 'Replace everything',
    text: 'The vault becomes what it was then. The present file is kept as vault.json.before-restore.',
  },
];

function Names({ what, names }: { readonly what: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      <dt>{what}</dt>
      <dd>{names.map(secretName).join(', ')}</dd>
    </>
  );
}

function Plan({ plan }: { readonly plan: VaultRestore }) {
  const nothing = plan.added.length + plan.replaced.length + plan.removed.length === 0;
  return (
    <div role="status" className="stack">
      <p>
        Backup of {exactTime(plan.madeAt)}.{' '}
        {nothing ? 'Everything in it is here already: nothing would change.' : 'Restoring it would:'}
      </p>
      {!nothing && (
        <dl className="facts">
          <Names what="Add" names={plan.added} />
          <Names what="Replace" names={plan.replaced} />
          <Names what="Remove" names={plan.removed} />
          <dt>Leave</dt>
          <dd>{secretsWord(plan.kept)} as here</dd>
        </dl>
      )}
      {plan.replaced.some((name) => name.startsWith('token/')) && (
        <Note tone="warn">
          A token that was refreshed after the backup cannot be refreshed from it: its refresh token is spent.
        </Note>
      )}
    </div>
  );
}

const base64Of = async (file: File): Promise<string> => toBase64(new Uint8Array(await file.arrayBuffer()));

type RestoreDialogProps = {
  /** The vault cannot be opened: only a whole replacement is of use. */
  readonly broken: boolean;
  readonly onClose: () => void;
};

export function RestoreDialog({ broken, onClose }: RestoreDialogProps) {
  const fileId = useId();
  const [content, setContent] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [mode, setMode] = useState<Mode>(broken ? 'replace' : 'merge');
  const ask = (dryRun: boolean) => rpc.vault.restore({ content: content ?? '', passphrase, mode, dryRun });
  const look = useMutation({ mutationFn: () => ask(true) });
  const restore = useMutation({
    mutationFn: () => ask(false),
    onSuccess: ({ added, replaced }) => {
      vaultChanged();
      toast(`${secretsWord(added.length + replaced.length)} restored`);
      onClose();
    },
  });
  const plan = look.data;
  const again = (): void => look.reset();
  const error = restore.error ?? look.error;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Restore a backup of the vault"
      description="First it is said what would change; nothing does before you agree."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {plan === undefined ? (
            <Button
              look="primary"
              busy={look.isPending}
              disabled={content === null || passphrase === ''}
              onClick={() => look.mutate()}
            >
              See what would change
            </Button>
          ) : (
            <Button
              look={mode === 'replace' ? 'danger' : 'primary'}
              busy={restore.isPending}
              onClick={() => restore.mutate()}
            >
              {mode === 'replace' ? 'Replace the vault' : 'Restore'}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        <div className="field">
          <label htmlFor={fileId}>Backup file</label>
          <input
            id={fileId}
            className="input"
            type="file"
            accept=".json,application/json"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              again();
              setContent(null);
              if (file !== undefined) void base64Of(file).then(setContent);
            }}
          />
        </div>
        <TextField
          label="Passphrase of the backup"
          secret
          value={passphrase}
          onChange={(text) => {
            again();
            setPassphrase(text);
          }}
        />
        <fieldset className="choices">
          <legend className="unseen">How it is restored</legend>
          {modeChoices.map((one) => (
            <label key={one.mode} className={one.mode === mode ? 'choice on' : 'choice'}>
              <input
                type="radio"
                name="restore-mode"
                checked={one.mode === mode}
                disabled={broken && one.mode === 'merge'}
                onChange={() => {
                  again();
                  setMode(one.mode);
                }}
              />
              <b>{one.name}</b>
              <span className="muted small">{one.text}</span>
            </label>
          ))}
        </fieldset>
        {plan !== undefined && <Plan plan={plan} />}
        {error !== null && <Failure error={error} />}
      </div>
    </Dialog>
  );
}
