import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';
import { hasVariable } from './request-variables.ts';

/** Where a draft names a sub-account by a `locationId` typed out; variables say nothing yet and are left out. */
export type NamedLocations = {
  readonly path: string | null;
  readonly query: readonly string[];
  readonly body: string | null;
};

/** Reads `locationId` (and `altId` where `altType` is `location`) out of path, query and JSON body. */
export function namedLocations(draft: ResolvedRequestDraft, operation: Operation | null): NamedLocations {
  const [pathOnly = '', search = ''] = draft.path.split('?');
  const query = [
    ...new URLSearchParams(search),
    ...draft.query.map(({ name, value }) => [name, value] as const),
  ];
  const ofAlternative = query.some(([name, value]) => name === 'altType' && value === 'location');
  const fromQuery = query.flatMap(([name, value]) =>
    name === 'locationId' || (ofAlternative && name === 'altId') ? [value] : [],
  );
  return {
    path: literal(draft.pathParams['locationId'] ?? inPath(pathOnly, operation)),
    query: fromQuery.filter((value) => literal(value) !== null),
    body: literal(inBody(draft)),
  };
}

/** The sub-account a draft is about; what the developer chose beside it counts first. */
export function wantedLocation(draft: ResolvedRequestDraft, named: NamedLocations): string | null {
  return literal(draft.locationId) ?? named.path ?? named.query[0] ?? named.body;
}

function inPath(path: string, operation: Operation | null): string | null {
  const at = operation?.path.split('/').filter(Boolean).indexOf('{locationId}') ?? -1;
  if (at === -1) return null;
  const segments = path
    .replace(/^https?:\/\/[^/]*/i, '')
    .split('/')
    .filter(Boolean);
  const segment = segments[at];
  return segment === undefined || segment.startsWith('{') ? null : segment;
}

function inBody({ body, bodyKind, parts }: ResolvedRequestDraft): string | null {
  if (bodyKind === 'form' || bodyKind === 'multipart') {
    return parts.find(({ name }) => name === 'locationId')?.value ?? null;
  }
  if (bodyKind === 'binary' || bodyKind === 'none') return null;
  if (body === null || !body.includes('ocationId')) return null;
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('locationId' in value)) return null;
    return typeof value.locationId === 'string' ? value.locationId : null;
  } catch {
    // A body that is not JSON names no sub-account.
    return null;
  }
}

function literal(value: string | null): string | null {
  return value === null || value.trim() === '' || hasVariable(value) ? null : value.trim();
}
