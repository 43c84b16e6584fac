import { AppError } from '../../../shared/model/app-error.ts';
import {
  dataRunId,
  dataRunStart,
  repeatableMethods,
  rowOutcome,
  type DataRun,
  type DataRunId,
} from '../../../shared/model/data-run.ts';
import { createUuidV7 } from '../exchanges/uuid-v7.ts';
import type { Log } from '../ports.ts';
import { withoutVariables } from '../requests/request-variables.ts';
import type { Requests } from '../services.ts';
import type { Redactor } from '../vault/types.ts';
import { createDataRunFolder, type DataRunRecord, type Journal } from './data-run-folder.ts';
import { exportReport } from './export-report.ts';
import { planRows, previewRows } from './preview-rows.ts';
import { createRowStates, type RowStates } from './row-states.ts';
import { runRows, type RowsEnd } from './run-rows.ts';
import type { DataRuns } from './types.ts';

export type DataRunsDeps = {
  readonly dataDir: string;
  readonly requests: Pick<Requests, 'preview' | 'send' | 'variables'>;
  readonly redactor: Pick<Redactor, 'text'>;
  readonly log: Log;
  /** ms since the epoch. */
  readonly now: () => number;
};

/** What is under way. */
type Work = {
  readonly abort: AbortController;
  pausing: boolean;
  /** By worker: until when it waits for the rate limit. */
  readonly waits: Map<number, { readonly until: number; end(): void }>;
  readonly ended: Promise<void>;
};

const cutOff = 'The companion ended while it was under way: HighLevel may have taken it or not.';
const brokenOff = 'It was broken off while it was under way: HighLevel may have taken it or not.';

