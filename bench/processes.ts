/** Programs of the bench in processes of their own, so that none of them shares a thread with what it measures. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export type Program = {
  /** Its first message: where it listens, 0 for one that does not. */
  readonly ready: { readonly port: number };
  readonly process: ChildProcess;
  /** Sends a message and resolves with the next one that comes back. */
  ask<Answer>(message: object): Promise<Answer>;
  /** Asks it to end by itself and waits until it has. */
  stop(): Promise<void>;
};

/** Starts `bench/<name>.ts` and resolves with its first message. */
export async function startProgram(name: string, args: readonly string[]): Promise<Program> {
  const child = fork(new URL(`./${name}.ts`, import.meta.url), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const next = <Answer>(): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const onMessage = (answer: unknown): void => {
        child.off('exit', onExit);
        // Both ends of the channel are files of this folder.
        resolve(answer as Answer);
      };
      const onExit = (code: number | null, signal: string | null): void => {
        child.off('message', onMessage);
        reject(new Error(`${name} ended (${signal ?? code}) before it answered.`));
      };
      child.once('message', onMessage).once('exit', onExit);
    });
  const ready = await next<Program['ready']>();
  return {
    process: child,
    ready,
    ask(message) {
      child.send(message);
      return next();
    },
    async stop() {
      const gone = once(child, 'exit');
      child.send({ kind: 'stop' });
      await gone;
    },
  };
}
