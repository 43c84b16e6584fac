/** The main thread's end of the deriving worker: questions in, promises out. */
import type { AppError } from '../../../shared/model/app-error.ts';
import { failureError } from './database-errors.ts';
import type { FromDerive, ReadName, ReadRequest, Reads, ToDerive } from './messages.ts';

type Waiting = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
};

export type DeriveClient = {
  read<Name extends ReadName>(name: Name, query: Reads[Name]['query']): Promise<Reads[Name]['answer']>;
  settle(message: Extract<FromDerive, { kind: 'answer' | 'failure' }>): void;
  /** Every question that waits, and every later one, fails with this. */
  fail(error: AppError): void;
};

export function createDeriveClient(post: (message: ToDerive) => void): DeriveClient {
  const waiting = new Map<number, Waiting>();
  let tickets = 0;
  let failed: AppError | null = null;

  return {
    read: <Name extends ReadName>(name: Name, query: Reads[Name]['query']) =>
      new Promise<Reads[Name]['answer']>((resolve, reject) => {
        if (failed !== null) {
          reject(failed);
          return;
        }
        tickets += 1;
        // The worker answers a ticket with the type of the question's name; `Reads` binds the two together.
        waiting.set(tickets, { resolve: resolve as Waiting['resolve'], reject });
        post({ kind: 'read', ticket: tickets, name, query } as ReadRequest);
      }),
    settle(message) {
      const asked = waiting.get(message.ticket);
      waiting.delete(message.ticket);
      if (message.kind === 'answer') asked?.resolve(message.value);
      else asked?.reject(failureError(message.failure));
    },
    fail(error) {
      failed = error;
      for (const asked of waiting.values()) asked.reject(error);
      waiting.clear();
    },
  };
}
