import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import type { UserContextReading } from '../../../shared/model/user-context.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-field.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextAreaField } from '../../ui/text-area-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useUpdate } from './use-update.ts';

function SharedSecret({ profile }: { readonly profile: Profile }) {
  const [secret, setSecret] = useState('');
  const save = useUpdate(profile, 'Shared secret saved');
  const forget = useUpdate(profile, 'Shared secret forgotten');
  return (
    <section className="card" aria-label="Shared secret of custom pages">
      <header>
        <h2>Shared secret</h2>
        <span className="faint small">portal: Advanced Settings, Auth, SSO key; shown once</span>
        <span className="grow" />
        <span className={profile.hasSsoSecret ? 'tag' : 'tag warn'}>
          {profile.hasSsoSecret ? 'in the vault' : 'missing'}
        </span>
      </header>
      <form
        className="inside stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ ssoSecret: secret }, { onSuccess: () => setSecret('') });
        }}
      >
        <div className="line end-aligned">
          <TextField
            label="Shared secret"
            secret
            mono
            value={secret}
            onChange={setSecret}
            hint="It opens what custom pages get. Generating a new one in the portal makes the old one useless."
          />
          <Button submit busy={save.isPending} disabled={secret === ''}>
            Save secret
          </Button>
          {profile.hasSsoSecret && (
            <Button
              look="quiet danger"
              busy={forget.isPending}
              onClick={() => forget.mutate({ ssoSecret: '' })}
            >
              Forget
            </Button>
          )}
        </div>
        {(save.error ?? forget.error) !== null && <Failure error={save.error ?? forget.error} />}
      </form>
    </section>
  );
}

function Reading({ reading }: { readonly reading: UserContextReading }) {
  if (!reading.ok)
    return (
      <Note tone="bad" role="alert">
        <b>{reading.sentence}</b>
        <p className="muted">{reading.remedy}</p>
      </Note>
    );
  return (
    <>
      <Note tone="ok" action={<CopyButton text={reading.json} what="user context" />}>
        <b>
          Decrypted: opened in {reading.context === 'agency' ? 'the agency view' : 'a sub-account (location)'}
          .
        </b>
        {reading.notes.map((note) => (
          <p className="muted" key={note}>
            {note}
          </p>
        ))}
      </Note>
      <div className="table-frame">
        <table className="facts-table">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Value</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {reading.fields.map((field) => (
              <tr key={field.name}>
                <th scope="row" className="mono">
                  {field.name}
                </th>
                <td className="mono">{field.value ?? <span className="faint">absent</span>}</td>
                <td className="muted">{field.explanation}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Opens what a custom page got from HighLevel, or says exactly why it stays closed. */
export function UserContextPanel({ profile }: { readonly profile: Profile }) {
  const [payload, setPayload] = useState('');
  const read = useMutation({
    mutationFn: () => rpc.profiles.readUserContext({ id: profile.id, payload }),
    gcTime: 0,
  });
  return (
    <>
      <SharedSecret profile={profile} />
      <section className="card" aria-label="User context">
        <header>
          <h2>User context of a custom page</h2>
        </header>
        <form
          className="inside stack"
          onSubmit={(event) => {
            event.preventDefault();
            read.mutate();
          }}
        >
          <TextAreaField
            label="Payload"
            rows={5}
            value={payload}
            onChange={setPayload}
            placeholder="U2FsdGVkX1…"
            hint="From the REQUEST_USER_DATA_RESPONSE message, or from exposeSessionDetails. It is decrypted on this machine and kept nowhere."
          />
          <div className="line">
            <Button
              look="primary"
              submit
              busy={read.isPending}
              disabled={payload.trim() === '' || !profile.hasSsoSecret}
            >
              Decrypt
            </Button>
            {!profile.hasSsoSecret && <span className="faint small">Save the shared secret first.</span>}
          </div>
          {read.error !== null && <Failure error={read.error} />}
          {read.data !== undefined && <Reading reading={read.data} />}
        </form>
      </section>
    </>
  );
}
