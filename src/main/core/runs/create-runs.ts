import { firstFields } from '../../../shared/highlevel/paging.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import { requestDraft } from '../../../shared/model/request.ts';
import { runId, runStart, type Run, type RunId } from '../../../shared/model/run.ts';
import { createUuidV7 } from '../exchanges/uuid-v7.ts';
import { waitOrAbort } from '../oauth/mint-many.ts';
import type { Log } from '../ports.ts';
import { builtInOperationOf, type OperationOf } from '../requests/operation-of.ts';
import { withoutVariables } from '../requests/request-variables.ts';
import type { Redactor } from '../vault/types.ts';
import { exportRows } from './export-rows.ts';
import { detectPaging, lookAtList } from './look-at-list.ts';
import { checkDraft, runPages, type PageRunEnd } from './page-run.ts';
import type { ReadPageDeps } from './read-page.ts';
import { createRunFolder } from './run-folder.ts';
import type { RunRecord } from './run-record.ts';
import type { Runs } from './types.ts';

export type RunsDeps = ReadPageDeps & {
  readonly dataDir: string;
  readonly redactor: Pick<Redactor, 'text'>;
  readonly log: Log;
  /** Left out: among the operations that are built in. */
  readonly operationOf?: OperationOf;
};

/** What is under way. */
type Work = {
  readonly abort: AbortController;
  pausing: boolean;
  readonly ended: Promise<void>;
};

