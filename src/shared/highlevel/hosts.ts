/** Hosts and paths of the HighLevel platform (HighLevel docs: Authorization; API reference, server list). */

/** REST API and token endpoint. */
export const apiHost = 'https://services.leadconnectorhq.com';

/** Developer portal, where apps are configured. */
export const portalHost = 'https://marketplace.gohighlevel.com';

/** Which of HighLevel's two consent pages an install link opens. */
export type ConsentHost = 'standard' | 'white-label';

/** Origins of the consent page: apps listed under an agency's own brand install through the second one. */
export const consentHosts: Readonly<Record<ConsentHost, string>> = {
  standard: 'https://marketplace.gohighlevel.com',
  'white-label': 'https://marketplace.leadconnectorhq.com',
};

/** Path of the consent page; links made before May 2026 lack the `/v2`, and both forms are in use. */
export const consentPath = '/v2/oauth/chooselocation';
export const earlierConsentPath = '/oauth/chooselocation';

/** OAuth paths below the API host. */
export const oauthPaths = {
  token: '/oauth/token',
  locationToken: '/oauth/locationToken',
  installedLocations: '/oauth/installedLocations',
} as const;

/** Content type the token endpoint takes, for the code exchange, the refresh and the location token alike. */
export const tokenContentType = 'application/x-www-form-urlencoded';

/** `Version` of the location-token and installed-locations requests; the token endpoint itself needs none. */
export const oauthVersion = '2021-07-28';
