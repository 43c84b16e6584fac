import { profile } from '../../src/shared/model/profile.ts';
import type { Profile } from '../../src/shared/model/profile.ts';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import { openCore } from '../contract/support.ts';
import type { TestCore } from '../contract/support.ts';

export const appId = '65f0c0ffee65f0c0ffee65f0';

/** An app of a simulator that does not run: nothing here calls it. */
const simulated: Profile = profile.parse({
  id: 'simulated',
  name: 'Simulated app',
  environment: 'simulator',
  clientId: `${appId}-lx1a2b3c`,
  appId,
  versionId: '65f0c0ffee65f0c0ffee65f1',
  hosts: { api: 'http://127.0.0.1:9', consent: 'http://127.0.0.1:9' },
  redirectUrl: null,
  scopes: [],
  installLink: null,
  routes: [
    { kind: 'callback', path: '/oauth/callback' },
    { kind: 'webhook', path: '/webhooks' },
    { kind: 'provider', path: '/provider' },
  ],
  keys: [],
  hasSecret: false,
  createdAt: 0,
});

export const profileId: ProfileId = simulated.id;

/** A core that listens and has that app. */
export function openTriggerCore(): Promise<TestCore> {
  return openCore({ ingressPort: 0 }, { profiles: [simulated], activeProfile: profileId });
}