/** Data runs of the data folder. One that was under way when the last owner ended is paused. */
export async function createDataRuns(deps: DataRunsDeps): Promise<DataRuns> {
  const { requests, redactor, log, now } = deps;
  const folder = createDataRunFolder(deps.dataDir, log);
  const records = new Map<DataRunId, DataRunRecord>();
  const known = new Map<DataRunId, Promise<RowStates>>();
  const working = new Map<DataRunId, Work>();
  /** Runs that are about to go on: what goes on twice at once would send its rows twice. */
  const starting = new Map<DataRunId, Promise<DataRun>>();
  const listeners = new Set<() => void>();
  const nextId = createUuidV7(now);
  let isClosing = false;

  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const get = (id: DataRunId): DataRunRecord => {
    const record = records.get(id);
    if (record === undefined) throw new AppError('not_found', 'There is no such run.');
    return record;
  };
  const statesOf = (id: DataRunId): Promise<RowStates> => {
    const found = known.get(id) ?? folder.entries(id).then(createRowStates);
    known.set(id, found);
    return found;
  };
  /** As it is shown; kept when the run comes to rest. */
  const show = (id: DataRunId, changes: Partial<DataRun>): void => {
    const record = get(id);
    records.set(id, { ...record, run: { ...record.run, ...changes, updatedAt: now() } });
    changed();
  };
  const rest = async (id: DataRunId, { state, reason }: Pick<DataRun, 'state' | 'reason'>): Promise<void> => {
    show(id, { state, reason, waitingUntil: null, ...(await statesOf(id)).counts() });
    await folder.save(get(id));
  };

  /** Rows that were begun and not settled: those that may be sent twice are to be sent, of others it is not known. */
  const settleBegun = async (id: DataRunId, error: string): Promise<void> => {
    const { draft, run } = get(id);
    const states = await statesOf(id);
    const begun = states.begun();
    if (begun.length === 0) return;
    await withJournal(id, async (journal) => {
      for (const row of begun) {
        const report = { row, outcome: 'unknown', status: null, ms: null, exchangeId: null, error } as const;
        const checks = { passed: 0, of: draft.checks.length };
        const sent = states.sent(row) + 1;
        const entry = run.repeatable
          ? ({ kind: 'open', row } as const)
          : ({ kind: 'settled', report: { ...report, checks, sent } } as const);
        await journal.write(entry, true);
        states.take(entry);
      }
    });
  };
  const withJournal = async (id: DataRunId, use: (journal: Journal) => Promise<void>): Promise<void> => {
    const journal = await folder.journal(id);
    try {
      await use(journal);
    } finally {
      await journal.close();
    }
  };

  const work = async (id: DataRunId, control: Omit<Work, 'ended'>): Promise<void> => {
    const { draft, run } = get(id);
    const { signal } = control.abort;
    const states = await statesOf(id);
    let end: RowsEnd | null = null;
    await withJournal(id, async (journal) => {
      end = await runRows(
        draft,
        folder.rows(id),
        run.concurrency,
        { requests, journal, states },
        {
          signal,
          isPausing: () => control.pausing,
          changed: () => show(id, states.counts()),
          waits(worker, wait) {
            const { waits } = control;
            if (wait === null && !waits.delete(worker)) return;
            if (wait !== null) waits.set(worker, { until: now() + wait.ms, end: () => wait.end() });
            const untils = [...waits.values()].map(({ until }) => until);
            show(id, { waitingUntil: untils.length === 0 ? null : Math.min(...untils) });
            if (control.pausing) wait?.end();
          },
        },
      );
    }).catch((error: unknown) => {
      if (signal.aborted) return;
      if (!(error instanceof AppError)) log('error', 'a data run broke off', { id, cause: error });
      const reason = error instanceof AppError ? error.message : 'It broke off; the log says why.';
      end = { state: 'failed', reason };
    });
    if (!signal.aborted && end !== null) {
      await settleBegun(id, brokenOff);
      await rest(id, end);
    }
  };

  const begin = (id: DataRunId): void => {
    const control = { abort: new AbortController(), pausing: false, waits: new Map() };
    // A disk that takes no more leaves the run as it was last kept.
    const ended = Promise.resolve()
      .then(() => work(id, control))
      .catch((cause: unknown) => log('error', 'a data run could not be kept', { id, cause }))
      .finally(() => working.delete(id));
    working.set(id, Object.assign(control, { ended }));
  };
  const start = (id: DataRunId, task: () => Promise<DataRun>): Promise<DataRun> => {
    const started = task().finally(() => starting.delete(id));
    starting.set(id, started);
    return started;
  };
  /** Until it has gone on, or has failed to; whoever asked for that is told. */
  const hasStarted = async (id: DataRunId): Promise<void> => {
    await starting.get(id)?.catch(() => undefined);
  };
  const stop = async (id: DataRunId): Promise<void> => {
    await hasStarted(id);
    const control = working.get(id);
    control?.abort.abort();
    await control?.ended;
  };
  /** One that has come to rest may still be being kept. */
  const kept = async (id: DataRunId): Promise<DataRun> => {
    if (get(id).run.state !== 'running') await working.get(id)?.ended;
    return get(id).run;
  };
  const goOn = async (id: DataRunId): Promise<DataRun> => {
    await rest(id, { state: 'running', reason: null });
    begin(id);
    return get(id).run;
  };

  for (const record of await folder.load()) {
    const { id, state } = record.run;
    records.set(id, record);
    if (state !== 'running') continue;
    try {
      await settleBegun(id, cutOff);
      await rest(id, { state: 'paused', reason: 'The companion ended before the run did.' });
    } catch (cause) {
      log('warn', 'a data run could not be read', { id, cause });
      records.delete(id);
    }
  }

  return {
    async preview(input) {
      const { draft, file } = dataRunStart.parse(input);
      return previewRows(draft, file, deps);
    },
    async start(input) {
      const { draft, file, concurrency } = dataRunStart.parse(input);
      const text = withoutVariables(JSON.stringify({ draft, text: file.text }));
      if (redactor.text(text) !== text) {
        throw new AppError(
          'bad_input',
          'The request or the file holds a secret that the vault keeps, and a run would write it down.',
          { remedy: 'Take it out: a secret variable puts it in when a row is sent.' },
        );
      }
      const { rows, dataColumns: columns, missing } = await planRows(draft, file, deps);
      if (missing.length > 0) {
        const names = missing.map((name) => `{{${name}}}`).join(', ');
        throw new AppError('bad_input', `The request asks for ${names}, and the file has no such column.`);
      }
      const id = dataRunId.parse(nextId());
      await folder.saveRows(id, rows);
      const time = now();
      const run: DataRun = {
        id,
        profileId: draft.profileId,
        title: `${draft.method} ${draft.path}`,
        fileName: file.name,
        state: 'running',
        reason: null,
        concurrency,
        repeatable: repeatableMethods.has(draft.method),
        rows: rows.length,
        ok: 0,
        failed: 0,
        unknown: 0,
        startedAt: time,
        updatedAt: time,
        waitingUntil: null,
      };
      records.set(id, { run, draft, columns });
      return start(id, () => goOn(id));
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
        for (const wait of control.waits.values()) wait.end();
        await control.ended;
      }
      return get(id).run;
    },
    async resume(id) {
      const run = await kept(id);
      if (isClosing || run.state === 'done' || run.state === 'cancelled') {
        throw new AppError('conflict', 'This run has ended: send its failed rows again, or start it anew.');
      }
      return working.has(id) ? run : (starting.get(id) ?? start(id, () => goOn(id)));
    },
    async cancel(id) {
      get(id);
      await stop(id);
      await settleBegun(id, brokenOff);
      if (get(id).run.state !== 'done') await rest(id, { state: 'cancelled', reason: null });
      return get(id).run;
    },
    async retry(id, outcomes) {
      await kept(id);
      if (isClosing || working.has(id) || starting.has(id)) {
        throw new AppError('conflict', 'The run is under way: pause it before rows are sent again.');
      }
      return start(id, async () => {
        const states = await statesOf(id);
        const rows = [...states.reports(outcomes)].map(({ row }) => row);
        if (rows.length === 0) throw new AppError('conflict', 'No row of this run came out so.');
        await withJournal(id, async (journal) => {
          for (const row of rows) {
            await journal.write({ kind: 'open', row }, false);
            states.take({ kind: 'open', row });
          }
        });
        return goOn(id);
      });
    },
    async remove(id) {
      get(id);
      await stop(id);
      await folder.remove(id);
      records.delete(id);
      known.delete(id);
      changed();
    },
    async report({ id, outcomes, offset, limit }) {
      get(id);
      const states = await statesOf(id);
      const counts = states.counts();
      const total = (outcomes ?? rowOutcome.options).reduce((sum, outcome) => sum + counts[outcome], 0);
      return { reports: [...states.reports(outcomes).drop(offset).take(limit)], total };
    },
    async settled(id, after, limit) {
      get(id);
      return (await statesOf(id)).log(after, limit);
    },
    async *export(id, format) {
      const { columns } = get(id);
      const states = await statesOf(id);
      const names = columns.map(({ name }) => name);
      yield* exportReport(format, names, folder.rows(id), (row) => states.report(row));
    },
    async dispose() {
      isClosing = true;
      await Promise.all([...working.keys(), ...starting.keys()].map(stop));
    },
  };
}
