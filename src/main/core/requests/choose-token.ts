/** Which token a request goes out with, and why. */
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { ProfileId, TokenId } from '../../../shared/model/ids.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';

export type TokenChoice =
  | { readonly kind: 'held'; readonly token: TokenSummary; readonly reason: string }
  /** No token of the sub-account is held, but the agency's can bring one. */
  | {
      readonly kind: 'mint';
      readonly company: TokenSummary;
      readonly locationId: string;
      readonly reason: string;
    }
  | { readonly kind: 'none'; readonly reason: string };

export type TokenQuestion = {
  readonly profileId: ProfileId;
  /** All tokens of the profile. */
  readonly tokens: readonly TokenSummary[];
  /** Chosen by the developer; settles everything. */
  readonly tokenId: TokenId | null;
  readonly operation: Operation | null;
  readonly locationId: string | null;
};

/** @throws AppError `no_token` when none will do, `bad_input` when the token asked for is not one of the profile's */
export function chooseToken(question: TokenQuestion): TokenChoice {
  const { tokens, tokenId, operation, locationId } = question;
  if (tokenId !== null) {
    const token = tokens.find((one) => one.id === tokenId);
    if (token === undefined)
      throw new AppError('bad_input', `The token "${tokenId}" is not one of this app's.`);
    const reason =
      operation?.oauthTokenOnly === true && token.source === 'pit'
        ? 'You chose this token, but the operation takes OAuth tokens only.'
        : 'You chose this token.';
    return { kind: 'held', token, reason };
  }
  if (operation !== null && operation.access.length === 0) {
    return { kind: 'none', reason: 'This operation takes no token.' };
  }
  const living = tokens.filter((token) => token.status !== 'dead');
  if (living.length === 0) throw none(tokens);
  const oauth = living.filter((token) => token.source !== 'pit');
  const live = operation?.oauthTokenOnly === true ? oauth : living;
  if (live.length === 0) {
    throw new AppError(
      'no_token',
      'This operation takes OAuth tokens only, and the app has private integration tokens alone.',
      { remedy: 'Install the app: that brings an OAuth token.' },
    );
  }
  const companies = preferred(live.filter((token) => token.userType === 'Company'));
  const locations = live.filter((token) => token.userType === 'Location');
  const takesLocation = operation?.access.includes('Sub-Account') ?? true;
  const takesCompany = operation?.access.includes('Agency') ?? true;

  if (takesLocation && locationId !== null) {
    const agencies = oauth.filter((token) => token.userType === 'Company');
    const choice = forLocation(locationId, locations, agencies, operation);
    if (choice !== null) return choice;
    if (!takesCompany) {
      throw new AppError(
        'no_token',
        `No token is held for the sub-account ${locationId}, and no agency token to mint one from.`,
        {
          remedy: 'Install the app for this sub-account, or for the agency it belongs to.',
        },
      );
    }
  }
  if (takesCompany && companies.length > 0) return only(companies, 'agency', operation);
  if (takesLocation && locations.length > 0) return only(preferred(locations), 'sub-account', operation);
  if (!takesCompany) {
    throw new AppError(
      'no_token',
      'This operation takes the token of a sub-account: say which by its locationId.',
      {
        remedy: 'Choose a sub-account; its token is minted from the agency token.',
      },
    );
  }
  throw new AppError('no_token', 'This operation takes an agency token, and none is held.', {
    remedy: 'Install the app for the agency.',
  });
}

/** The token chosen, or the agency's from which one is minted. */
export function tokenOf(choice: TokenChoice): TokenSummary | null {
  switch (choice.kind) {
    case 'held':
      return choice.token;
    case 'mint':
      return choice.company;
    case 'none':
      return null;
  }
}

/** The app's own tokens before private integration tokens. */
function preferred(tokens: readonly TokenSummary[]): readonly TokenSummary[] {
  const oauth = tokens.filter((token) => token.source !== 'pit');
  return oauth.length > 0 ? oauth : tokens;
}

function forLocation(
  locationId: string,
  locations: readonly TokenSummary[],
  companies: readonly TokenSummary[],
  operation: Operation | null,
): TokenChoice | null {
  const held = preferred(locations.filter((token) => token.locationId === locationId))[0];
  if (held !== undefined) {
    const why =
      operation === null ? 'the request names it' : 'the request names it and the operation takes its token';
    return { kind: 'held', token: held, reason: `The token of this sub-account, since ${why}.` };
  }
  // With several agencies, the one known to have approved the sub-account; else the only one.
  const company =
    companies.find((token) => token.approvedLocations.includes(locationId)) ??
    (companies.length === 1 ? companies[0] : undefined);
  if (company === undefined) return null;
  const reason = `A token for the sub-account ${locationId} is minted from the agency token.`;
  return { kind: 'mint', company, locationId, reason };
}

function only(tokens: readonly TokenSummary[], what: string, operation: Operation | null): TokenChoice {
  const [token, ...others] = tokens;
  if (token !== undefined && others.length === 0) {
    const takes = operation === null ? '' : `, and the operation takes a token of that level`;
    return { kind: 'held', token, reason: `The only ${what} token held${takes}.` };
  }
  const named = tokens.map((one) => one.label ?? one.locationId ?? one.companyId).join(', ');
  throw new AppError('no_token', `There are ${tokens.length} ${what} tokens (${named}): say which one.`, {
    remedy:
      what === 'agency'
        ? 'Choose the token of the request.'
        : 'Give a locationId or choose the token of the request.',
  });
}

function none(tokens: readonly TokenSummary[]): AppError {
  const dead = tokens.find((token) => token.problem !== null);
  return new AppError(
    'no_token',
    dead === undefined ? 'The app has no token yet.' : `The app has no token that works: ${dead.problem}`,
    { remedy: dead === undefined ? 'Install the app first.' : 'Install the app again.' },
  );
}
