/** Which paths of the ingress belong to which profile. */
import { AppError } from '../../../shared/model/app-error.ts';
import { answerRule, routePath, type Profile, type Route } from '../../../shared/model/profile.ts';
import type { IngressRoute } from '../ingress/types.ts';

/** Free of the words HighLevel refuses in redirect URLs of white-label apps (HighLevel docs: Marketplace app settings). */
export const defaultCallbackPath = '/oauth/callback';
export const defaultWebhookPath = '/webhooks';

export type RouteChanges = {
  readonly routes?: readonly Route[] | undefined;
  readonly callbackPath?: string | undefined;
  readonly webhookPath?: string | undefined;
};

/** The path where a profile's routes of a kind begin. */
export const pathOf = (profile: Pick<Profile, 'routes'>, kind: 'callback' | 'webhook'): string =>
  profile.routes.find((route) => route.kind === kind)?.path ??
  (kind === 'callback' ? defaultCallbackPath : defaultWebhookPath);

/** The path of a redirect URL, so that an app's existing route works unchanged; undefined where it cannot be a route. */
export function callbackPathOf(redirectUrl: string | null | undefined): string | undefined {
  if (redirectUrl === null || redirectUrl === undefined || !URL.canParse(redirectUrl)) return undefined;
  const result = routePath.safeParse(new URL(redirectUrl).pathname);
  return result.success && result.data !== '/' ? result.data : undefined;
}

/**
 * The routes of a profile after a change. Each profile has one callback and at least one webhook route; the first
 * profile gets `/webhooks`, further ones `/webhooks/<profile>`. Callbacks may share a path: `state` tells them apart.
 *
 * @throws AppError `conflict` when a path belongs to another profile or to another kind of route.
 */
export function routesOf(
  id: string,
  present: readonly Route[],
  changes: RouteChanges,
  others: readonly Profile[],
): Route[] {
  const routes = [...(changes.routes ?? present)];
  setPath(routes, 'callback', changes.callbackPath, defaultCallbackPath);
  const free = !others.some((other) => other.routes.some(({ path }) => path === defaultWebhookPath));
  setPath(routes, 'webhook', changes.webhookPath, free ? defaultWebhookPath : `${defaultWebhookPath}/${id}`);
  requireDistinct(routes);
  requireUnclaimed(routes, others);
  return routes;
}

/**
 * Routes like those of another profile or of a file, on paths that are free: callbacks may share theirs, every other
 * path that is taken gets the profile's id behind it.
 */
export function freeRoutes(id: string, wanted: readonly Route[], others: readonly Profile[]): Route[] {
  const taken = new Set(
    others.flatMap(({ routes }) => routes.filter(({ kind }) => kind !== 'callback').map(({ path }) => path)),
  );
  const callbacks = new Set(
    others.flatMap(({ routes }) => routes.filter(({ kind }) => kind === 'callback').map(({ path }) => path)),
  );
  const moved = wanted.map((route) => {
    const free = !taken.has(route.path) && (route.kind === 'callback' || !callbacks.has(route.path));
    return free ? route : { ...route, path: `${route.path.replace(/\/+$/, '')}/${id}` };
  });
  return routesOf(id, moved, {}, others);
}

function setPath(routes: Route[], kind: Route['kind'], path: string | undefined, fallback: string): void {
  const index = routes.findIndex((route) => route.kind === kind);
  const present = routes[index];
  if (present === undefined) routes.push({ kind, path: path ?? fallback });
  else if (path !== undefined) routes[index] = { ...present, path };
}

function requireDistinct(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const { path } of routes) {
    if (seen.has(path)) throw new AppError('conflict', `Two routes of this profile have the path ${path}.`);
    seen.add(path);
  }
}

function requireUnclaimed(routes: readonly Route[], others: readonly Profile[]): void {
  for (const { kind, path } of routes) {
    const owner = others.find((other) =>
      other.routes.some(
        (route) => route.path === path && !(kind === 'callback' && route.kind === 'callback'),
      ),
    );
    if (owner !== undefined) {
      throw new AppError('conflict', `The path ${path} belongs to the profile "${owner.name}".`, {
        remedy: 'Choose another path.',
      });
    }
  }
}

/**
 * The ingress' route table. A callback path that several profiles share belongs to nobody until `state` tells; the
 * default paths are there even before there is a profile.
 */
export function ingressRoutes(profiles: readonly Profile[]): IngressRoute[] {
  const table = new Map<string, IngressRoute>();
  for (const { id, routes } of profiles) {
    for (const { kind, path, answer } of routes) {
      const shared = table.has(path);
      table.set(path, { profileId: shared ? null : id, kind, path, answer: answer ?? answerRule.parse({}) });
    }
  }
  const defaults = [
    ['callback', defaultCallbackPath],
    ['webhook', defaultWebhookPath],
  ] as const;
  for (const [kind, path] of defaults) {
    if (!table.has(path)) table.set(path, { profileId: null, kind, path, answer: answerRule.parse({}) });
  }
  return [...table.values()];
}
