/** Tokens as a tree: each agency with the locations minted from it, then the rest. */
import type { TokenSummary } from '../../../shared/model/token.ts';

export type TokenBranch = { readonly token: TokenSummary; readonly depth: 0 | 1 };

export function tokenTree(tokens: readonly TokenSummary[]): readonly TokenBranch[] {
  const companies = tokens.filter((token) => token.userType === 'Company');
  const below = (company: TokenSummary): readonly TokenSummary[] =>
    tokens.filter(
      (token) =>
        token.userType === 'Location' &&
        (token.mintedFrom === company.id ||
          (token.mintedFrom === null &&
            token.profileId === company.profileId &&
            token.companyId === company.companyId)),
    );
  const placed = new Set<string>();
  const branches: TokenBranch[] = [];
  for (const company of companies) {
    branches.push({ token: company, depth: 0 });
    placed.add(company.id);
    for (const location of below(company)) {
      if (placed.has(location.id)) continue;
      placed.add(location.id);
      branches.push({ token: location, depth: 1 });
    }
  }
  for (const token of tokens) if (!placed.has(token.id)) branches.push({ token, depth: 0 });
  return branches;
}

export const tokenName = (token: TokenSummary): string =>
  token.label ?? token.locationId ?? token.companyId ?? token.id;

/** A private integration token: no refresh, no install behind it, rotated by hand. */
export function isPrivate({ source }: TokenSummary): boolean {
  const kind: string = source;
  return kind === 'pit';
}
