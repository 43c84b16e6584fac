import { parseExact, plainText } from '../../../shared/highlevel/exact-numbers.ts';
import { firstFields, positionFields, type Paging } from '../../../shared/highlevel/paging.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';

/**
 * The request for one page: the draft, with its own position and size replaced.
 *
 * @param fields name the page
 * @throws AppError `bad_input` where the fields belong into a body that is no JSON object
 */
export function pageDraft(
  draft: ResolvedRequestDraft,
  paging: Paging,
  pageSize: number,
  fields: Readonly<Record<string, unknown>>,
): ResolvedRequestDraft {
  const { sizeField, place } = paging;
  // A page of one would hold nothing but the row that it begins with.
  const size = paging.style === 'startAfterDate' ? Math.max(pageSize, 2) : pageSize;
  const sent = { ...(sizeField !== null && { [sizeField]: size }), ...fields };
  const isOurs = (name: string): boolean => positionFields.has(name) || name === sizeField;
  if (place === 'query') {
    const kept = draft.query.filter(({ name }) => !isOurs(name.trim()));
    const added = Object.entries(sent).map(([name, value]) => ({ name, value: plainText(value) }));
    return { ...draft, query: [...kept, ...added] };
  }
  const kept = Object.entries(bodyOf(draft)).filter(([name]) => !isOurs(name));
  return { ...draft, body: JSON.stringify({ ...Object.fromEntries(kept), ...sent }) };
}

function bodyOf({ body }: ResolvedRequestDraft): Record<string, unknown> {
  try {
    const value = parseExact(body === null || body.trim() === '' ? '{}' : body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ...value };
    }
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new AppError('bad_input', 'The body must be a JSON object: its fields name the page.');
}

/** The request for the first page; the draft itself where its answer alone can tell how it pages. */
export function firstDraft(
  draft: ResolvedRequestDraft,
  paging: Paging | null,
  pageSize: number,
): ResolvedRequestDraft {
  return paging === null ? draft : pageDraft(draft, paging, pageSize, firstFields(paging.style));
}

/** Whether the list is asked for from the oldest to the newest. */
export const isAscending = ({ query }: ResolvedRequestDraft): boolean =>
  query.some(({ name, value }) => name === 'sort' && value === 'asc');
