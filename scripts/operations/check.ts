import { isPublishedVersion } from '../../src/shared/highlevel/versions.ts';
import type { Operation } from '../../src/shared/highlevel/operations/operation.ts';

/** Every operation of the v2 set that the client and the tables of facts hold, and every v3-only one. */
export const fewest: Readonly<Record<Operation['set'], number>> = { v2: 570, v3: 80 };

/** HighLevel declares no Version for anything of these; looked at, they take that of most services. */
const silent: ReadonlySet<string> = new Set(['Files', 'Store']);

/**
 * Holds operations against what the request builder needs of each: a `Version` HighLevel publishes, and who may call
 * it. Either is declared for the operation, or follows from the others of its service; `none` is a declaration too.
 *
 * @throws Error naming every operation that lacks one, or the set that is too small
 */
export function checkOperations(operations: readonly Operation[], least = fewest): void {
  const known = {
    version: servicesThat(operations, ({ versionSource }) => versionSource === 'declared'),
    access: servicesThat(operations, ({ accessSource }) => accessSource === 'declared'),
  };
  const complaints = [
    ...named(
      'no Version',
      operations.filter((operation) => lacksVersion(operation, known.version)),
    ),
    ...named(
      'a Version that HighLevel does not publish',
      operations.filter(({ version }) => version !== null && !isPublishedVersion(version)),
    ),
    ...named(
      'no access',
      operations.filter((operation) => lacksAccess(operation, known.access)),
    ),
    ...(['v2', 'v3'] as const).flatMap((set) => {
      const count = operations.filter((operation) => operation.set === set).length;
      return count < least[set]
        ? [`only ${count} operations of ${set}, at least ${least[set]} are expected`]
        : [];
    }),
  ];
  if (complaints.length > 0) throw new Error(complaints.join('; '));
}

type Known = ReadonlySet<string>;

/** What exists only since `v3` follows no rule of the versions before it. */
function lacksVersion({ versionSource, version, set, service }: Operation, known: Known): boolean {
  if (versionSource === 'declared') return false;
  return version === null || set === 'v3' || !(known.has(service) || silent.has(service));
}

function lacksAccess({ accessSource, access, service }: Operation, known: Known): boolean {
  return accessSource === 'by service' && (access.length === 0 || !known.has(service));
}

function servicesThat(operations: readonly Operation[], holds: (operation: Operation) => boolean): Known {
  return new Set(operations.filter(holds).map(({ service }) => service));
}

function named(what: string, operations: readonly Operation[]): string[] {
  if (operations.length === 0) return [];
  const names = operations.map(({ id, method, path }) => `${id} (${method} ${path})`);
  return [`${what}: ${names.join(', ')}`];
}
