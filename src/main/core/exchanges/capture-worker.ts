/**
 * The capture worker: the only writer of the exchange log. Group commit: whatever has queued up while the last
 * transaction was being synced goes into the next one, and is acknowledged only after its COMMIT.
 */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { createCareDesk } from './care-desk.ts';
import { createCareWriter } from './care-writer.ts';
import type { CareWriter } from './care-writer.ts';
import { createCaptureWriter } from './capture-writer.ts';
import type { CaptureWriter, WriteBatch } from './capture-writer.ts';
import { dataFolder, makeDataFolder } from './data-folder.ts';
import { storeFailure } from './database-errors.ts';
import { createHousekeeping } from './housekeeping.ts';
import type { Housekeeping } from './housekeeping.ts';
import type { FromCapture, StoreFailure, ToCapture } from './messages.ts';
import { openLog } from './open-log.ts';
import { takeOwnerLock } from './owner-lock.ts';
import { createPurger, removePartialFiles } from './purger.ts';

const port = parentPort;
if (port === null) throw new Error('The capture worker runs as a worker thread only.');
const dataDir: unknown = workerData;
if (typeof dataDir !== 'string') throw new Error('The capture worker needs the data folder.');

const tell = (message: FromCapture): void => port.postMessage(message, []);

function logFailure(message: string, failure: StoreFailure, cause: unknown): void {
  const fields = { code: failure.code, cause: cause instanceof Error ? cause.message : String(cause) };
  tell({ kind: 'log', level: 'error', message, fields });
}

type Served = {
  readonly writer: CaptureWriter;
  readonly care: CareWriter;
  readonly housekeeping: Housekeeping;
  readonly release: () => void;
};

function serve({ writer, care, housekeeping, release }: Served): void {
  // Said when it begins and not for every batch: a full disk would fill the log as well.
  let failing: StoreFailure['code'] | null = null;
  const answerCare = createCareDesk(care, housekeeping, tell);
  const commit = (batches: readonly WriteBatch[]): void => {
    if (batches.length === 0) return;
    housekeeping.captured();
    try {
      tell({ kind: 'committed', results: writer.write(batches), endSeq: writer.endSeq() });
      failing = null;
    } catch (error) {
      const failure = storeFailure(error);
      if (failure.code !== failing) logFailure('The exchange log could not be written', failure, error);
      failing = failure.code;
      const results = batches.flatMap((batch) => batch.rows.map(() => failure));
      tell({ kind: 'committed', results, endSeq: writer.endSeq() });
    }
  };
  const drain = (first: ToCapture): void => {
    const batches: WriteBatch[] = [];
    const others: Exclude<ToCapture, { kind: 'write' | 'close' }>[] = [];
    // Captures first: somebody waits for their acknowledgement.
    const work = (): void => {
      commit(batches);
      for (const other of others) answerCare(other);
    };
    let message: ToCapture | undefined = first;
    while (message !== undefined) {
      if (message.kind === 'close') {
        work();
        housekeeping.close();
        writer.close();
        release();
        tell({ kind: 'closed' });
        port?.close();
        return;
      }
      if (message.kind === 'write') batches.push(message);
      else others.push(message);
      // Only the main thread writes to this port, and only messages of this type.
      message = receiveMessageOnPort(port as NonNullable<typeof port>)?.message as ToCapture | undefined;
    }
    work();
  };
  port?.on('message', drain);
}

try {
  makeDataFolder(dataDir);
  const release = takeOwnerLock(dataDir);
  try {
    const db = openLog(dataDir);
    const { bodies } = dataFolder(dataDir);
    const writer = createCaptureWriter(db, bodies);
    removePartialFiles(bodies);
    const care = createCareWriter(db);
    const housekeeping = createHousekeeping({
      db,
      care,
      purger: createPurger(db, bodies, () => tell({ kind: 'revised' })),
      touched: (touched) => tell({ kind: 'touched', touched }),
      failed: (error) => logFailure('Deleted exchanges could not be removed yet', storeFailure(error), error),
    });
    serve({ writer, care, housekeeping, release });
    tell({ kind: 'ready', endSeq: writer.endSeq() });
    // Goes on with what the last owner did not finish.
    housekeeping.wake();
  } catch (error) {
    release();
    throw error;
  }
} catch (error) {
  const failure = storeFailure(error);
  logFailure('The exchange log could not be opened', failure, error);
  tell({ kind: 'refused', failure });
}
