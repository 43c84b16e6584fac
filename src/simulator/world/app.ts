import type { Random } from './random.ts';

/**
 * What decides on the kind of token an install brings. `bulk`: for sub-accounts, installed by their users on one or by
 * the agency on several. `single`: on one at a time, by whomever. `agency-only`: for sub-accounts, installed by the
 * agency alone. `agency`: for agencies themselves.
 */
export const distributions = ['bulk', 'single', 'agency-only', 'agency'] as const;
export type Distribution = (typeof distributions)[number];

/** The Marketplace app as registered in this HighLevel's developer portal. */
export interface AppRegistration {
  readonly name: string;
  /** 24 hexadecimal digits; the client id up to its first dash. */
  readonly appId: string;
  /** Equal to the app id for an app's first version. */
  versionId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The scopes saved on the version; an install may ask for no others. */
  scopes: readonly string[];
  redirectUrls: readonly string[];
  /** The default webhook URL; without one nothing is sent. */
  webhookUrl: string | null;
  /** Addresses of single events, by type. */
  webhookUrls: Readonly<Record<string, string>>;
  /** The events it is subscribed to, by type; null: all that its scopes unlock. */
  events: readonly string[] | null;
  /** Where its listing is shown: an app of one of the two cannot be installed through the other's pages. */
  listing: 'both' | 'standard' | 'white-label';
  /** Whom it is for and who may install it, as the portal's settings come out. */
  distribution: Distribution;
  /** The shared secret of custom pages. */
  ssoKey: string;
  /** The channels it takes messages for. */
  providers: readonly ConversationProvider[];
}

/** A conversation provider of the app: outbound messages of its type go to its delivery URL. */
export interface ConversationProvider {
  readonly id: string;
  readonly name: string;
  readonly type: 'SMS' | 'Email' | 'Call';
  readonly deliveryUrl: string;
  /** Whether it takes all messages of its type, or only those that name it. */
  readonly isDefault: boolean;
}

/** Enough for the families with state, on a sub-account; those of the agency alone are the developer's to add. */
export const DEFAULT_SCOPES: readonly string[] = [
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
  'calendars/groups.readonly',
  'calendars/events.readonly',
  'calendars/events.write',
  'locations.readonly',
  'locations/tags.readonly',
  'locations/tags.write',
  'locations/tasks.readonly',
  'locations/customFields.readonly',
  'locations/customFields.write',
  'locations/customValues.readonly',
  'locations/customValues.write',
  'locations/templates.readonly',
  'users.readonly',
  'businesses.readonly',
  'businesses.write',
  'products.readonly',
  'products.write',
  'products/prices.readonly',
  'products/prices.write',
  'payments/orders.readonly',
  'payments/transactions.readonly',
  'payments/subscriptions.readonly',
  'payments/coupons.readonly',
  'invoices.readonly',
  'invoices.write',
  'forms.readonly',
  'surveys.readonly',
  'links.readonly',
  'links.write',
  'workflows.readonly',
  'campaigns.readonly',
  'objects/schema.readonly',
  'objects/record.readonly',
  'objects/record.write',
  'associations.readonly',
  'associations/relation.readonly',
  'associations/relation.write',
  'marketplace-installer-details.readonly',
  'oauth.readonly',
  'oauth.write',
];

/** Where the companion listens unless told otherwise. */
export const DEFAULT_REDIRECT_URLS: readonly string[] = [
  'http://localhost:4400/oauth/callback',
  'http://127.0.0.1:4400/oauth/callback',
];

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';

export function createApp(
  random: Random,
  settings: Pick<AppRegistration, 'redirectUrls' | 'webhookUrl'>,
): AppRegistration {
  const appId = random.hex(24);
  const suffix = Array.from(random.bytes(8), (byte) => BASE36.charAt(byte % BASE36.length)).join('');
  return {
    name: 'Simulated Booking',
    appId,
    versionId: appId,
    clientId: `${appId}-${suffix}`,
    clientSecret: random.uuid(),
    scopes: DEFAULT_SCOPES,
    listing: 'both',
    distribution: 'bulk',
    ssoKey: random.uuid(),
    webhookUrls: {},
    events: null,
    providers: [],
    ...settings,
  };
}
