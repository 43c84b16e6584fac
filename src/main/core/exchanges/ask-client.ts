/** The main thread's end of a worker that is asked: questions in, promises out. */
import type { AppError } from '../../../shared/model/app-error.ts';
import { failureError } from './database-errors.ts';
import type { Settled } from './messages.ts';

/** The questions of a worker by name. */
type Questions = Readonly<Record<string, { readonly query: unknown; readonly answer: unknown }>>;

type Waiting = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
};

export type AskClient<Asked extends Questions> = {
  ask<Name extends keyof Asked & string>(
    name: Name,
    query: Asked[Name]['query'],
  ): Promise<Asked[Name]['answer']>;
  settle(message: Settled): void;
  /** Every question that waits, and every later one, fails with this. */
  fail(error: AppError): void;
};

export function createAskClient<Asked extends Questions>(
  post: (ticket: number, name: keyof Asked & string, query: unknown) => void,
): AskClient<Asked> {
  const waiting = new Map<number, Waiting>();
  let tickets = 0;
  let failed: AppError | null = null;

  return {
    ask: <Name extends keyof Asked & string>(name: Name, query: Asked[Name]['query']) =>
      new Promise<Asked[Name]['answer']>((resolve, reject) => {
        if (failed !== null) {
          reject(failed);
          return;
        }
        tickets += 1;
        // The worker answers a ticket with the type of the question's name; `Asked` binds the two together.
        waiting.set(tickets, { resolve, reject });
        post(tickets, name, query);
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
