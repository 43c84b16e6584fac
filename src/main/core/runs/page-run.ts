/** The pages of one run, one after the other, each kept before the next is asked for. */
import { parseExact } from '../../../shared/highlevel/exact-numbers.ts';
import {
  findRows,
  firstFields,
  nextFields,
  pagingByAnswer,
  rowId,
  rowsAt,
  totalOf,
} from '../../../shared/highlevel/paging.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { ResolvedRequestDraft } from '../../../shared/model/request.ts';
import { newRows } from './new-rows.ts';
import { isAscending, pageDraft } from './page-draft.ts';
import { readPage, type PageAnswer, type ReadPageDeps } from './read-page.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunRecord } from './run-record.ts';

export type PageRunDeps = ReadPageDeps & {
  readonly folder: Pick<RunFolder, 'append' | 'rows'>;
  /** Resolves early, without an error, once the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type PageRunControl = {
  readonly signal: AbortSignal;
  /** Stops it between two pages. */
  readonly isPausing: () => boolean;
  /** Called with each new state of affairs; resolves when it is durable. */
  readonly keep: (record: RunRecord) => Promise<void>;
  /** Until when it waits, ms since the epoch; null while it does not. Not kept. */
  readonly waits: (until: number | null) => void;
};

export type PageRunEnd = { readonly state: 'done' | 'paused' | 'failed'; readonly reason: string | null };

/** @returns how it ended; null when the signal was aborted, with whole pages kept alone */
export async function runPages(
  start: RunRecord,
  deps: PageRunDeps,
  control: PageRunControl,
): Promise<PageRunEnd | null> {
  let record = start;
  const seen = await idsOf(record, deps.folder);
  for (;;) {
    if (control.signal.aborted) return null;
    if (control.isPausing()) return { state: 'paused', reason: null };
    const read = await readPage(deps, nextDraft(record), control.signal, (ms) =>
      control.waits(ms === null ? null : deps.now() + ms),
    );
    if (read.kind === 'failed') return { state: 'failed', reason: read.reason };
    if (read.kind === 'wait') {
      await rest(read.ms, deps, control);
      continue;
    }
    const step = takePage(record, read, seen);
    const rowsBytes = await deps.folder.append(record, step.lines);
    record = { ...step.record, rowsBytes };
    record = { ...record, run: { ...record.run, updatedAt: deps.now() } };
    await control.keep(record);
    if (step.end !== null) return step.end;
  }
}

async function rest(
  ms: number,
  { wait, now }: PageRunDeps,
  { signal, waits }: PageRunControl,
): Promise<void> {
  if (ms <= 0) return;
  waits(now() + ms);
  await wait(ms, signal);
  waits(null);
}

async function idsOf(record: RunRecord, folder: Pick<RunFolder, 'rows'>): Promise<Set<string>> {
  const seen = new Set<string>();
  for await (const line of folder.rows(record)) {
    const id = rowId(parseExact(line));
    if (id !== null) seen.add(id);
  }
  return seen;
}

function nextDraft({ draft, paging, pageSize, next }: RunRecord): ResolvedRequestDraft {
  return paging === null ? draft : pageDraft(draft, paging, pageSize, next);
}

type Step = {
  readonly record: RunRecord;
  readonly lines: readonly string[];
  readonly end: PageRunEnd | null;
};

/** What a page adds to a run. Puts its ids among those seen. */
function takePage(record: RunRecord, page: PageAnswer & { kind: 'page' }, seen: Set<string>): Step {
  const { answer, exchangeId } = page;
  const found = record.rowsPath === null ? findRows(answer) : null;
  const rowsPath = record.rowsPath ?? found?.path ?? null;
  const rows = rowsPath === null ? [] : rowsAt(answer, rowsPath);
  const paging = record.paging ?? pagingByAnswer(answer);
  // Only a page that begins after a date reaches back, by its milliseconds.
  const overlaps = paging?.style === 'startAfterDate';
  const { lines, hashes, unidentified } = newRows(rows, seen, record.lastRows, overlaps);
  const { run } = record;
  const kept = {
    ...record,
    // A list of which the first page says nothing may be found on none: it is looked for on each.
    rowsPath,
    rowsRead: record.rowsRead + rows.length,
    lastRows: [...hashes],
    run: {
      ...run,
      exchangeId,
      pages: run.pages + 1,
      rows: run.rows + lines.length,
      repeated: run.repeated + rows.length - lines.length,
      unidentified: run.unidentified + unidentified,
      total: totalOf(answer) ?? run.total,
    },
  };
  const done = (reason: string | null = null): Step => ({
    record: kept,
    lines,
    end: { state: 'done', reason },
  });
  if (rowsPath === null) {
    const end = { state: 'failed', reason: 'The answer holds no list: name the path of its rows.' } as const;
    return { record, lines: [], end };
  }
  if (paging === null) return done('The answer names no further page, so this is the whole list.');
  const isShort = rows.length < record.pageSize;
  const asked = { ...firstFields(paging.style), ...record.next };
  const ascending = isAscending(record.draft);
  const next = nextFields(paging.style, { answer, rows, asked, rowsRead: kept.rowsRead, ascending });
  const going = { ...kept, paging, next: next ?? {}, run: { ...kept.run, paging } };
  const ended: Step = { record: going, lines, end: { state: 'done', reason: null } };
  if (next === null) return ended;
  const { total } = going.run;
  if (isShort && total !== null && going.run.rows >= total) return ended;
  if (lines.length === 0 || hashes.join() === record.lastRows.join()) {
    // The page that reaches back over its date ends with what is known already.
    if (paging.style === 'startAfterDate' && isShort) return ended;
    const reason = `Page ${going.run.pages} holds nothing but rows that came before: the list does not page by ${paging.style}.`;
    return { record, lines: [], end: { state: 'failed', reason } };
  }
  return { record: going, lines, end: null };
}

/** @throws AppError `bad_input` for a draft that no page can be asked for with */
export function checkDraft(record: RunRecord): void {
  if (record.draft.bodyKind === 'multipart' || record.draft.bodyKind === 'binary') {
    throw new AppError(
      'bad_input',
      `A body of the kind "${record.draft.bodyKind}" cannot be sent page by page.`,
    );
  }
  nextDraft(record);
}
