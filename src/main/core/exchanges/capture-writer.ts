/** Writes captures and answers, a transaction a batch. Runs in the capture worker. */
import { hash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AppError } from '../../../shared/model/app-error.ts';
import { INLINE_BODY_BYTES, syncFolder, takeSpooled, writeBodyFile } from './body-files.ts';
import { endOfLog } from './capture-schema.ts';
import { isConstraint, storeFailure } from './database-errors.ts';
import type {
  AnswerTuple,
  BodyTuple,
  CaptureTuple,
  CompletionTuple,
  StoreFailure,
  WriteRow,
} from './messages.ts';

export type WriteBatch = { readonly rows: readonly WriteRow[]; readonly bytes: ArrayBuffer };

export type CaptureWriter = {
  endSeq(): number;
  /**
   * Writes all batches in one transaction and returns once it is synced: one result a row, in order. A row that breaks
   * a rule fails alone; when the transaction fails, every row has that failure and nothing was stored.
   */
  write(batches: readonly WriteBatch[]): (number | StoreFailure)[];
  close(): void;
};

/** `bodies` is the folder for bodies beyond 256 KiB. */
export function createCaptureWriter(db: DatabaseSync, bodies: string): CaptureWriter {
  const insertExchange = db.prepare(
    `INSERT INTO exchanges (seq, id, purpose, direction, received_at, method, url, http_version, remote_address,
       profile_id, cause_id, headers, imported, body_bytes, body_sha256, body_complete, body_marks, body_file, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertAnswer = db.prepare(
    `INSERT INTO answers (seq, status, outcome, error, finished_at, timings, headers, connection, body_bytes,
       body_sha256, body_complete, body_marks, body_file, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertCompletion = db.prepare('INSERT INTO completions (seq) VALUES (?)');
  const spare = db.prepare('DELETE FROM doomed_files WHERE name = ?');
  const seqOf = db.prepare('SELECT seq FROM exchanges WHERE id = ?');
  let last = numberOf(db.prepare(endOfLog()), 'seq');
  let filesWritten = false;

  const bodyColumns = (
    [offset, length, complete, marks, spooled]: BodyTuple,
    bytes: ArrayBuffer,
    name: string,
  ): [number, string, number, string | null, string | null, Uint8Array | null] => {
    if (spooled !== null) {
      takeSpooled(bodies, spooled.name, name);
      spare.run(name);
      filesWritten = true;
      return [spooled.length, spooled.sha256, complete ? 1 : 0, marks, name, null];
    }
    const body = new Uint8Array(bytes, offset, length);
    const digest = hash('sha256', body);
    if (length <= INLINE_BODY_BYTES) return [length, digest, complete ? 1 : 0, marks, null, body];
    writeBodyFile(bodies, name, body);
    // An id may come again with a file that is imported, while its former body still waits to be removed.
    spare.run(name);
    filesWritten = true;
    return [length, digest, complete ? 1 : 0, marks, name, null];
  };

  const answer = (seq: number, id: string, tuple: AnswerTuple, bytes: ArrayBuffer): void => {
    const [status, headers, body, outcome, error, timings, finishedAt, connection] = tuple;
    const columns = bodyColumns(body, bytes, `${id}.response`);
    insertAnswer.run(seq, status, outcome, error, finishedAt, timings, headers, connection, ...columns);
  };

  const capture = ([columns, body, given]: CaptureTuple, bytes: ArrayBuffer): number => {
    const [id] = columns;
    if (seqOf.get(id) !== undefined) throw conflict(`An exchange with the id ${id} is already stored.`);
    const bodyValues = bodyColumns(body, bytes, `${id}.request`);
    const seq = last + 1;
    insertExchange.run(seq, ...columns, ...bodyValues);
    last = seq;
    if (given !== null) answer(seq, id, given, bytes);
    return seq;
  };

  const complete = ([id, tuple]: CompletionTuple, bytes: ArrayBuffer): number => {
    const seq = seqOf.get(id)?.['seq'];
    if (typeof seq !== 'number') throw new AppError('not_found', `There is no exchange with the id ${id}.`);
    try {
      answer(seq, id, tuple, bytes);
    } catch (error) {
      if (isConstraint(error)) throw conflict(`The exchange ${id} already has its answer.`);
      throw error;
    }
    insertCompletion.run(seq);
    return seq;
  };

  const writeRow = (row: WriteRow, bytes: ArrayBuffer): number | StoreFailure => {
    try {
      return row.capture === undefined ? complete(row.completion, bytes) : capture(row.capture, bytes);
    } catch (error) {
      if (error instanceof AppError) return storeFailure(error);
      throw error;
    }
  };

  return {
    endSeq: () => last,
    write(batches) {
      const before = last;
      filesWritten = false;
      try {
        db.exec('BEGIN IMMEDIATE');
        const results = batches.flatMap(({ rows, bytes }) => rows.map((row) => writeRow(row, bytes)));
        if (filesWritten) syncFolder(bodies);
        db.exec('COMMIT');
        return results;
      } catch (error) {
        last = before;
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => {
      db.close();
    },
  };
}

function conflict(message: string): AppError {
  return new AppError('conflict', message);
}

function numberOf(statement: StatementSync, column: string): number {
  const value = statement.get()?.[column];
  return typeof value === 'number' ? value : 0;
}
