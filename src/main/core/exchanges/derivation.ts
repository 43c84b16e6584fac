/** The deriving worker's work and its order: questions, then facts, then the text index. */
import type { DatabaseSync } from 'node:sqlite';
import type { ExchangePageQuery } from '../../../shared/model/exchange.ts';
import { dataFolder } from './data-folder.ts';
import { storeFailure } from './database-errors.ts';
import { isDamage, isIntact, openDerivedDatabase, rebuild } from './derived-database.ts';
import { createRelationQueries } from '../relations/relation-queries.ts';
import type { RelationQueries } from '../relations/relation-queries.ts';
import { createExchangeQueries } from './exchange-queries.ts';
import type { ExchangeQueries } from './exchange-queries.ts';
import { createFactDeriver } from './fact-deriver.ts';
import type { FactDeriver } from './fact-deriver.ts';
import type { FromDerive, ReadRequest } from './messages.ts';
import { createRetentionPreview } from './retention-preview.ts';
import { createReviser } from './reviser.ts';
import type { Reviser } from './reviser.ts';
import { lowerThreadPriority } from './thread-priority.ts';
import { createTextIndexer } from './text-indexer.ts';
import type { TextIndexer } from './text-indexer.ts';
import type { DerivationContext } from './types.ts';

export type Derivation = {
  /** The log may have grown. */
  advance(): void;
  /** Notes may have changed, or exchanges be gone. */
  revised(): void;
  /** Revisions followed so far. */
  followed(): number;
  setContext(context: DerivationContext): void;
  read(request: ReadRequest): void;
  close(): void;
};

/** One slice of work; questions wait at most this long behind it. */
const SLICE_MS = 6;

/**
 * While captures come faster than facts can be derived, their acknowledgement has the processor for this long. Not needed
 * where this thread gives way by its priority.
 */
const FACTS_PAUSE_MS = 8;

/** While captures keep coming, the index leaves the processor to them for this long between two slices. */
const INDEX_PAUSE_MS = 24;

/** Captures are "coming" when the last one is younger than this. */
const BUSY_MS = 100;

/** A search waits for the index to reach the present end, but no longer than this. */
const SEARCH_WAIT_MS = 1500;

/** Questions that wait while nothing moves (a full disk) are looked at again after this long. */
const RETRY_MS = 50;

type Opened = {
  readonly db: DatabaseSync;
  readonly queries: ExchangeQueries;
  readonly relations: RelationQueries;
  readonly facts: FactDeriver;
  readonly index: TextIndexer;
  readonly reviser: Reviser;
};

/** A question that waits until facts or the index have come this far, and followed the revisions this far. */
type Waiting = {
  readonly request: ReadRequest;
  readonly seq: number;
  /** The last of the answers that came late. */
  readonly completion: number;
  readonly revision: number;
  readonly for: 'facts' | 'search';
  readonly deadline: number;
};

