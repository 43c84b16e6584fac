/** A word of the platform, explained in one paragraph. */
export type Term = {
  /** Stable key for links into Help: `access-token`. */
  key: string;
  title: string;
  /** Other words for the same thing, for search. */
  also: readonly string[];
  text: string;
};

/** The platform's words, in the order a newcomer meets them. */
export const terms: readonly Term[] = [
  {
    key: 'sub-account',
    title: 'Sub-account',
    also: ['location'],
    text: 'One customer of an agency, with contacts, calendars and conversations of its own. The API calls it a location, so its id appears as locationId. Most operations work on exactly one sub-account and take a token of that sub-account.',
  },
  {
    key: 'agency',
    title: 'Agency',
    also: ['company'],
    text: 'The account that owns sub-accounts and pays HighLevel. The API calls it a company, so its id appears as companyId. A token of the agency can list and manage sub-accounts, but cannot read their contacts: for that, a location token is made from it.',
  },
  {
    key: 'marketplace-app',
    title: 'Marketplace app',
    also: ['app', 'app id', 'version'],
    text: 'What you register in the developer portal: a client id with secrets, redirect URLs, scopes and a webhook URL. Scopes belong to a version of the app and can be changed in a draft version only; the webhook URL can be changed at any time. The app id is the part of the client id before the hyphen.',
  },
  {
    key: 'client-id',
    title: 'Client id and client secret',
    also: ['credentials', 'client keys'],
    text: 'The name and the password of your app at the token endpoint. The client id is public and part of every install link. The secret is shown once, when it is made; keep it out of browsers, logs and repositories.',
  },
  {
    key: 'scope',
    title: 'Scope',
    also: ['scopes', 'permissions'],
    text: 'A permission such as contacts.readonly. The app asks for scopes in its install link, the token carries those that were granted, and each operation and most webhook events need one. A scope in the link that is not saved on the app version makes the install fail at its last step.',
  },
  {
    key: 'install-link',
    title: 'Install link',
    also: ['authorization URL', 'consent page', 'choose location'],
    text: 'The address that starts an install. It opens HighLevel’s page where the user logs in, chooses a sub-account or agency and agrees. The portal shows it ready to copy, once for the standard host and once for the white-label host. Blanks between scopes may be + or %20, never %2B.',
  },
  {
    key: 'white-label',
    title: 'White label',
    also: ['leadconnectorhq'],
    text: 'Agencies can show HighLevel under their own brand. Apps listed for them install through marketplace.leadconnectorhq.com, and none of their URLs may contain the words highlevel or ghl.',
  },
  {
    key: 'redirect-url',
    title: 'Redirect URL',
    also: ['redirect URI', 'callback', 'OAuth callback'],
    text: 'The address of your app that HighLevel sends the browser to once the user has agreed, with the authorization code in its query. It must be registered on the app and match to the letter. http is accepted for local development, https otherwise.',
  },
  {
    key: 'authorization-code',
    title: 'Authorization code',
    also: ['code', 'code exchange'],
    text: 'A short-lived value in the callback that is exchanged once for tokens at the token endpoint. Until that exchange has happened the app counts as not connected, and no webhooks arrive for the account.',
  },
  {
    key: 'state',
    title: 'State',
    also: ['CSRF'],
    text: 'A random value your app puts into the install link and expects back in the callback, so that nobody can slip in a callback of their own. HighLevel does not document it; it usually comes back, but installs started from the marketplace never carry it.',
  },
  {
    key: 'access-token',
    title: 'Access token',
    also: ['bearer token', 'JWT'],
    text: 'The value in the Authorization header of every API request. It is valid for about a day and belongs to one sub-account or one agency; the answer that brought it says which in userType.',
  },
  {
    key: 'refresh-token',
    title: 'Refresh token',
    also: ['refresh', 'rotation'],
    text: 'Brings the next access token without the user. It works once: each refresh answers with a new one, which must be kept before anything else happens. Unused, it lasts a year. When it is lost, the account has to install the app again.',
  },
  {
    key: 'location-token',
    title: 'Location token',
    also: ['sub-account token', 'locationToken'],
    text: 'A token for one sub-account that is made from the agency’s token. After an install by an agency this is the way to each sub-account’s data. It can be thrown away and made again at any time, as long as the agency’s token is kept.',
  },
  {
    key: 'bulk-install',
    title: 'Bulk install',
    also: ['isBulkInstallation', 'agency install', 'future locations'],
    text: 'An agency installs a sub-account app into many sub-accounts at once. The answer then holds an agency token with isBulkInstallation set, and the app makes a location token for each sub-account. Sub-accounts added later announce themselves with an INSTALL webhook.',
  },
  {
    key: 'private-integration-token',
    title: 'Private integration token',
    also: ['PIT', 'API key'],
    text: 'A fixed token, beginning with pit-, that is made in the settings of a sub-account or agency for scripts and internal tools. It needs no install and no refresh, but it gets no webhooks and cannot make location tokens.',
  },
  {
    key: 'version-header',
    title: 'Version header',
    also: ['API version', 'v3'],
    text: 'Every API request names the version of the API it was written for, such as 2021-07-28 or v3, in the header Version. Without it HighLevel answers 401. Paths that exist only since v3 need v3; older paths keep their date.',
  },
  {
    key: 'webhook',
    title: 'Webhook',
    also: ['event', 'delivery'],
    text: 'A POST that HighLevel sends to your app when something happens, such as a contact being created. An app has one webhook URL, with an optional other URL for single events, for all its installs. Each event must be switched on in the portal and is unlocked by a scope.',
  },
  {
    key: 'webhook-url',
    title: 'Webhook URL',
    also: ['default webhook URL'],
    text: 'Where HighLevel delivers events. It must be public and use https, so a laptop needs a tunnel. Since all installs share it, use an app of your own for development: otherwise the events of real customers come to your machine.',
  },
  {
    key: 'webhook-id',
    title: 'Webhook id',
    also: ['webhookId', 'duplicate'],
    text: 'The id of one delivery, found in the body. A retry and a manual resend carry the same id, so that your app can tell a repeated delivery from a new event.',
  },
  {
    key: 'signature',
    title: 'Signature',
    also: ['X-GHL-Signature', 'X-WH-Signature', 'Ed25519', 'verification'],
    text: 'Proof that a webhook comes from HighLevel and was not changed. X-GHL-Signature (Ed25519) and the older X-WH-Signature (RSA) sign the raw bytes of the body with keys whose public halves are published. There is no shared secret: HMAC with the client secret never matches, nor does a body that was parsed and written again.',
  },
  {
    key: 'retry',
    title: 'Retry',
    also: ['redelivery', 'resend'],
    text: 'When your app does not answer a webhook with success, HighLevel may deliver it again. For a long time only 429 was retried; the current guide speaks of any failure, up to twelve times with growing pauses. The portal can resend any delivery of the last 30 days.',
  },
  {
    key: 'tunnel',
    title: 'Tunnel',
    also: ['ngrok', 'public URL'],
    text: 'A public https address that leads to a port on your machine, so that HighLevel can reach it. With a fixed domain the redirect and webhook URLs in the portal stay right from one day to the next.',
  },
  {
    key: 'rate-limit',
    title: 'Rate limit',
    also: ['429', 'burst', 'quota'],
    text: 'An app may send 100 requests in 10 seconds and 200,000 a day for each sub-account or agency. Every answer says in its headers what is left. After a 429, wait for the interval and try again, unless the day has no requests left.',
  },
  {
    key: 'conversation-provider',
    title: 'Conversation provider',
    also: ['delivery URL', 'SMS', 'custom channel'],
    text: 'An app that carries messages for HighLevel. Messages to send arrive at a delivery URL of their own, apart from the webhook URL and signed with X-GHL-Signature only, and the app reports back what became of them.',
  },
  {
    key: 'simulator',
    title: 'Simulator',
    also: ['offline', 'demo'],
    text: 'A stand-in for HighLevel that runs on your machine, with a consent page, a token endpoint, an API with contacts, and signed webhooks. Its keys and data are its own, and nothing it does reaches HighLevel.',
  },
];

/** The term of a key, or null. */
export function termOf(key: string): Term | null {
  return terms.find((term) => term.key === key) ?? null;
}
