import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { saveFile } from '../../lib/save-file.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { NewPassphrase } from './new-passphrase.tsx';
import { passphraseFault, secretName, secretsWord } from './vault-words.ts';

/** Every secret in one sealed file. */
export function BackupDialog({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState({ value: '', again: '' });
  const backup = useMutation({
    mutationFn: async () => {
      const { content, ...about } = await rpc.vault.backup({ passphrase: typed.value });
      saveFile(about.fileName, atob(content));
      return about;
    },
    onSuccess: () => setTyped({ value: '', again: '' }),
  });
  const done = backup.data;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Back up the vault"
      description="All secrets in one file, sealed with a passphrase of its own. Apps and exchanges are not in it."
      footer={
        done === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              look="primary"
              busy={backup.isPending}
              disabled={passphraseFault(typed.value, typed.again) !== null}
              onClick={() => backup.mutate()}
            >
              Save backup
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        )
      }
    >
      <div className="stack">
        {done === undefined ? (
          <NewPassphrase
            label="Passphrase of the backup"
            {...typed}
            onChange={(value, again) => setTyped({ value, again })}
          />
        ) : (
          <>
            <Note tone="ok" role="status">
              {secretsWord(done.secrets)} saved in {done.fileName}. A refresh token works once: restore a
              backup soon, or install again where its tokens have been refreshed since.
            </Note>
            {done.missing.length > 0 && (
              <Note tone="warn">
                Not in it, since they cannot be opened: {done.missing.map(secretName).join(', ')}.
              </Note>
            )}
          </>
        )}
        {backup.error !== null && <Failure error={backup.error} />}
      </div>
    </Dialog>
  );
}
