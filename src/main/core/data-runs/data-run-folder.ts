/**
 * Data runs on disk, a folder each: `run.json` says what is sent and how far it is, `rows.ndjson` holds the rows of the
 * file, `journal.ndjson` what was done with each. A row that may not be sent twice is on disk as begun before it is sent.
 */
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { dataColumn, dataRun, dataRunId, rowReport, type DataRunId } from '../../../shared/model/data-run.ts';
import { requestDraft } from '../../../shared/model/request.ts';
import type { Log } from '../ports.ts';
import { errorCode, storageError, writeDurably } from '../vault/durable-file.ts';
import type { DataRow } from './types.ts';

export const dataRunRecord = z.object({
  run: dataRun,
  draft: requestDraft,
  columns: z.array(dataColumn),
});
export type DataRunRecord = z.infer<typeof dataRunRecord>;

/** What happened to a row: it is about to be sent, it was settled, or it is to be sent (again). */
export const journalEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begun'), row: z.int() }),
  z.object({ kind: z.literal('settled'), report: rowReport }),
  z.object({ kind: z.literal('open'), row: z.int() }),
]);
export type JournalEntry = z.infer<typeof journalEntry>;

export type Journal = {
  /** @param synced whether it must be on disk when this resolves */
  write(entry: JournalEntry, synced: boolean): Promise<void>;
  close(): Promise<void>;
};

export type DataRunFolder = {
  /** Records that can be read; others stay as they are and are logged. */
  load(): Promise<DataRunRecord[]>;
  save(record: DataRunRecord): Promise<void>;
  saveRows(id: DataRunId, rows: readonly DataRow[]): Promise<void>;
  /** In the order of the file. */
  rows(id: DataRunId): AsyncGenerator<DataRow, void>;
  /** What was written so far; half of a line at the end, left by a power cut, is cut off. */
  entries(id: DataRunId): Promise<JournalEntry[]>;
  journal(id: DataRunId): Promise<Journal>;
  remove(id: DataRunId): Promise<void>;
};

const piecesOf = 1000;

export function createDataRunFolder(dataDir: string, log: Log): DataRunFolder {
  const top = join(dataDir, 'data-runs');
  const inFolder = (id: DataRunId, name: string): string => join(top, id, name);

  const loadOne = async (name: string): Promise<DataRunRecord | null> => {
    const id = dataRunId.safeParse(name);
    if (!id.success) return null;
    try {
      return dataRunRecord.parse(JSON.parse(await readFile(inFolder(id.data, 'run.json'), 'utf8')));
    } catch (cause) {
      log('warn', 'a data run could not be read', { id: id.data, cause });
      return null;
    }
  };

  return {
    async load() {
      const names = await readdir(top).catch(() => []);
      return (await Promise.all(names.map(loadOne))).filter((record) => record !== null);
    },
    save: (record) => writeDurably(inFolder(record.run.id, 'run.json'), JSON.stringify(record)),
    async saveRows(id, rows) {
      try {
        await mkdir(join(top, id), { recursive: true, mode: 0o700 });
        const file = await open(inFolder(id, 'rows.ndjson'), 'w', 0o600);
        try {
          for (let at = 0; at < rows.length; at += piecesOf) {
            const piece = rows.slice(at, at + piecesOf).map((row) => `${JSON.stringify(row)}\n`);
            await file.write(piece.join(''));
          }
          await file.sync();
        } finally {
          await file.close();
        }
      } catch (error) {
        throw storageError(error, 'The rows of a run');
      }
    },
    async *rows(id) {
      const stream = createReadStream(inFolder(id, 'rows.ndjson'));
      try {
        for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
          yield JSON.parse(line) as DataRow;
        }
      } catch (error) {
        throw storageError(error, 'The rows of a run');
      } finally {
        stream.destroy();
      }
    },
    async entries(id) {
      const path = inFolder(id, 'journal.ndjson');
      try {
        const bytes = await readFile(path);
        const whole = bytes.lastIndexOf(10) + 1;
        if (whole < bytes.length) await truncate(path, whole);
        const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
        return lines.map((line) => journalEntry.parse(JSON.parse(line)));
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return [];
        throw storageError(error, 'The report of a run');
      }
    },
    async journal(id) {
      const file = await open(inFolder(id, 'journal.ndjson'), 'a', 0o600).catch((error: unknown) => {
        throw storageError(error, 'The report of a run');
      });
      return journalOf(file);
    },
    async remove(id) {
      await rm(join(top, id), { recursive: true, force: true }).catch((error: unknown) => {
        throw storageError(error, 'A run');
      });
    },
  };
}

/** Entries are written one after the other, in the order they were given. */
function journalOf(file: FileHandle): Journal {
  let last: Promise<void> = Promise.resolve();
  return {
    write(entry, synced) {
      const written = last.then(async () => {
        try {
          await file.write(`${JSON.stringify(entry)}\n`);
          if (synced) await file.datasync();
        } catch (error) {
          throw storageError(error, 'The report of a run');
        }
      });
      last = written.catch(() => undefined);
      return written;
    },
    async close() {
      await last;
      await file.close();
    },
  };
}
