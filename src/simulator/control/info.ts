import type { ConversationProvider } from '../world/app.ts';
import type { World } from '../world/world.ts';

/** What a companion needs to know to add this simulator as an app of its own. */
export interface SimulatorInfo {
  readonly name: string;
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appId: string;
  readonly versionId: string;
  readonly scopes: readonly string[];
  readonly redirectUrls: readonly string[];
  readonly webhookUrl: string | null;
  /** Addresses of single events, by type. */
  readonly webhookUrls: Readonly<Record<string, string>>;
  /** The events it is subscribed to; null: all that its scopes unlock. */
  readonly events: readonly string[] | null;
  readonly providers: readonly ConversationProvider[];
  readonly ed25519PublicKey: string;
  readonly rsaPublicKey: string;
  /** Opens the consent page for all scopes and the first redirect URL; null while there is none. */
  readonly installUrl: string | null;
}

export function simulatorInfo(world: World): SimulatorInfo {
  const { app, keys, url } = world;
  return {
    name: app.name,
    url,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    appId: app.appId,
    versionId: app.versionId,
    scopes: app.scopes,
    redirectUrls: app.redirectUrls,
    webhookUrl: app.webhookUrl,
    webhookUrls: app.webhookUrls,
    events: app.events,
    providers: app.providers,
    ed25519PublicKey: keys.ed25519PublicKey,
    rsaPublicKey: keys.rsaPublicKey,
    installUrl: installUrl(world),
  };
}

function installUrl({ app, url }: World): string | null {
  const [redirectUri] = app.redirectUrls;
  if (redirectUri === undefined) return null;
  const query = new URLSearchParams({
    response_type: 'code',
    redirect_uri: redirectUri,
    client_id: app.clientId,
    scope: app.scopes.join(' '),
  });
  return `${url}/v2/oauth/chooselocation?${query.toString()}`;
}

/** How much there is of everything, and where the app is installed. */
export function simulatorState(world: World): Record<string, unknown> {
  return {
    now: new Date(world.clock.now()).toISOString(),
    company: world.directory.company,
    locations: world.directory.locations.map(({ id, name, active }) => ({
      id,
      name,
      active,
      installedAt: world.installations.location(id)?.installedAt ?? null,
      contacts: world.contacts.inLocation(id).length,
    })),
    installations: world.installations.list().length,
    agencyInstalled: world.installations.agency() !== undefined,
    ...world.grants.counts(),
    ...world.contacts.counts(),
    deliveries: world.webhooks.deliveries().length,
    breaker: world.breaker.state(),
  };
}
