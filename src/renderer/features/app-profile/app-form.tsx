import { useState } from 'react';
import { consentHosts } from '../../../shared/highlevel/hosts.ts';
import type { Profile, ProfileDraft } from '../../../shared/model/profile.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Failure } from '../../ui/notes.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useUpdate } from './use-update.ts';

const consentWords = [
  { value: consentHosts.standard, label: 'Standard: marketplace.gohighlevel.com' },
  { value: consentHosts['white-label'], label: 'White-label: marketplace.leadconnectorhq.com' },
];

/** Name, credentials and hosts. */
export function AppForm({ profile }: { readonly profile: Profile }) {
  const [name, setName] = useState(profile.name);
  const [clientId, setClientId] = useState(profile.clientId);
  const [secret, setSecret] = useState('');
  const [consentHost, setConsentHost] = useState(profile.hosts.consent);
  const [redirectUrl, setRedirectUrl] = useState(profile.redirectUrl ?? '');
  const [versionId, setVersionId] = useState(profile.versionId ?? '');
  const [apiHost, setApiHost] = useState(profile.hosts.api);
  const save = useUpdate(profile, 'App saved');
  const simulated = profile.environment === 'simulator';
  const known = consentWords.some(({ value }) => value === profile.hosts.consent);
  const consents = known
    ? consentWords
    : [...consentWords, { value: profile.hosts.consent, label: profile.hosts.consent }];

  function submit(): void {
    const changes: Partial<ProfileDraft> = {
      name: name.trim(),
      ...(clientId.trim() === profile.clientId ? {} : { clientId: clientId.trim() }),
      ...(secret === '' ? {} : { clientSecret: secret }),
      ...(redirectUrl.trim() === (profile.redirectUrl ?? '')
        ? {}
        : { redirectUrl: redirectUrl.trim() || null }),
      ...(versionId.trim() === (profile.versionId ?? '') ? {} : { versionId: versionId.trim() || null }),
      ...(consentHost === profile.hosts.consent ? {} : { consentHost }),
      ...(apiHost.trim() === profile.hosts.api ? {} : { apiHost: apiHost.trim() }),
    };
    save.mutate(changes, { onSuccess: () => setSecret('') });
  }

  return (
    <section className="card" aria-label="Credentials">
      <header>
        <h2>Credentials</h2>
        <span className="faint small">from the app’s Auth page in the developer portal</span>
      </header>
      <form
        className="inside stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          required
          hint="How you call it here; its paths stay as they are."
        />
        <div className="two-fields">
          <TextField label="Client id" mono value={clientId} onChange={setClientId} required />
          <TextField
            label="Client secret"
            secret
            mono
            value={secret}
            onChange={setSecret}
            hint={
              profile.hasSecret
                ? 'One is in the vault. Type another to replace it.'
                : 'Missing: the code cannot be exchanged without it.'
            }
          />
        </div>
        <div className="field">
          <span className="label">App id, as webhooks name it</span>
          <CopyField text={profile.appId} what="app id" />
        </div>
        <div className="two-fields">
          <TextField
            label="Redirect URL"
            mono
            value={redirectUrl}
            onChange={setRedirectUrl}
            hint="Empty: the companion’s own address. The callback path follows it."
          />
          <TextField
            label="Version id"
            mono
            value={versionId}
            onChange={setVersionId}
            hint="Empty: links made here install the live version."
          />
        </div>
        {!simulated && (
          <div className="two-fields">
            <SelectField
              label="Consent page"
              value={consentHost}
              options={consents}
              onChange={setConsentHost}
              hint="Used where no install link is pasted."
            />
            <TextField
              label="API host"
              mono
              value={apiHost}
              onChange={setApiHost}
              hint="The client secret goes there: change it only on purpose."
            />
          </div>
        )}
        <div className="line">
          <Button look="primary" submit busy={save.isPending}>
            Save app
          </Button>
        </div>
        {save.error !== null && <Failure error={save.error} />}
      </form>
    </section>
  );
}
