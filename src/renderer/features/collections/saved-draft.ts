/** The form's draft as a saved request, and back. */
import type * as z from 'zod';
import type { SavedRequest, savedRequest } from '../../../shared/model/collection.ts';
import { profileId } from '../../../shared/model/ids.ts';
import { captureRow, rowOfCheck } from '../variables/tests-of-draft.ts';
import { draft, pair, toRequest, type Draft, type Pair } from '../requests/draft.ts';

export type ToSave = z.input<typeof savedRequest>;

/** A saved request belongs to no app; what is made with this is thrown away. */
const anyApp = profileId.parse('any');

/** @param former what the form was filled from: the parts of it that the form does not show are kept */
export function savedOf(written: Draft, former: SavedRequest | null): ToSave {
  const { profileId: _app, tokenId: _token, ...request } = toRequest(written, anyApp);
  const hasParts = written.bodyKind === 'form' || written.bodyKind === 'multipart';
  return {
    // The sub-account it is about has no place in the form.
    locationId: former?.locationId ?? null,
    ...request,
    query: worthKeeping(written.query).map(asSaved),
    headers: worthKeeping(written.headers).map(asSaved),
    parts: hasParts ? worthKeeping(written.parts).map((one) => ({ ...asSaved(one), file: one.file })) : [],
  };
}

/** The form filled in with it; the token stays as it is chosen. */
export function draftOfSaved(saved: SavedRequest): Draft {
  const { query, headers, parts, body, bodyKind, captures, checks, ...rest } = saved;
  return {
    ...draft.get(),
    ...rest,
    query: query.map(asPair),
    headers: headers.map(asPair),
    parts: parts.map((one) => ({ ...asPair(one), file: one.file })),
    bodyKind: bodyKind ?? (body === null ? 'none' : 'json'),
    body: body ?? '',
    captures: captures.map(({ variable, path }) => captureRow(variable, path)),
    checks: checks.map(rowOfCheck),
  };
}

const asPair = ({ name, value, on }: SavedRequest['query'][number]): Pair => pair(name, value, on);

/** An operation's optional parameters are listed, switched off and empty: those are not worth keeping. */
function worthKeeping(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.filter(({ name, value, on }) => name.trim() !== '' && (on || value !== ''));
}

const asSaved = ({ name, value, on }: Pair) => ({ name: name.trim(), value, on });
