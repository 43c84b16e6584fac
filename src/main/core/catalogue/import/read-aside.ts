import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../shared/model/app-error.ts';
import { readOpenApi } from './read-openapi.ts';
import type { ReaderAnswer, ReaderTask } from './reader-worker.ts';
import type { ReadDocument } from './types.ts';

/** Characters read in a few milliseconds, less than a thread takes to start. */
const atOnce = 50_000;
const timeoutMs = 60_000;
const memoryMb = 1024;

/**
 * `readOpenApi` without holding up whoever waits for this thread: a webhook must not stand in line behind the YAML of a
 * large document.
 *
 * @param entry the program of the thread
 * @throws AppError `bad_input` as `readOpenApi` does, and where it takes too long or too much memory
 */
export async function readAside(text: string, name: string, entry: URL): Promise<ReadDocument> {
  if (text.length < atOnce) return readOpenApi(text, name);
  const task: ReaderTask = { text, name };
  const worker = new Worker(entry, {
    workerData: task,
    name: 'document reader',
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  const { promise, resolve, reject } = Promise.withResolvers<ReaderAnswer>();
  worker.once('message', resolve);
  worker.once('error', (cause: Error & { code?: string }) => {
    const full = cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
    reject(
      full ? new AppError('bad_input', `${name} needs more memory than there is for it.`, { cause }) : cause,
    );
  });
  worker.once('exit', () => reject(new Error('The reader of documents ended without an answer.')));
  const limit = setTimeout(
    () => reject(new AppError('bad_input', `${name} takes more than a minute to read.`)),
    timeoutMs,
  );
  try {
    const answer = await promise;
    if ('document' in answer) return answer.document;
    const { message, remedy } = answer.refused;
    throw new AppError('bad_input', message, remedy === undefined ? {} : { remedy });
  } finally {
    clearTimeout(limit);
    await worker.terminate();
  }
}
