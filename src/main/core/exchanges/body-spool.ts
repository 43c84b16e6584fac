/** Writes a long body to the folder of bodies while it comes in, away from the threads that wait for others. */
import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { partialName } from './body-files.ts';
import { failureError, storeFailure } from './database-errors.ts';
import type { BodySpool } from './types.ts';

/** Bytes that wait to be written; whoever writes more waits. */
const mostWaiting = 4_194_304;
/** The file is synced whenever so many bytes have come, so that the last sync finds little to do. */
const syncEvery = 8_388_608;

export function createBodySpool(folder: string, name: string): BodySpool {
  const path = join(folder, partialName(name));
  const opening = open(path, 'w', 0o600);
  const digest = createHash('sha256');
  let length = 0;
  let written = 0;
  let unsynced = 0;
  let failed: unknown = null;
  // A failure is said by `finish`.
  let queue = opening.then(
    () => undefined,
    (error: unknown) => {
      failed = error;
    },
  );
  let ended = false;

  const put = async (bytes: Uint8Array): Promise<void> => {
    if (failed !== null || ended) return;
    try {
      const file = await opening;
      await writeAll(file, bytes);
      unsynced += bytes.length;
      if (unsynced >= syncEvery) {
        unsynced = 0;
        await file.datasync();
      }
    } catch (error) {
      failed = error;
    } finally {
      written += bytes.length;
    }
  };

  const close = async (): Promise<void> => {
    ended = true;
    await queue;
    const file = await opening.catch(() => null);
    await file?.close();
  };

  return {
    async write(bytes) {
      digest.update(bytes);
      length += bytes.length;
      queue = queue.then(() => put(bytes));
      if (length - written > mostWaiting) await queue;
    },
    async finish() {
      await queue;
      if (failed === null) {
        try {
          await (await opening).sync();
        } catch (error) {
          failed = error;
        }
      }
      await close();
      if (failed === null) return { name, length, sha256: digest.digest('hex') };
      await rm(path, { force: true });
      throw failureError(storeFailure(failed));
    },
    async discard() {
      await close();
      await rm(path, { force: true });
    },
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}
