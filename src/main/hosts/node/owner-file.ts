/** What the owner of a data folder leaves there for `hlc` to find it by: `<data>/run/owner.json`, mode 0600. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const ownerInfo = z.object({
  pid: z.int().positive(),
  /** The path of a Unix socket or a named pipe. */
  socket: z.string().min(1),
  /** Of this run. */
  token: z.string().min(1),
  host: z.enum(['electron', 'web', 'cli']),
  version: z.string(),
  /** ms since the epoch. */
  startedAt: z.number(),
});
export type OwnerInfo = z.infer<typeof ownerInfo>;

const folderOf = (dataDir: string): string => join(dataDir, 'run');
const pathOf = (dataDir: string): string => join(folderOf(dataDir), 'owner.json');

/** Null where there is none, or none that can be read: then nobody can be attached to. */
export function readOwnerFile(dataDir: string): OwnerInfo | null {
  try {
    return ownerInfo.parse(JSON.parse(readFileSync(pathOf(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

/** In place as a whole or not at all. */
export function writeOwnerFile(dataDir: string, info: OwnerInfo): void {
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  const draft = `${pathOf(dataDir)}.${info.pid}`;
  writeFileSync(draft, `${JSON.stringify(info)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, pathOf(dataDir));
}

/** Only while it is still the given run's. */
export function removeOwnerFile(dataDir: string, token: string): void {
  if (readOwnerFile(dataDir)?.token === token) rmSync(pathOf(dataDir), { force: true });
}
