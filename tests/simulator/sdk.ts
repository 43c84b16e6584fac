import { HighLevel } from '@gohighlevel/api-client';
import type { SimulatorOptions } from '../../src/simulator/create-simulator.ts';
import type { TestWorld } from './world.ts';
import { createTestWorld, firstLocation, REDIRECT } from './world.ts';

export type Sdk = HighLevel;
type SdkConfig = ConstructorParameters<typeof HighLevel>[0];

/** The scopes that the suites of the SDK need. */
export const SDK_SCOPES = [
  'contacts.readonly',
  'contacts.write',
  'conversations.readonly',
  'conversations.write',
  'conversations/message.readonly',
  'conversations/message.write',
  'opportunities.readonly',
  'opportunities.write',
  'calendars.readonly',
  'calendars.write',
  'calendars/events.readonly',
  'calendars/events.write',
  'invoices.readonly',
  'invoices.write',
  'locations.readonly',
  'oauth.readonly',
  'oauth.write',
];

/** A simulator whose app holds `SDK_SCOPES`, and HighLevel's own SDK pointed at it. */
export interface SdkWorld extends TestWorld {
  /** A client of the app with a session store of its own. */
  client(config?: Partial<SdkConfig>): Sdk;
  /** A client that holds the session of an install on the first sub-account. */
  installedClient(config?: Partial<SdkConfig>): Promise<{ sdk: Sdk; locationId: string }>;
}

export async function createSdkWorld(options: SimulatorOptions = {}): Promise<SdkWorld> {
  const world = await createTestWorld(options);
  world.simulator.setScopes(SDK_SCOPES);
  const { url, clientId, clientSecret } = world.simulator;

  function client(config: Partial<SdkConfig> = {}): Sdk {
    pointSdkAt(url);
    return new HighLevel({ clientId, clientSecret, logLevel: 'none', ...config });
  }

  return {
    ...world,
    client,
    async installedClient(config) {
      const sdk = client(config);
      const locationId = firstLocation(world);
      const session = await exchangeCode(sdk, world, await world.codeFor(locationId));
      await sdk.getSessionStorage().setSession(locationId, session);
      return { sdk, locationId };
    },
  };
}

/** Exchanges a code through the SDK. */
export function exchangeCode(sdk: Sdk, world: TestWorld, code: string) {
  const { clientId, clientSecret } = world.simulator;
  return sdk.oauth.getAccessToken({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
  });
}

/** The SDK has its host as a private constant, and takes none in its settings. */
function pointSdkAt(url: string): void {
  Object.defineProperty(HighLevel, 'BASE_URL', { value: url, configurable: true });
}
