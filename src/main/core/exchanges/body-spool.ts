/** Writes a long body to the folder of bodies while it comes in, away from the threads that wait for others. */
import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { partialName } from './body-files.ts';
import { failureError, storeFailure } from './database-errors.ts';
import type { BodySpool } from './types.ts';

/** Bytes written at a time. */
const blockBytes = 1_048_576;
/** Blocks that wait to be written; whoever writes more waits. Each is used again. */
const mostBlocks = 4;
/** The file is synced whenever so many bytes have come, so that the last sync finds little to do. */
const syncEvery = 8_388_608;

export function createBodySpool(folder: string, name: string): BodySpool {
  const path = join(folder, partialName(name));
  const opening = open(path, 'w', 0o600);
  const digest = createHash('sha256');
  const free: Buffer<ArrayBuffer>[] = [];
  let block = Buffer.allocUnsafe(blockBytes);
  let filled = 0;
  let length = 0;
  let waiting = 0;
  let unsynced = 0;
  /** Said by `finish`. */
  let failed: unknown = null;
  let ended = false;
  let queue = opening.then(
    () => undefined,
    (error: unknown) => {
      failed = error;
    },
  );

  const put = async (bytes: Uint8Array): Promise<void> => {
    if (failed !== null || ended) return;
    try {
      const file = await opening;
      await writeAll(file, bytes);
      unsynced += bytes.length;
      if (unsynced < syncEvery) return;
      unsynced = 0;
      await file.datasync();
    } catch (error) {
      failed = error;
    }
  };

  const flush = (): void => {
    const full = block;
    const bytes = full.subarray(0, filled);
    block = free.pop() ?? Buffer.allocUnsafe(blockBytes);
    filled = 0;
    waiting += 1;
    queue = queue
      .then(() => put(bytes))
      .then(() => {
        waiting -= 1;
        free.push(full);
      });
  };

  const close = async (): Promise<void> => {
    ended = true;
    await queue;
    const file = await opening.catch(() => null);
    await file?.close();
  };

  return {
    write(bytes) {
      digest.update(bytes);
      length += bytes.length;
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + blockBytes - filled);
        block.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled === blockBytes) flush();
      }
      return waiting > mostBlocks ? queue : null;
    },
    async finish() {
      if (filled > 0) flush();
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
