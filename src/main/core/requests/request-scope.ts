/** What a draft is about, and what fills it in once a token is chosen. */
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { TokenService } from '../oauth/create-tokens.ts';
import type { Profiles, SendOptions } from '../services.ts';
import type { Environments, Place, VariableScope } from '../variables/types.ts';
import { chooseToken, tokenOf, type TokenChoice } from './choose-token.ts';
import { builtInOperationOf, type OperationOf } from './operation-of.ts';
import { namedLocations, wantedLocation, type NamedLocations } from './request-location.ts';
import { createVariables, factsOf, valuesOfCall, type Variables } from './request-variables.ts';

export type RequestScopeDeps = {
  readonly tokens: Pick<TokenService, 'list'>;
  readonly profiles: Pick<Profiles, 'get'>;
  readonly environments: Pick<Environments, 'scope'>;
  /** Left out: among the operations that are built in. */
  readonly operationOf?: OperationOf;
  readonly now: () => number;
};

export type RequestScope = {
  readonly profile: Profile;
  readonly operation: Operation | null;
  readonly named: NamedLocations;
  /** Throws as `chooseToken` does. */
  readonly choose: () => TokenChoice;
  readonly variablesFor: (token: TokenSummary | null) => Variables;
  /** Where captured values go. */
  readonly place: Place;
};

export async function requestScope(
  draft: ResolvedRequestDraft,
  { values = {}, row = {}, environment }: Pick<SendOptions, 'values' | 'row' | 'environment'>,
  { tokens, profiles, environments, operationOf = builtInOperationOf, now }: RequestScopeDeps,
): Promise<RequestScope> {
  const profile = profiles.get(draft.profileId);
  const operation = await operationOf(draft);
  const scope: VariableScope = await environments.scope(draft.profileId, environment);
  const own = [...valuesOfCall(row, 'row'), ...valuesOfCall(values), ...scope.variables];
  const variablesWith = (facts: typeof own): Variables =>
    createVariables([...own, ...facts], { now, problem: scope.problem });
  const settled = variablesWith([]);
  const named = namedLocations(draft, operation, settled);
  const locationId = wantedLocation(draft, named, settled);
  const choose = (): TokenChoice =>
    chooseToken({
      profileId: draft.profileId,
      tokens: tokens.list(draft.profileId),
      tokenId: draft.tokenId,
      operation,
      locationId,
    });
  const variablesFor = (token: TokenSummary | null): Variables =>
    variablesWith(factsOf(profile, token, locationId));
  const place: Place = { profileId: draft.profileId, environmentId: scope.environmentId };
  return { profile, operation, named, choose, variablesFor, place };
}

/** The token the variables are read from; none where it takes a choice first. */
export function tokenOrNone(choose: RequestScope['choose']): TokenSummary | null {
  try {
    return tokenOf(choose());
  } catch {
    return null;
  }
}
