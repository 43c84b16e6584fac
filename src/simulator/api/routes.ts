import type { Contract } from '../../shared/highlevel/operations/shapes/index.ts';
import type { Route } from './match-operation.ts';
import type { Operation, Surface } from './operation.ts';

/**
 * Operations with state of their own come first; whatever else the contracts hold is answered by what `generic` makes of
 * it. A stateful operation takes a contract's place where method, path (names of parameters aside) and surface agree.
 */
export function createRoutes(
  stateful: readonly Operation[],
  contracts: readonly Contract[],
  generic: (contract: Contract) => Operation,
): Route[] {
  const published = new Map<string, Contract[]>();
  for (const contract of contracts) {
    const key = routeKey(contract.method, contract.path);
    published.set(key, [...(published.get(key) ?? []), contract]);
  }
  const played = new Map<string, Operation[]>();
  const routes: Route[] = [];
  for (const operation of stateful) {
    const key = routeKey(operation.method, operation.path);
    played.set(key, [...(played.get(key) ?? []), operation]);
    const contract = published.get(key)?.find((row) => overlaps(row.surface, operation.surface));
    routes.push({ operation, contract });
  }
  for (const [key, rows] of published) {
    for (const contract of rows) {
      const isPlayed = played.get(key)?.some((operation) => covers(operation.surface, contract.surface));
      if (isPlayed !== true) routes.push({ operation: generic(contract), contract });
    }
  }
  return routes;
}

/** `GET /contacts/{}`: equal for paths that differ in the names of their parameters, or in a trailing slash. */
export function routeKey(method: string, path: string): string {
  return `${method} ${path.replace(/\/$/, '').replace(/\{[^}]+\}/g, '{}')}`;
}

function covers(one: Surface, other: Surface): boolean {
  return one === 'every version' || one === other;
}

function overlaps(one: Surface, other: Surface): boolean {
  return covers(one, other) || covers(other, one);
}
