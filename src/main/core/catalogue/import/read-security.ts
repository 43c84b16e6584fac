import type { AccessLevel, FactSource } from '../../../../shared/highlevel/operations/operation.ts';
import { isObject, listOf, type JsonObject } from './json-value.ts';
import type { Problems, References } from './references.ts';

export type Security = {
  readonly access: AccessLevel[];
  readonly accessSource: FactSource;
  readonly oauthTokenOnly: boolean;
  readonly scopes: string[];
};

/**
 * Who may call an operation. HighLevel names its schemes after the level of the token, `Location-Access`,
 * `Agency-Access-Only`; a token of any other name is taken as that of a sub-account, as its documents mean `bearer`.
 */
export function readSecurity(
  document: JsonObject,
  operation: JsonObject,
  references: References,
  problems: Problems,
): Security {
  const declared = operation['security'] ?? document['security'];
  const alternatives = listOf(declared).filter(isObject);
  if (declared === undefined)
    return { access: ['Sub-Account'], accessSource: 'by service', oauthTokenOnly: false, scopes: [] };
  const schemes = alternatives.flatMap((one) => Object.entries(one));
  const components = isObject(document['components']) ? document['components'] : {};
  const known = isObject(components['securitySchemes']) ? components['securitySchemes'] : {};
  const tokens = schemes.filter(([name]) => {
    const isToken = takesToken(references.follow(known[name]));
    if (!isToken)
      problems.add(`security scheme ${name}`, 'It takes no token; what it asks for is added by hand.');
    return isToken;
  });
  const levels = tokens.map(([name]): AccessLevel =>
    /agency|company/i.test(name) ? 'Agency' : 'Sub-Account',
  );
  const scopes = tokens.flatMap(([, list]) => listOf(list));
  return {
    // In the order the built-in operations have.
    access: (['Sub-Account', 'Agency'] as const).filter((level) => levels.includes(level)),
    accessSource: 'declared',
    oauthTokenOnly: tokens.some(([name]) => name.endsWith('-Only')),
    scopes: [...new Set(scopes.filter((scope): scope is string => typeof scope === 'string'))],
  };
}

/** A scheme that is not declared is taken as a token: its name alone is known. */
function takesToken(scheme: unknown): boolean {
  if (!isObject(scheme)) return true;
  const { type, scheme: kind } = scheme;
  if (type === 'http') return String(kind).toLowerCase() !== 'basic';
  return type === 'oauth2' || type === 'openIdConnect';
}
