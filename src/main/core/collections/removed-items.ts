/** What was removed lies aside for a month, and can be put back while the companion runs. */
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Log } from '../ports.ts';
import { errorCode } from '../vault/durable-file.ts';
import { collectionError } from './file-errors.ts';

export type RemovedItems = {
  /** @param what it is called, for errors */
  remove(place: string, what: string): Promise<void>;
  /** Rejects with `not_found` where nothing was removed, `conflict` where its place is taken. */
  undo(): Promise<void>;
  /** Deletes for good what has been lying here for longer than a month. */
  tidy(): Promise<void>;
};

const keptFor = 30 * 86_400_000;

export function createRemovedItems(folder: string, now: () => number, log: Log): RemovedItems {
  const removed: { readonly from: string; readonly to: string; readonly what: string }[] = [];

  const move = async (from: string, to: string): Promise<void> => {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    try {
      await rename(from, to);
    } catch (error) {
      if (errorCode(error) !== 'EXDEV') throw error;
      // The developer's folder may lie on another disk.
      await cp(from, to, { recursive: true, errorOnExist: true, force: false });
      await rm(from, { recursive: true });
    }
  };

  return {
    async remove(place, what) {
      const to = join(folder, `${now()}-${removed.length}`, 'item');
      await move(place, to).catch((error: unknown) => {
        throw collectionError(error, what);
      });
      removed.push({ from: place, to, what });
    },
    async undo() {
      const last = removed.at(-1);
      if (last === undefined) throw new AppError('not_found', 'Nothing was removed that could be put back.');
      const taken = await readdir(dirname(last.from)).catch(() => []);
      if (taken.some((name) => join(dirname(last.from), name) === last.from)) {
        throw new AppError('conflict', `Something else stands in the place of “${last.what}” now.`);
      }
      await move(last.to, last.from).catch((error: unknown) => {
        throw collectionError(error, last.what);
      });
      removed.pop();
      await rm(dirname(last.to), { recursive: true, force: true });
    },
    async tidy() {
      for (const name of await readdir(folder).catch(() => [])) {
        const time = Number(name.split('-')[0]);
        if (!(now() - time > keptFor)) continue;
        await rm(join(folder, name), { recursive: true, force: true }).catch((cause: unknown) =>
          log('warn', 'what was removed from a collection could not be deleted', { cause }),
        );
      }
    },
  };
}
