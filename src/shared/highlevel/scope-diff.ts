import { liveName } from './scope-catalogue.ts';

/** Three lists of scopes to compare; null where a list is not known (no token yet, no call recorded). */
export type ScopeLists = {
  /** What the install link asks for. */
  readonly link: readonly string[];
  /** What the token was granted. */
  readonly token: readonly string[] | null;
  /** What the calls made so far needed. */
  readonly needed: readonly string[] | null;
};

export const scopeStates = ['ok', 'missing', 'not-granted', 'not-requested', 'unused', 'extra'] as const;
/**
 * `missing`: needed, neither asked for nor granted. `not-granted`: asked for, but the token lacks it. `not-requested`:
 * granted and needed, but the link does not ask for it. `extra`: granted, neither asked for nor needed. `unused`: asked
 * for and granted, no call needed it.
 */
export type ScopeState = (typeof scopeStates)[number];

export type ScopeDifference = {
  name: string;
  inLink: boolean;
  /** Null where there is no token. */
  onToken: boolean | null;
  /** Null where no call is known. */
  needed: boolean | null;
  state: ScopeState;
  /** What it means and what to do, one sentence. */
  sentence: string;
};

/**
 * Compares what an install link asks for, what its token was granted and what calls needed: one row a scope, those that
 * need something done first. Two spellings of one scope are one row, under the name the link uses where it has it.
 */
export function diffScopes({ link, token, needed }: ScopeLists): ScopeDifference[] {
  const names = new Map<string, string>();
  for (const name of [...link, ...(token ?? []), ...(needed ?? [])]) {
    if (!names.has(liveName(name))) names.set(liveName(name), name);
  }
  const [asked, granted, used] = [link, token ?? [], needed ?? []].map((list) => new Set(list.map(liveName)));
  const rows = [...names].map(([live, name]) => {
    const inLink = asked?.has(live) === true;
    const onToken = token === null ? null : granted?.has(live) === true;
    const isNeeded = needed === null ? null : used?.has(live) === true;
    const state = stateOf(inLink, onToken, isNeeded);
    return { name, inLink, onToken, needed: isNeeded, state, sentence: sentenceOf(state, name, onToken) };
  });
  const rank = ({ state }: ScopeDifference) => order.indexOf(state);
  return rows.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

const order: readonly ScopeState[] = ['missing', 'not-granted', 'not-requested', 'extra', 'unused', 'ok'];

function stateOf(inLink: boolean, onToken: boolean | null, needed: boolean | null): ScopeState {
  if (inLink) {
    if (onToken === false) return 'not-granted';
    return needed === false ? 'unused' : 'ok';
  }
  if (needed === true) return onToken === true ? 'not-requested' : 'missing';
  return 'extra';
}

function sentenceOf(state: ScopeState, name: string, onToken: boolean | null): string {
  switch (state) {
    case 'missing':
      return `Calls needed ${name}, but the link does not ask for it: save it on the app version, add it to the link and install again.`;
    case 'not-granted':
      return `The link asks for ${name}, but the token was not granted it: install again, or check that the app version has it.`;
    case 'not-requested':
      return `The token has ${name} and calls need it, but the link no longer asks for it: the next install loses it.`;
    case 'extra':
      return `The token has ${name}, but the link does not ask for it and no call needed it.`;
    case 'unused':
      return `No call so far needed ${name}; webhooks may, and reviewers ask for the fewest scopes.`;
    case 'ok':
      return onToken === null
        ? `The link asks for ${name}; there is no token yet.`
        : `Asked for and granted: ${name}.`;
  }
}
