/** The requests of a collection, a folder or one request, sent one after the other below the rate limit. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { Collection, CollectionItem } from '../../../shared/model/collection.ts';
import type {
  CollectionRunStart,
  CollectionRunStep,
  RunRequestResult,
} from '../../../shared/model/collection-run.ts';
import type { RequestDraft } from '../../../shared/model/request.ts';
import { exchangeId } from '../../../shared/model/ids.ts';
import type { Requests } from '../services.ts';
import { draftOf } from './saved-draft.ts';
import type { Collections } from './types.ts';

export type CollectionRunDeps = {
  readonly collections: Pick<Collections, 'get' | 'read'>;
  readonly requests: Pick<Requests, 'send'>;
  readonly now: () => number;
};

/**
 * Each step as it happens; `end` comes last. What an answer sets is there for the requests after it. Closing it, or
 * aborting the signal, cancels the request under way.
 *
 * @throws AppError `not_found` for what is not there, `bad_input` where there is nothing to send
 */
export async function* runCollection(
  { collections, requests, now }: CollectionRunDeps,
  start: CollectionRunStart,
  signal?: AbortSignal,
): AsyncGenerator<CollectionRunStep, void> {
  const items = chosenItems(await collections.get(start.collection), start.path);
  yield { kind: 'start', requests: items.map(({ path, name, method }) => ({ path, name, method })) };
  const closed = new AbortController();
  const stop = signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal]);
  const values = new Map(start.values.map(({ name, value }) => [name, value]));
  let passed = 0;
  let failed = 0;
  try {
    for (const item of items) {
      if (stop.aborted) return;
      const { path } = item;
      yield { kind: 'sending', path };
      const waits: (number | null)[] = [];
      let wake = (): void => {};
      let result: RunRequestResult | null = null;
      const sending = send(item, values, (ms) => {
        waits.push(ms === null ? null : now() + ms);
        wake();
      })
        .then((sent) => {
          result = sent;
        })
        .finally(() => wake());
      // It is awaited below; until then a failure must not count as one that nobody looks at.
      sending.catch(() => undefined);
      for (;;) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const until = waits.shift();
        if (until !== undefined) yield { kind: 'waiting', path, until };
        else if (result === null) await Promise.race([woken, sending]);
        else break;
      }
      const sent: RunRequestResult = result;
      for (const { variable, value } of sent.captured) if (value !== null) values.delete(variable);
      if (sent.ok) passed += 1;
      else failed += 1;
      yield { kind: 'answered', result: sent };
      if (start.bail && failed > 0) break;
    }
    yield { kind: 'end', passed, failed, left: items.length - passed - failed };
  } finally {
    closed.abort();
  }

  async function send(
    { path, name, method, requestPath }: CollectionItem,
    given: ReadonlyMap<string, string>,
    waits: (ms: number | null) => void,
  ): Promise<RunRequestResult> {
    const blank = { path, name, method, requestPath, ok: false, status: null, statusText: '', headers: [] };
    const unsent = { ...blank, timings: null, exchangeId: null, checks: [], captured: [] };
    try {
      const { request } = await collections.read({ collection: start.collection, path });
      const draft: RequestDraft = draftOf(request, start.profileId);
      const { status, explanation, ...rest } = await requests.send(draft, {
        signal: stop,
        pace: { waits },
        values: Object.fromEntries(given),
        ...(start.environment !== null && { environment: start.environment }),
      });
      const { statusText, headers, timings, checks, captured } = rest;
      const isAsExpected = checks.every(({ ok }) => ok) && captured.every(({ problem }) => problem === null);
      return {
        ...blank,
        status,
        statusText,
        headers,
        timings,
        checks,
        captured,
        exchangeId: rest.exchangeId,
        ok: status !== null && isAsExpected,
        sentence: explanation?.sentence ?? null,
        remedy: explanation?.remedy ?? null,
      };
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled' || stop.aborted) throw error;
      const exchange = exchangeId.safeParse(error.exchangeId);
      return {
        ...unsent,
        exchangeId: exchange.success ? exchange.data : null,
        sentence: error.message,
        remedy: error.remedy ?? null,
      };
    }
  }
}

function chosenItems({ items, name, problem }: Collection, path: string): CollectionItem[] {
  if (problem !== null && items.length === 0) throw new AppError('bad_input', problem);
  const inside = items.filter(
    (item) => path === '' || item.path === path || item.path.startsWith(`${path}/`),
  );
  if (inside.length === 0 && path !== '') {
    throw new AppError('not_found', `There is no “${path}” in the collection “${name}”.`);
  }
  const requests = inside.filter(({ kind }) => kind === 'request');
  if (requests.length === 0) {
    throw new AppError('bad_input', `“${path === '' ? name : path}” holds no saved request.`);
  }
  return requests;
}
