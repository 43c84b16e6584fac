/** What can be told of a list before it is read: how it pages, and what its first page holds. */
import { parseExact } from '../../../shared/highlevel/exact-numbers.ts';
import {
  findRows,
  firstFields,
  listsIn,
  nextFields,
  pagingByAnswer,
  pagingByNames,
  pagingOf,
  rowsAt,
  totalOf,
} from '../../../shared/highlevel/paging.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';
import type { FirstPage, PagingFound } from '../../../shared/model/run.ts';
import type { OperationOf } from '../requests/operation-of.ts';
import { firstDraft, isAscending } from './page-draft.ts';
import { readPage, type ReadPageDeps } from './read-page.ts';

export async function detectPaging(
  draft: ResolvedRequestDraft,
  operationOf: OperationOf,
): Promise<PagingFound> {
  const operation = await operationOf(draft);
  const published = operation === null ? null : pagingOf(operation);
  if (published !== null) return { paging: published, from: 'operation' };
  const query = pagingByNames(
    draft.query.map(({ name }) => name.trim()),
    'query',
  );
  if (query !== null) return { paging: query, from: 'query' };
  const body = pagingByNames(bodyNames(draft.body), 'body');
  return { paging: body, from: body === null ? null : 'body' };
}

function bodyNames(body: string | null): string[] {
  try {
    return Object.keys(Object(parseExact(body ?? '')));
  } catch {
    // A body that is not JSON names no page.
    return [];
  }
}

export type ListChosen = {
  readonly draft: ResolvedRequestDraft;
  readonly paging: PagingFound['paging'];
  readonly pageSize: number;
  /** Null: the longest list. */
  readonly rowsPath: string | null;
};

/** Sends the request for the first page. Rejects with `bad_input` where there is none, and as sending does. */
export async function lookAtList(
  { draft, paging, pageSize, rowsPath: chosen }: ListChosen,
  deps: ReadPageDeps,
  signal: AbortSignal,
): Promise<FirstPage> {
  const sent = firstDraft(draft, paging, pageSize);
  const read = await readPage(deps, sent, signal, () => {});
  if (read.kind !== 'page') {
    const problem =
      read.kind === 'failed' ? read.reason : 'The rate limit is used up for now: look again in a moment.';
    const { exchangeId } = read;
    return { exchangeId, problem, lists: [], rowsPath: null, paging, total: null, next: null };
  }
  const { answer, exchangeId } = read;
  const lists = listsIn(answer).map(({ path, rows }) => ({
    path,
    rows: rows.length,
    first: rows.length === 0 ? null : JSON.stringify(rows[0]).slice(0, 400),
  }));
  const rowsPath = chosen ?? findRows(answer)?.path ?? null;
  const rows = rowsPath === null ? [] : rowsAt(answer, rowsPath);
  const found = paging ?? pagingByAnswer(answer);
  const asked = found === null ? {} : firstFields(found.style);
  const page = { answer, rows, asked, rowsRead: rows.length, ascending: isAscending(draft) };
  const next = found === null ? null : nextFields(found.style, page);
  return {
    exchangeId,
    problem: rowsPath === null ? 'The answer holds no list: name the path of its rows.' : null,
    lists,
    rowsPath,
    paging: found,
    total: totalOf(answer),
    next: next === null ? null : JSON.stringify(next),
  };
}
