import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';
import { fillIfKnown, type Variables } from './request-variables.ts';

/** Where a draft names a sub-account by a `locationId`. What stands for one before a token is chosen counts, no more. */
export type NamedLocations = {
  readonly path: string | null;
  readonly query: readonly string[];
  readonly body: string | null;
};

/**
 * Reads `locationId` (and `altId` where `altType` is `location`) out of path, query and JSON body.
 *
 * @param variables those that do not depend on the token
 */
export function namedLocations(
  draft: ResolvedRequestDraft,
  operation: Operation | null,
  variables: Variables,
): NamedLocations {
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
    path: literal(draft.pathParams['locationId'] ?? inPath(pathOnly, operation), variables),
    query: fromQuery.map((value) => literal(value, variables)).filter((value) => value !== null),
    body: literal(inBody(draft), variables),
  };
}

/** The sub-account a draft is about: chosen beside it, named in it, or else a variable `locationId`. */
export function wantedLocation(
  draft: ResolvedRequestDraft,
  named: NamedLocations,
  variables: Variables,
): string | null {
  const asked = literal(draft.locationId, variables) ?? named.path ?? named.query[0] ?? named.body;
  return asked ?? literal('{{locationId}}', variables);
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

function literal(value: string | null, variables: Variables): string | null {
  const filled = value === null ? '' : (fillIfKnown(value, variables) ?? '').trim();
  return filled === '' ? null : filled;
}
