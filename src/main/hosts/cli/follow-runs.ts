/** Runs followed to where they come to rest. */
import { readFile } from 'node:fs/promises';
import { AppError } from '../../../shared/model/app-error.ts';
import type { DataRun, DataRunId, RowReport } from '../../../shared/model/data-run.ts';
import type { RowsFormat, Run, RunId } from '../../../shared/model/run.ts';
import type { ContractClient } from '../node/owner-client.ts';
import type { Output } from './output.ts';
import { printPieces, savePieces } from './write-pieces.ts';

type AnyRun = Pick<Run, 'state' | 'reason' | 'waitingUntil'> & { readonly id: string };

/**
 * Each new state of a run until it rests. Once the signal is aborted, the run is paused.
 *
 * @param pause is called for that
 */
async function* states<T extends AnyRun>(
  watch: (signal: AbortSignal) => Promise<AsyncIterable<readonly T[]>>,
  id: T['id'],
  stop: AbortSignal,
  pause: () => Promise<T>,
): AsyncGenerator<T, void> {
  const closed = new AbortController();
  try {
    for await (const runs of await watch(AbortSignal.any([stop, closed.signal]))) {
      const run = runs.find((one) => one.id === id);
      if (run === undefined) throw new AppError('not_found', 'The run was deleted.');
      yield run;
      if (run.state !== 'running') return;
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    closed.abort();
  }
  yield await pause();
}

/** Says each wait for the rate limit once. */
function waitTeller(say: (line: string) => void): (until: number | null) => void {
  let said: number | null = null;
  return (until) => {
    if (until !== null && until !== said) {
      const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1000));
      say(`The rate limit is used up: it goes on in ${seconds} s.`);
    }
    said = until;
  };
}

/** How a run that has not come through is said; null for one that has. */
function breakOf({ state, reason, id }: AnyRun): AppError | null {
  if (state === 'done') return null;
  const remedy = `Go on with "hlc runs resume ${id}".`;
  if (state === 'failed') {
    return new AppError('request_failed', reason ?? 'The run was stopped.', { remedy });
  }
  const sentence = state === 'cancelled' ? 'The run was cancelled.' : 'The run is paused.';
  return new AppError('cancelled', reason ?? sentence, state === 'cancelled' ? {} : { remedy });
}

export type RowsOut = { readonly format: RowsFormat; readonly out: string | null };

/** Waits for a run over pages and writes the rows it has kept, all of them or those before it broke off. */
export async function followPages(
  client: ContractClient,
  id: RunId,
  { format, out }: RowsOut,
  output: Output,
  stop: AbortSignal,
): Promise<void> {
  const tellWait = waitTeller((line) => output.say(line));
  let last: Run | null = null;
  const watch = (signal: AbortSignal) => client.runs.watch(undefined, { signal });
  for await (const run of states(watch, id, stop, () => client.runs.pause({ id }))) {
    tellWait(run.waitingUntil);
    last = run;
  }
  if (last === null) return;
  const pieces = await client.runs.export({ id, format });
  if (out === null) await printPieces(pieces);
  else await savePieces(pieces, out);
  const { rows, pages, repeated } = last;
  output.say(
    `${rows} rows in ${pages} pages${repeated === 0 ? '' : `, ${repeated} came again`}${out === null ? '' : `, in ${out}`}.`,
  );
  const broken = breakOf(last);
  if (broken !== null) throw broken;
}

/** Rejects with `bad_input` naming the file that cannot be read. */
export async function readRowsFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new AppError('bad_input', `The file ${path} cannot be read (${code}).`);
  }
}

const page = 500;

/** Prints each row of a run over a file as it is settled. Rejects with `request_failed` where one was not ok. */
export async function followRows(
  client: ContractClient,
  id: DataRunId,
  output: Output,
  stop: AbortSignal,
  after = 0,
): Promise<void> {
  const tellWait = waitTeller((line) => output.say(line));
  let last: DataRun | null = null;
  let told = after;
  const watch = (signal: AbortSignal) => client.dataRuns.watch(undefined, { signal });
  for await (const run of states(watch, id, stop, () => client.dataRuns.pause({ id }))) {
    tellWait(run.waitingUntil);
    last = run;
    for (;;) {
      const { reports, next } = await client.dataRuns.settled({ id, after: told, limit: page });
      for (const report of reports) await output.print(report, () => rowLine(report));
      told = next;
      if (reports.length < page) break;
    }
  }
  if (last === null) return;
  const { rows, ok, failed, unknown } = last;
  const words = `${ok} of ${rows} rows ok, ${failed} failed, ${unknown} unknown (run ${id}).`;
  const broken = breakOf(last);
  if (broken !== null) {
    output.say(words);
    throw broken;
  }
  if (failed + unknown > 0) throw new AppError('request_failed', words);
  output.say(words);
}

function rowLine({ row, outcome, status, ms, checks, error }: RowReport): string {
  const told = checks.of === 0 ? '' : `  ${checks.passed}/${checks.of} checks`;
  const head = `${outcome.padEnd(7)}  row ${row}  ${status ?? '—'}${ms === null ? '' : `  ${ms} ms`}${told}`;
  return error === null ? head : `${head}\n         ${error}`;
}
