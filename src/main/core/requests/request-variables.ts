/** `{{locationId}}` and the like: what they stand for in a request, and putting them in. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';

export type Variables = Readonly<Record<string, string | null>>;

type TokenFacts = Pick<TokenSummary, 'locationId' | 'companyId' | 'userId'>;

/** The variables of a profile and the token chosen; null where neither tells. */
export function variablesOf(
  profile: Profile,
  token: TokenFacts | null,
  locationId: string | null,
): Variables {
  return {
    locationId: locationId ?? token?.locationId ?? null,
    companyId: token?.companyId ?? null,
    userId: token?.userId ?? null,
    appId: profile.appId,
    clientId: profile.clientId,
    versionId: profile.versionId,
  };
}

const pattern = /\{\{\s*([\w.-]+)\s*\}\}/g;

/**
 * Puts the variables into a text.
 *
 * @param where named in the error: `the query parameter "limit"`
 * @throws AppError `bad_input` naming a variable that is unknown or has no value
 */
export function fillVariables(text: string, variables: Variables, where: string): string {
  return text.replaceAll(pattern, (_whole, name: string) => valueOf(name, variables, where));
}

/**
 * The same for a body. HighLevel's own merge fields (`{{contact.first_name}}`) have a dot in their names and stay as
 * they are; in JSON the values are escaped.
 */
export function fillBody(text: string, variables: Variables, isJson: boolean): string {
  return text.replaceAll(pattern, (whole, name: string) => {
    if (name.includes('.')) return whole;
    const value = valueOf(name, variables, 'the body');
    return isJson ? JSON.stringify(value).slice(1, -1) : value;
  });
}

export function hasVariable(text: string): boolean {
  return text.search(pattern) !== -1;
}

function valueOf(name: string, variables: Variables, where: string): string {
  const known = Object.hasOwn(variables, name);
  const value = known ? variables[name] : undefined;
  if (value !== null && value !== undefined) return value;
  const why = known ? 'has no value here' : 'is not a variable the companion knows';
  throw new AppError('bad_input', `{{${name}}} in ${where} ${why}.`, {
    remedy: known
      ? 'Choose a token or a sub-account that settles it, or type the value.'
      : `The variables are ${Object.keys(variables).join(', ')}.`,
  });
}