export function createDerivation(
  dataDir: string,
  tell: (message: FromDerive, transfer?: ArrayBuffer[]) => void,
): Derivation {
  const { bodies } = dataFolder(dataDir);
  const equip = (db: DatabaseSync): Opened => {
    const index = createTextIndexer(db, bodies);
    return {
      db,
      queries: createExchangeQueries(db, bodies),
      relations: createRelationQueries(db),
      facts: createFactDeriver(db, bodies),
      index,
      reviser: createReviser(db, index),
    };
  };
  const yields = lowerThreadPriority();
  let opened = equip(openDerivedDatabase(dataDir));
  let context: DerivationContext | null = null;
  let waiting: Waiting[] = [];
  let scheduled: NodeJS.Immediate | null = null;
  let pause: NodeJS.Timeout | null = null;
  let lastCapture = -Infinity;
  let failures = 0;

  const answer = (request: ReadRequest): void => {
    const { ticket } = request;
    try {
      const { queries, relations } = opened;
      if (request.name === 'preview') {
        preview(request);
        return;
      }
      if (request.name === 'body') {
        const slice = queries.body(request.query);
        const bytes = new Uint8Array(slice.bytes);
        tell({ kind: 'answer', ticket, value: { bytes, totalBytes: slice.totalBytes } }, [bytes.buffer]);
        return;
      }
      tell({ kind: 'answer', ticket, value: plainAnswer(queries, relations, request) });
    } catch (error) {
      recover(error);
      tell({ kind: 'failure', ticket, failure: storeFailure(error) });
    }
  };

  /** Slice by slice, so that other questions are answered in between. */
  const preview = (request: Extract<ReadRequest, { name: 'preview' }>): void => {
    const { ticket } = request;
    const step = createRetentionPreview(opened.db, request.query);
    const next = (): void => {
      try {
        const value = step();
        if (value === null) setImmediate(next);
        else tell({ kind: 'answer', ticket, value });
      } catch (error) {
        tell({ kind: 'failure', ticket, failure: storeFailure(error) });
      }
    };
    next();
  };

  /** A damaged derived database is built anew; a damaged log is reported and left alone. */
  const recover = (error: unknown): void => {
    if (!isDamage(error) || isIntact(opened.db)) return;
    tell({
      kind: 'log',
      level: 'warn',
      message: 'The derived database was damaged and is built anew',
      fields: {},
    });
    opened.db.close();
    opened = equip(rebuild(dataDir));
    if (context !== null) opened.facts.setContext(context);
    wake();
  };

  const serveWaiting = (): void => {
    if (waiting.length === 0) return;
    const now = performance.now();
    const { facts, index, reviser } = opened;
    const ready = (each: Waiting): boolean => {
      const followed = reviser.followed() >= each.revision;
      if (each.for === 'facts') {
        return facts.derivedUntil() >= each.seq && !facts.rederiving() && followed;
      }
      const indexed = index.indexedUntil() >= each.seq && index.completedUntil() >= each.completion;
      return (indexed && followed) || now > each.deadline;
    };
    const due = waiting.filter(ready);
    if (due.length === 0) return;
    waiting = waiting.filter((each) => !due.includes(each));
    for (const each of due) answer(each.request);
  };

  const capturing = (): boolean => performance.now() - lastCapture < BUSY_MS;

  /** Returns true when there may be more to do. */
  const work = (): boolean => {
    const started = performance.now();
    const touched = opened.facts.step(SLICE_MS);
    if (touched !== null) {
      tell({ kind: 'touched', from: touched });
      const behind = performance.now() - started >= SLICE_MS;
      if (!behind || yields || !capturing()) return true;
      wakeIn(FACTS_PAUSE_MS);
      return false;
    }
    const searching = waiting.some((each) => each.for === 'search');
    if (!searching && capturing() && pause !== null) return false;
    const worked = opened.reviser.step(SLICE_MS) || opened.index.step(SLICE_MS, opened.facts.derivedUntil());
    if (!worked || searching || !capturing()) return worked;
    wakeIn(INDEX_PAUSE_MS);
    return false;
  };

  const turn = (): void => {
    scheduled = null;
    let more = false;
    try {
      more = work();
      failures = 0;
    } catch (error) {
      recover(error);
      report(error);
    }
    serveWaiting();
    if (more) wake();
    else if (waiting.length > 0) wakeIn(RETRY_MS);
  };

  /** What cannot be derived now (a full disk) is tried again with the next capture; the captures themselves are safe. */
  const report = (error: unknown): void => {
    failures += 1;
    if (failures > 1) return;
    const fields = { cause: error instanceof Error ? error.message : String(error) };
    tell({ kind: 'log', level: 'error', message: 'Facts could not be derived', fields });
  };

  const wake = (): void => {
    scheduled ??= setImmediate(turn);
  };

  const wakeIn = (ms: number): void => {
    pause ??= setTimeout(() => {
      pause = null;
      wake();
    }, ms);
  };

  return {
    advance() {
      lastCapture = performance.now();
      if (pause === null) wake();
    },
    revised: () => wake(),
    followed: () => opened.reviser.followed(),
    setContext(given) {
      context = given;
      opened.facts.setContext(given);
      wake();
    },
    read(request) {
      const search =
        (request.name === 'page' || request.name === 'count' || request.name === 'selection') &&
        asksForText(request.query);
      if (request.name !== 'settled' && !search) {
        answer(request);
        return;
      }
      const deadline = performance.now() + SEARCH_WAIT_MS;
      const { queries, index, reviser } = opened;
      waiting.push({
        request,
        seq: queries.endSeq(),
        completion: index.lastCompletion(),
        revision: reviser.newest(),
        for: search ? 'search' : 'facts',
        deadline,
      });
      wake();
    },
    close() {
      if (scheduled !== null) clearImmediate(scheduled);
      if (pause !== null) clearTimeout(pause);
      opened.db.close();
    },
  };
}

function asksForText({ search, terms, paths, except }: ExchangePageQuery): boolean {
  return (
    (search ?? '').trim() !== '' || [terms, paths, except?.terms].some((given) => (given ?? []).length > 0)
  );
}

function plainAnswer(
  queries: ExchangeQueries,
  relations: RelationQueries,
  request: Exclude<ReadRequest, { name: 'body' | 'preview' }>,
): unknown {
  switch (request.name) {
    case 'page':
      return queries.page(request.query);
    case 'count':
      return queries.count(request.query);
    case 'get':
      return queries.get(request.query);
    case 'related':
      return relations.related(request.query);
    case 'consequences':
      return relations.consequences(request.query);
    case 'timeline':
      return relations.timeline(request.query);
    case 'locate':
      return queries.locate(request.query);
    case 'matching':
      return queries.matching(request.query);
    case 'selection':
      return queries.selection(request.query);
    case 'deletions':
      return queries.deletions(request.query.now);
    case 'retention':
      return queries.retention();
    case 'settled':
      return null;
  }
}
