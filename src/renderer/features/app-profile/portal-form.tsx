import { useState } from 'react';
import { splitScopes } from '../../../shared/highlevel/install-link.ts';
import type { PortalFacts, Profile } from '../../../shared/model/profile.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { linesOf, TextAreaField } from '../../ui/text-area-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useUpdate } from './use-update.ts';

const unsaid = { value: '', label: 'Not said' } as const;
const choices = {
  targetUser: [
    unsaid,
    { value: 'sub-account', label: 'Sub-account (location)' },
    { value: 'agency', label: 'Agency (company)' },
  ],
  whoCanInstall: [
    unsaid,
    { value: 'both', label: 'Agency and sub-account users' },
    { value: 'agency', label: 'Agency users only' },
  ],
  listing: [unsaid, { value: 'standard', label: 'Standard' }, { value: 'white-label', label: 'White-label' }],
  visibility: [unsaid, { value: 'public', label: 'Public' }, { value: 'private', label: 'Private' }],
  bulkInstall: [unsaid, { value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }],
} as const;
const yesNo = (value: boolean | null): '' | 'yes' | 'no' => (value === null ? '' : value ? 'yes' : 'no');

/** What the developer says of the app as the portal has it; the linter and the hints rest on it. */
export function PortalForm({ profile }: { readonly profile: Profile }) {
  const { portal } = profile;
  const [facts, setFacts] = useState(portal);
  const [redirectUrls, setRedirectUrls] = useState(portal.redirectUrls.join('\n'));
  const [versionIds, setVersionIds] = useState(portal.versionIds.join('\n'));
  const [scopes, setScopes] = useState(portal.scopes.join(' '));
  const [webhookEvents, setWebhookEvents] = useState(portal.webhookEvents.join('\n'));
  const save = useUpdate(profile, 'Portal settings saved');
  const set = (changes: Partial<PortalFacts>): void => setFacts((before) => ({ ...before, ...changes }));
  return (
    <section className="card" aria-label="In the developer portal">
      <header>
        <h2>In the developer portal</h2>
        <span className="faint small">
          HighLevel tells no app how it is set up: say it here, hints rest on it
        </span>
      </header>
      <form
        className="inside stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({
            portal: {
              ...facts,
              redirectUrls: linesOf(redirectUrls),
              versionIds: linesOf(versionIds),
              scopes: splitScopes(scopes),
              webhookEvents: linesOf(webhookEvents),
            },
          });
        }}
      >
        <div className="two-fields">
          <SelectField
            label="Target user"
            value={facts.targetUser ?? ''}
            options={choices.targetUser}
            onChange={(value) => set({ targetUser: value === '' ? null : value })}
            hint="Can never be changed once the app exists."
          />
          <SelectField
            label="Who can install"
            value={facts.whoCanInstall ?? ''}
            options={choices.whoCanInstall}
            onChange={(value) => set({ whoCanInstall: value === '' ? null : value })}
          />
          <SelectField
            label="Bulk installation"
            value={yesNo(facts.bulkInstall)}
            options={choices.bulkInstall}
            onChange={(value) => set({ bulkInstall: value === '' ? null : value === 'yes' })}
            hint="With Yes an agency’s install brings a Company token."
          />
          <SelectField
            label="Listing"
            value={facts.listing ?? ''}
            options={choices.listing}
            onChange={(value) => set({ listing: value === '' ? null : value })}
            hint="White-label apps have a consent page of their own."
          />
          <SelectField
            label="Visibility"
            value={facts.visibility ?? ''}
            options={choices.visibility}
            onChange={(value) => set({ visibility: value === '' ? null : value })}
            hint="A private app takes five agencies at most."
          />
          <TextField
            label="Conversation provider id"
            mono
            value={facts.conversationProviderId ?? ''}
            onChange={(text) => set({ conversationProviderId: text.trim() === '' ? null : text.trim() })}
          />
        </div>
        <TextAreaField
          label="Registered redirect URLs, one a line"
          value={redirectUrls}
          onChange={setRedirectUrls}
          hint="Byte for byte as the Auth page shows them: the linter compares every install link with them."
        />
        <TextAreaField
          label="Scopes saved on the app version"
          rows={2}
          value={scopes}
          onChange={setScopes}
          hint="With these the linter tells which scopes of a link HighLevel will refuse."
        />
        <div className="two-fields">
          <TextAreaField
            label="Version ids, one a line"
            rows={2}
            value={versionIds}
            onChange={setVersionIds}
            hint="Of the first version it is the app id."
          />
          <TextAreaField
            label="Subscribed webhook events, one a line"
            rows={2}
            value={webhookEvents}
            onChange={setWebhookEvents}
            placeholder="ContactCreate"
          />
        </div>
        <TextField
          label="Default webhook URL in the portal"
          mono
          value={facts.webhookUrl ?? ''}
          onChange={(text) => set({ webhookUrl: text.trim() === '' ? null : text.trim() })}
          hint="Left empty: the companion’s own."
        />
        <div className="line">
          <Button submit busy={save.isPending}>
            Save portal settings
          </Button>
        </div>
        {save.error !== null && <Failure error={save.error} />}
      </form>
    </section>
  );
}
