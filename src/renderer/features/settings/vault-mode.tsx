import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { VaultMode, VaultStatus } from '../../../shared/model/system.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../lib/notices.ts';
import { NewPassphrase } from './new-passphrase.tsx';
import { vaultChanged } from './vault-changed.ts';
import { modeWords, passphraseFault } from './vault-words.ts';

/** Another way to seal the vault, or another passphrase. */
export function ModeDialog({
  vault,
  onClose,
}: {
  readonly vault: VaultStatus;
  readonly onClose: () => void;
}) {
  const hasPassphrase = vault.kind === 'passphrase';
  const modes = (vault.modes ?? []).filter((mode) => mode === 'passphrase' || mode !== vault.kind);
  const [mode, setMode] = useState<VaultMode>('passphrase');
  const [current, setCurrent] = useState('');
  const [typed, setTyped] = useState({ value: '', again: '' });
  const change = useMutation({
    mutationFn: () =>
      rpc.vault.changeMode({
        mode,
        ...(mode === 'passphrase' ? { passphrase: typed.value } : {}),
        ...(hasPassphrase ? { current } : {}),
      }),
    onSuccess: (status) => {
      vaultChanged();
      toast(`Sealed anew: ${status.label}`);
      onClose();
    },
  });
  const ready =
    (!hasPassphrase || current !== '') &&
    (mode !== 'passphrase' || passphraseFault(typed.value, typed.again) === null);
  return (
    <Dialog
      open
      onClose={onClose}
      title="Seal the vault with"
      description="Every secret is sealed anew. The file until now stays until the new one has been opened whole."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!ready} busy={change.isPending} onClick={() => change.mutate()}>
            Seal anew
          </Button>
        </>
      }
    >
      <div className="stack">
        <fieldset className="choices">
          <legend className="unseen">What opens the vault</legend>
          {modes.map((one) => (
            <label key={one} className={one === mode ? 'choice on' : 'choice'}>
              <input type="radio" name="vault-mode" checked={one === mode} onChange={() => setMode(one)} />
              <b>{one === 'passphrase' && hasPassphrase ? 'Another passphrase' : modeWords[one].name}</b>
              <span className="muted small">{modeWords[one].text}</span>
            </label>
          ))}
        </fieldset>
        {hasPassphrase && (
          <TextField label="Present passphrase" secret value={current} onChange={setCurrent} />
        )}
        {mode === 'passphrase' && (
          <NewPassphrase
            label="New passphrase"
            {...typed}
            onChange={(value, again) => setTyped({ value, again })}
          />
        )}
        {mode === 'passphrase' && (
          <Note tone="info">
            From the next start it is asked for in this window; programs without one take it from
            HLC_PASSPHRASE.
          </Note>
        )}
        {change.error !== null && <Failure error={change.error} />}
      </div>
    </Dialog>
  );
}
