import { useMutation } from '@tanstack/react-query';
import { DatabaseBackup, KeyRound, Lock, Upload } from 'lucide-react';
import { useState } from 'react';
import type { VaultStatus } from '../../../shared/model/system.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { BackupDialog } from './vault-backup.tsx';
import { vaultChanged } from './vault-changed.ts';
import { ModeDialog } from './vault-mode.tsx';
import { RestoreDialog } from './vault-restore.tsx';

function UnlockForm() {
  const [passphrase, setPassphrase] = useState('');
  const unlock = useMutation({
    mutationFn: () => rpc.vault.unlock({ passphrase }),
    onSuccess: vaultChanged,
    onSettled: () => setPassphrase(''),
  });
  return (
    <>
      <form
        className="line end-aligned"
        onSubmit={(event) => {
          event.preventDefault();
          unlock.mutate();
        }}
      >
        <TextField label="Passphrase" secret value={passphrase} onChange={setPassphrase} />
        <Button look="primary" submit busy={unlock.isPending} disabled={passphrase === ''}>
          Unlock
        </Button>
      </form>
      {unlock.error !== null && <Failure error={unlock.error} />}
    </>
  );
}

export function VaultSettings({ vault }: { readonly vault: VaultStatus }) {
  const [dialog, setDialog] = useState<'mode' | 'backup' | 'restore' | null>(null);
  const lock = useMutation({ mutationFn: () => rpc.vault.lock(), onSuccess: vaultChanged });
  const close = (): void => setDialog(null);
  const canUnlock = vault.locked && vault.kind === 'passphrase';
  return (
    <section className="card" aria-label="Vault">
      <header>
        <h2>Vault</h2>
        <span className="faint small">keeps tokens and secrets</span>
        <span className="grow" />
        <span className={vault.locked ? 'tag warn' : 'tag'}>{vault.locked ? 'locked' : 'open'}</span>
      </header>
      <div className="inside stack">
        <p>
          Sealed with: <b>{vault.label}</b>
        </p>
        {vault.warning !== null && <Note tone="warn">{vault.warning}</Note>}
        {canUnlock && <UnlockForm />}
        <div className="line wrap">
          {vault.kind === 'passphrase' && !vault.locked && (
            <Button icon={Lock} busy={lock.isPending} onClick={() => lock.mutate()}>
              Lock now
            </Button>
          )}
          {vault.modes !== undefined && !vault.locked && (
            <Button icon={KeyRound} onClick={() => setDialog('mode')}>
              {vault.kind === 'passphrase' ? 'Change passphrase or mode…' : 'Change mode…'}
            </Button>
          )}
          {!vault.locked && (
            <Button icon={DatabaseBackup} onClick={() => setDialog('backup')}>
              Back up…
            </Button>
          )}
          {!canUnlock && (
            <Button icon={Upload} onClick={() => setDialog('restore')}>
              Restore…
            </Button>
          )}
        </div>
        {lock.error !== null && <Failure error={lock.error} />}
      </div>
      {dialog === 'mode' && <ModeDialog vault={vault} onClose={close} />}
      {dialog === 'backup' && <BackupDialog onClose={close} />}
      {dialog === 'restore' && <RestoreDialog broken={vault.locked} onClose={close} />}
    </section>
  );
}
