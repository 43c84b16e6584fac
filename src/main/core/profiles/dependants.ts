import type { Profile, ProfileDependants } from '../../../shared/model/profile.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { ExchangeStore } from '../exchanges/types.ts';

/** What removing a profile takes with it and what stays, counted now. */
export async function dependantsOf(
  profile: Profile,
  tokens: readonly TokenSummary[],
  store: Pick<ExchangeStore, 'count'> | undefined,
  /** How many variables its requests have. */
  variables: number,
): Promise<ProfileDependants> {
  const exchanges = (await store?.count({ profileId: profile.id })) ?? 0;
  const companyTokens = tokens.filter(({ userType }) => userType === 'Company').length;
  const secrets = [
    ...(profile.hasSecret ? ['client secret'] : []),
    ...(profile.hasSsoSecret ? ['shared secret'] : []),
  ];
  const paths = profile.routes.map(({ path }) => path);
  const sentences = [
    ...(tokens.length === 0 ? [] : [tokensSentence(tokens.length, companyTokens)]),
    ...(secrets.length === 0
      ? []
      : [`The ${secrets.join(' and the ')} will be deleted; the portal shows a secret only once.`]),
    ...(variables === 0 ? [] : [`${counted(variables, 'variable')} of its requests will be deleted.`]),
    `What arrives at ${paths.join(', ')} will be recorded for no app, or answered 404.`,
    exchanges === 0
      ? 'No recorded exchange belongs to it.'
      : `${counted(exchanges, 'recorded exchange')} will stay, without an app to belong to.`,
  ];
  return { tokens: tokens.length, companyTokens, exchanges, secrets, paths, sentences };
}

function tokensSentence(all: number, company: number): string {
  const agencies = company === 0 ? '' : `, ${company} of them of an agency (company)`;
  return `${counted(all, 'token')}${agencies} will be forgotten: HighLevel keeps the installs, but only a new install brings tokens back.`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
