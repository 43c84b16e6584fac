import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './prepare-data-dir.ts';
import { plainFields } from '../../core/log-fields.ts';
import type { Log, LogLevel } from '../../core/ports.ts';

export type FileLogDeps = {
  readonly dataDir: string;
  /** What is also said elsewhere, such as on standard error. */
  readonly mirror?: (level: LogLevel, line: string) => void;
  /** At this size the file becomes `companion.1.log` and a new one is begun. Default 5 MiB. */
  readonly maxBytes?: number;
  /** ms since the epoch. */
  readonly now?: () => number;
};

/**
 * A log of JSON lines at `<data>/logs/companion.log`, of at most two files. It never throws: where the file cannot be
 * written, the mirror is told once and the companion goes on.
 */
export function createFileLog({
  dataDir,
  mirror = () => {},
  maxBytes = 5 * 1024 * 1024,
  now = Date.now,
}: FileLogDeps): Log {
  const folder = join(dataDir, 'logs');
  const path = join(folder, 'companion.log');
  let bytes: number | null = null;
  let failed = false;

  function write(line: string): void {
    if (bytes === null) {
      makeFolder(folder);
      bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    }
    const size = Buffer.byteLength(line);
    if (bytes > 0 && bytes + size > maxBytes) {
      renameSync(path, join(folder, 'companion.1.log'));
      bytes = 0;
    }
    appendFileSync(path, line, { mode: 0o600 });
    bytes += size;
  }

  return (level, message, fields = {}) => {
    mirror(level, message);
    if (failed) return;
    const entry = { at: new Date(now()).toISOString(), level, message, ...plainFields(fields) };
    try {
      write(`${JSON.stringify(entry)}\n`);
    } catch (error) {
      failed = true;
      mirror(
        'warn',
        `The log file cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
}
