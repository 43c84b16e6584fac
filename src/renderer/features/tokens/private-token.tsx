import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import { goInPlace } from '../../lib/route.ts';
import { rpc } from '../../platform/connection.ts';
import { keys, queryClient, useActiveProfile } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notes.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

type Level = 'agency' | 'sub-account';

function PrivateTokenDialog({
  profile,
  onClose,
}: {
  readonly profile: Profile;
  readonly onClose: () => void;
}) {
  const [token, setToken] = useState('');
  const [level, setLevel] = useState<Level>('sub-account');
  const [accountId, setAccountId] = useState('');
  const [label, setLabel] = useState('');
  const add = useMutation({
    mutationFn: () =>
      rpc.tokens.addPrivate({
        profileId: profile.id,
        token,
        level,
        accountId,
        ...(label.trim() === '' ? {} : { label }),
      }),
    onSuccess: async (added) => {
      await queryClient.invalidateQueries({ queryKey: keys.tokens });
      onClose();
      goInPlace('tokens', added.id);
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a private integration token"
      description={`Kept in the vault, beside the tokens of ${profile.name}. It is not refreshed; to rotate it, add the new one for the same account.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={add.isPending}
            disabled={token.trim() === '' || accountId.trim() === ''}
            onClick={() => add.mutate()}
          >
            Add token
          </Button>
        </>
      }
    >
      <div className="stack">
        <TextField
          label="Token"
          secret
          mono
          value={token}
          onChange={setToken}
          placeholder="pit-…"
          hint="HighLevel shows it once, in Settings > Private Integrations, when it is made or rotated."
        />
        <SelectField
          label="Made in"
          value={level}
          options={[
            { value: 'sub-account', label: 'A sub-account' },
            { value: 'agency', label: 'The agency' },
          ]}
          onChange={setLevel}
        />
        <TextField
          label={level === 'agency' ? 'companyId' : 'locationId'}
          mono
          value={accountId}
          onChange={setAccountId}
          hint={
            level === 'agency'
              ? 'An agency token lists and mints no location tokens: that takes an install.'
              : 'The sub-account the token was made in; it stands in the address of its pages.'
          }
        />
        <TextField label="Label" value={label} onChange={setLabel} placeholder="Northside Dental" />
        {add.error !== null && <Failure error={add.error} />}
      </div>
    </Dialog>
  );
}

export function AddPrivateToken() {
  const profile = useActiveProfile();
  const [open, setOpen] = useState(false);
  if (profile === null || profile === undefined) return null;
  return (
    <>
      <Button icon={KeyRound} onClick={() => setOpen(true)}>
        Add private integration token…
      </Button>
      {open && <PrivateTokenDialog profile={profile} onClose={() => setOpen(false)} />}
    </>
  );
}
