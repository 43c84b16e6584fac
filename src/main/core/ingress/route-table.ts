/** Finds the route of a request target. Routes are data. */
import type { Route } from '../../../shared/model/profile.ts';
import { answerOf } from './answer.ts';
import type { Answer } from './answer.ts';
import type { IngressRoute } from './types.ts';

/** A route with its answer made ready to be sent. */
export type ReadyRoute = IngressRoute & { readonly ready: Answer };

export type RouteTable = {
  /** The route of this kind of request on this path; the path alone decides, with or without a trailing slash. */
  find(path: string, wantsCallback: boolean): ReadyRoute | null;
};

/**
 * A path may serve both the callback and webhooks: `wantsCallback` chooses. Where several profiles share a path and
 * kind, the match names no profile, and the exchange is attributed by what its body says.
 */
export function createRouteTable(routes: readonly IngressRoute[]): RouteTable {
  const byPath = new Map<string, ReadyRoute[]>();
  for (const route of routes) {
    const ready = { ...route, ready: answerOf(route.answer) };
    byPath.set(route.path, [...(byPath.get(route.path) ?? []), ready]);
  }

  const pick = (candidates: readonly ReadyRoute[]): ReadyRoute | null => {
    const [first] = candidates;
    if (first === undefined) return null;
    const shared = candidates.some((route) => route.profileId !== first.profileId);
    return shared ? { ...first, profileId: null } : first;
  };

  return {
    find(path, wantsCallback) {
      const exact = byPath.get(path);
      const here = exact ?? byPath.get(withoutSlash(path)) ?? byPath.get(`${path}/`) ?? [];
      const wanted = (kind: Route['kind']): boolean => (kind === 'callback') === wantsCallback;
      const matching = here.filter((route) => wanted(route.kind));
      const kind = matching[0]?.kind;
      return pick(matching.filter((route) => route.kind === kind));
    },
  };
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Path and query of a request target: `/a?b` as sent by clients, `http://host/a?b` as sent to proxies. */
export function targetParts(target: string): { readonly path: string; readonly query: URLSearchParams } {
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target)?.[0] ?? '';
  const rest = target.slice(origin.length);
  const mark = rest.indexOf('?');
  const path = mark === -1 ? rest : rest.slice(0, mark);
  return {
    path: path === '' ? '/' : path,
    query: new URLSearchParams(mark === -1 ? '' : rest.slice(mark + 1)),
  };
}
