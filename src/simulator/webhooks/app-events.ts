import type { Consent } from '../oauth/grants.ts';
import type { World } from '../world/world.ts';
import type { WebhookEvent } from './webhooks.ts';

/** INSTALL for an agency install, then one for each sub-account it covers; or the one of a sub-account install. */
export function installEvents(consent: Consent, world: World): WebhookEvent[] {
  const { company } = world.directory;
  const installer = {
    companyId: consent.companyId,
    userId: consent.userId,
    companyName: company.name,
    isWhitelabelCompany: consent.isWhiteLabel === true,
    whitelabelDetails:
      consent.isWhiteLabel === true
        ? { domain: 'app.acme-agency.example', logoUrl: 'https://app.acme-agency.example/logo.png' }
        : {},
  };
  const forLocation = (locationId: string): WebhookEvent => ({
    type: 'INSTALL',
    installType: 'Location',
    locationId,
    ...installer,
  });
  if (consent.locationId !== undefined) return [forLocation(consent.locationId)];
  return [
    { type: 'INSTALL', installType: 'Company', ...installer },
    ...consent.approvedLocations.map(forLocation),
  ];
}

export function uninstallEvent(target: { locationId: string } | { companyId: string }): WebhookEvent {
  return { type: 'UNINSTALL', ...target };
}
