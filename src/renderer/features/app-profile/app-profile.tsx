import { AppWindow, Plus } from 'lucide-react';
import { overlays } from '../../app/overlays.ts';
import { goInPlace, useRoute } from '../../lib/route.ts';
import { useActiveProfile } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AddressesPanel } from './addresses-panel.tsx';
import { AppActions, ImportButton } from './app-actions.tsx';
import { AppForm } from './app-form.tsx';
import { LinkPanel } from './link-panel.tsx';
import { PortalForm } from './portal-form.tsx';
import { ScopesPanel } from './scopes-panel.tsx';
import { useLint } from './use-update.ts';
import { UserContextPanel } from './user-context-panel.tsx';
import { WebhookKeys } from './webhook-keys.tsx';
import type { Profile } from '../../../shared/model/profile.ts';

function Panel({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="page">
      <div className="measure">{children}</div>
    </div>
  );
}

function Managed({ profile }: { readonly profile: Profile }) {
  const { item } = useRoute();
  const problems = useLint(profile, undefined).data?.findings.filter(
    ({ severity }) => severity !== 'note',
  ).length;
  return (
    <div className="pane app-profile">
      <div className="bar">
        <h1>{profile.name}</h1>
        <span className="tag">{profile.environment}</span>
        <span className="grow" />
        <AppActions profile={profile} />
      </div>
      <Tabs
        label="Parts of the app"
        value={item ?? 'settings'}
        onChange={(id) => goInPlace('app', id)}
        tabs={[
          {
            id: 'settings',
            label: 'Settings',
            content: (
              <Panel>
                <AppForm profile={profile} />
                <PortalForm profile={profile} />
                {profile.environment === 'live' && <WebhookKeys profile={profile} />}
              </Panel>
            ),
          },
          {
            id: 'link',
            label: 'Install link',
            ...(problems === undefined || problems === 0 ? {} : { count: problems }),
            content: (
              <Panel>
                <LinkPanel profile={profile} />
              </Panel>
            ),
          },
          {
            id: 'scopes',
            label: 'Scopes',
            content: (
              <Panel>
                <ScopesPanel profile={profile} />
              </Panel>
            ),
          },
          {
            id: 'addresses',
            label: 'Addresses and routes',
            content: (
              <Panel>
                <AddressesPanel profile={profile} />
              </Panel>
            ),
          },
          {
            id: 'sso',
            label: 'SSO',
            content: (
              <Panel>
                <UserContextPanel profile={profile} />
              </Panel>
            ),
          },
        ]}
      />
    </div>
  );
}

/** One of the developer's apps with everything that can be set, checked and shared. */
export function AppProfile() {
  const profile = useActiveProfile();
  if (profile === undefined) return null;
  if (profile === null)
    return (
      <Empty
        icon={AppWindow}
        title="No app yet"
        actions={
          <>
            <Button look="primary" icon={Plus} onClick={() => overlays.set({ kind: 'add-app' })}>
              Add app…
            </Button>
            <ImportButton />
          </>
        }
      >
        Here you will see one of your Marketplace apps: its credentials, install link, scopes, addresses and
        shared secret.
      </Empty>
    );
  return <Managed key={profile.id} profile={profile} />;
}
