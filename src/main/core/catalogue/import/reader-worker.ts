/** Reads one document in a thread of its own, which ends with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../../shared/model/app-error.ts';
import { readOpenApi } from './read-openapi.ts';
import type { ReadDocument } from './types.ts';

export type ReaderTask = { readonly text: string; readonly name: string };

export type ReaderAnswer =
  | { readonly document: ReadDocument }
  | { readonly refused: { readonly message: string; readonly remedy: string | undefined } };

function answer({ text, name }: ReaderTask): ReaderAnswer {
  try {
    return { document: readOpenApi(text, name) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad_input')
      return { refused: { message: error.message, remedy: error.remedy } };
    throw error;
  }
}

parentPort?.postMessage(answer(workerData as ReaderTask));
