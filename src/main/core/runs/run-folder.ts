/**
 * Runs on disk, a folder each: `run.json` says how far it is, `rows.ndjson` holds its rows. Rows are synced before the
 * record that counts them, so that a kill at any moment leaves pages that are there whole or not at all.
 */
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseExact } from '../../../shared/highlevel/exact-numbers.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import { runId, type RunId } from '../../../shared/model/run.ts';
import type { Log } from '../ports.ts';
import { errorCode, storageError, writeDurably } from '../vault/durable-file.ts';
import { runRecord, type RunRecord } from './run-record.ts';

export type RunFolder = {
  /** Records that can be read; others stay as they are and are logged. */
  load(): Promise<RunRecord[]>;
  save(record: RunRecord): Promise<void>;
  /** Adds lines after `rowsBytes` of the record, over whatever lies there, and syncs. @returns the bytes that count now */
  append(record: RunRecord, lines: readonly string[]): Promise<number>;
  /** The rows that count, as JSON. */
  rows(record: RunRecord): AsyncGenerator<string, void>;
  remove(id: RunId): Promise<void>;
};

export function createRunFolder(dataDir: string, log: Log): RunFolder {
  const top = join(dataDir, 'runs');
  const folderOf = (id: RunId): string => join(top, id);
  const rowsOf = (id: RunId): string => join(folderOf(id), 'rows.ndjson');

  const loadOne = async (name: string): Promise<RunRecord | null> => {
    const id = runId.safeParse(name);
    if (!id.success) return null;
    try {
      const text = await readFile(join(folderOf(id.data), 'run.json'), 'utf8');
      return runRecord.parse(parseExact(text));
    } catch (cause) {
      log('warn', 'a run could not be read', { id: id.data, cause });
      return null;
    }
  };

  return {
    async load() {
      const names = await readdir(top).catch(() => []);
      const records = await Promise.all(names.map(loadOne));
      return records.filter((record) => record !== null);
    },
    save: (record) => writeDurably(join(folderOf(record.run.id), 'run.json'), JSON.stringify(record)),
    async append({ run: { id }, rowsBytes }, lines) {
      try {
        await mkdir(folderOf(id), { recursive: true, mode: 0o700 });
        const path = rowsOf(id);
        const size = await stat(path).then(
          (found) => found.size,
          () => 0,
        );
        if (size < rowsBytes) {
          throw new AppError(
            'data_folder_unusable',
            `Rows of this run are missing from the data folder: ${rowsBytes} bytes were kept, ${size} are there.`,
            { remedy: 'Start the run again.' },
          );
        }
        if (size > rowsBytes) await truncate(path, rowsBytes);
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const file = await open(path, 'a', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        return rowsBytes + bytes.length;
      } catch (error) {
        throw storageError(error, 'The rows of a run');
      }
    },
    async *rows({ run: { id }, rowsBytes }) {
      if (rowsBytes === 0) return;
      const stream = createReadStream(rowsOf(id), { end: rowsBytes - 1 });
      try {
        for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) yield line;
      } catch (error) {
        throw storageError(error, 'The rows of a run');
      } finally {
        stream.destroy();
      }
    },
    async remove(id) {
      await rm(folderOf(id), { recursive: true, force: true }).catch((error: unknown) => {
        if (errorCode(error) !== 'ENOENT') throw storageError(error, 'A run');
      });
    },
  };
}