/** Runs of the data folder. One that was under way when the last owner ended is paused. */
export async function createRuns(deps: RunsDeps): Promise<Runs> {
  const { dataDir, requests, store, redactor, log, now, operationOf = builtInOperationOf } = deps;
  const folder = createRunFolder(dataDir, log);
  const records = new Map<RunId, RunRecord>();
  const working = new Map<RunId, Work>();
  /** Runs that are about to go on: two that go on at once would write over each other's rows. */
  const starting = new Map<RunId, Promise<Run>>();
  const listeners = new Set<() => void>();
  const nextId = createUuidV7(now);
  let isClosing = false;

  for (const record of await folder.load()) {
    const { run } = record;
    const reason = 'The companion ended before the run did.';
    const wasCut = run.state === 'running';
    records.set(run.id, wasCut ? { ...record, run: { ...run, state: 'paused', reason } } : record);
  }

  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const get = (id: RunId): RunRecord => {
    const record = records.get(id);
    if (record === undefined) throw new AppError('not_found', 'There is no such run.');
    return record;
  };
  const keep = async (record: RunRecord): Promise<void> => {
    await folder.save(record);
    records.set(record.run.id, record);
    changed();
  };
  const setState = (id: RunId, state: Run['state'], reason: string | null): Promise<void> => {
    const record = get(id);
    return keep({ ...record, run: { ...record.run, state, reason, waitingUntil: null, updatedAt: now() } });
  };

  const work = async (id: RunId, control: Omit<Work, 'ended'>): Promise<void> => {
    const { signal } = control.abort;
    const end = await runPages(
      get(id),
      { requests, store, folder, now, wait: (ms, stop) => waitOrAbort(ms, stop) },
      {
        signal,
        isPausing: () => control.pausing,
        keep,
        waits: (waitingUntil) => {
          const record = get(id);
          records.set(id, { ...record, run: { ...record.run, waitingUntil } });
          changed();
        },
      },
    ).catch((error: unknown): PageRunEnd | null => {
      if (signal.aborted) return null;
      if (!(error instanceof AppError)) log('error', 'a run broke off', { id, cause: error });
      const reason = error instanceof AppError ? error.message : 'It broke off; the log says why.';
      return { state: 'failed', reason };
    });
    if (end !== null && !signal.aborted) await setState(id, end.state, end.reason);
  };

  const begin = (id: RunId): void => {
    const control = { abort: new AbortController(), pausing: false };
    // A disk that takes no more leaves the run as it was last kept.
    const ended = Promise.resolve()
      .then(() => work(id, control))
      .catch((cause: unknown) => log('error', 'a run could not be kept', { id, cause }))
      .finally(() => working.delete(id));
    working.set(id, Object.assign(control, { ended }));
  };

  const goOn = async (id: RunId): Promise<Run> => {
    await setState(id, 'running', null);
    begin(id);
    return get(id).run;
  };
  /** Until it has gone on, or has failed to; whoever asked for that is told. */
  const hasStarted = async (id: RunId): Promise<void> => {
    await starting.get(id)?.catch(() => undefined);
  };

  /** Breaks off what is under way, its page included. */
  const stop = async (id: RunId): Promise<void> => {
    await hasStarted(id);
    const control = working.get(id);
    control?.abort.abort();
    await control?.ended;
  };

  return {
    async detect(input) {
      return detectPaging(requestDraft.parse(input), operationOf);
    },
    async look(input, signal = new AbortController().signal) {
      const { draft, paging: chosen, pageSize, rowsPath } = runStart.parse(input);
      const paging = chosen ?? (await detectPaging(draft, operationOf)).paging;
      return lookAtList({ draft, paging, pageSize, rowsPath }, { requests, store, now }, signal);
    },
    async start(input) {
      const { draft, paging: chosen, pageSize, rowsPath } = runStart.parse(input);
      const text = withoutVariables(JSON.stringify(draft));
      if (redactor.text(text) !== text) {
        throw new AppError(
          'bad_input',
          'The request holds a secret that the vault keeps, and a run would write it down.',
          {
            remedy: 'Take it out of the request: the token is added when it is sent.',
          },
        );
      }
      const paging = chosen ?? (await detectPaging(draft, operationOf)).paging;
      const time = now();
      const record: RunRecord = {
        draft,
        pageSize,
        paging,
        rowsPath,
        next: paging === null ? {} : firstFields(paging.style),
        rowsRead: 0,
        rowsBytes: 0,
        lastRows: [],
        run: {
          id: runId.parse(nextId()),
          profileId: draft.profileId,
          title: `${draft.method} ${draft.path}`,
          paging,
          state: 'running',
          reason: null,
          pages: 0,
          rows: 0,
          repeated: 0,
          unidentified: 0,
          total: null,
          startedAt: time,
          updatedAt: time,
          waitingUntil: null,
          exchangeId: null,
        },
      };
      checkDraft(record);
      await keep(record);
      begin(record.run.id);
      return record.run;
    },
    list: () =>
      [...records.values()].map(({ run }) => run).toSorted((one, other) => (one.id < other.id ? 1 : -1)),
    onChange(listener) {
      const heard = (): void => listener();
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    async pause(id) {
      get(id);
      await hasStarted(id);
      const control = working.get(id);
      if (control !== undefined) {
        control.pausing = true;
        // One that waits for the limit would only wait to be paused.
        if (get(id).run.waitingUntil !== null) {
          await stop(id);
          await setState(id, 'paused', null);
        } else await control.ended;
      }
      return get(id).run;
    },
    async resume(id) {
      const { run } = get(id);
      if (isClosing || run.state === 'done' || run.state === 'cancelled') {
        throw new AppError('conflict', 'This run has ended: start it again instead.');
      }
      if (working.has(id)) return run;
      const started = starting.get(id) ?? goOn(id).finally(() => starting.delete(id));
      starting.set(id, started);
      return started;
    },
    async cancel(id) {
      get(id);
      await stop(id);
      if (get(id).run.state !== 'done') await setState(id, 'cancelled', null);
      return get(id).run;
    },
    async remove(id) {
      get(id);
      await stop(id);
      await folder.remove(id);
      records.delete(id);
      changed();
    },
    async rows(id, offset, limit) {
      const record = get(id);
      const rows: string[] = [];
      let at = 0;
      for await (const row of folder.rows(record)) {
        if (at >= offset) rows.push(row);
        at += 1;
        if (rows.length === limit) break;
      }
      return { rows, total: record.run.rows };
    },
    export(id, format) {
      const record = get(id);
      return exportRows(format, () => folder.rows(record));
    },
    async dispose() {
      isClosing = true;
      await Promise.all([...working.keys(), ...starting.keys()].map(stop));
    },
  };
}
