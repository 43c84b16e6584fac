import type { Account } from './account.ts';
import type { Hints } from './request.ts';

/** What a valid call needs beyond what the documents declare, by operation. */
export function hintsFor(operation: string, account: Account): Hints {
  switch (operation) {
    case 'POST /oauth/token':
      return {
        client_id: account.clientId,
        client_secret: account.clientSecret,
        clientId: account.clientId,
        clientSecret: account.clientSecret,
        grant_type: 'refresh_token',
        grantType: 'refresh_token',
        refresh_token: account.refreshToken,
        refreshToken: account.refreshToken,
      };
    // Its document declares an empty body.
    case 'POST /contacts/search':
      return { locationId: account.known.get('locationId') };
    default:
      return {};
  }
}
