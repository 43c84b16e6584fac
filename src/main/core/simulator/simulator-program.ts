import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import type { ChildProgram } from '../ports.ts';

const announcement = z.object({ url: z.url() });

export type SimulatorProgram = {
  readonly url: string;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
};

type SimulatorProgramDeps = {
  /** Ports to try one after another; a simulator that ends before it listens found its port taken. */
  readonly ports: readonly number[];
  readonly startProgram: (args: readonly string[]) => ChildProgram;
  readonly startMs: number;
  /** It ended without having been asked to. Not called before this function's promise is fulfilled. */
  readonly onDied: (code: number | null) => void;
  readonly signal: AbortSignal;
};

/**
 * Starts the simulator's program and waits until it says where it listens.
 *
 * @throws AppError `simulator_failed` when it does not on any of the ports, `cancelled` when `signal` was aborted.
 */
export async function startSimulatorProgram(deps: SimulatorProgramDeps): Promise<SimulatorProgram> {
  for (const port of deps.ports) {
    const program = await startOn(port, deps);
    if (program !== null) return program;
  }
  throw new AppError('simulator_failed', 'The simulator ended before it listened; the log says why.', {
    retryable: true,
  });
}

/** Resolves with null when the program ended before it listened. */
async function startOn(
  port: number,
  { startProgram, startMs, onDied, signal }: SimulatorProgramDeps,
): Promise<SimulatorProgram | null> {
  if (signal.aborted) throw cancelled();
  const child = startProgram(['--port', String(port)]);
  const exited = Promise.withResolvers<void>();
  let wanted = true;

  async function stop(): Promise<void> {
    wanted = false;
    child.kill();
    await exited.promise;
  }

  const { promise, resolve, reject } = Promise.withResolvers<string | null>();
  const abort = (): void => reject(cancelled());
  signal.addEventListener('abort', abort);
  const deadline = setTimeout(
    () =>
      reject(
        new AppError('simulator_failed', `The simulator did not begin to listen within ${startMs / 1000} s.`),
      ),
    startMs,
  );
  child.onLine((line) => {
    const url = urlIn(line);
    if (url !== null) resolve(url);
  });
  let listening = false;
  child.onExit((code) => {
    exited.resolve();
    resolve(null);
    if (listening && wanted) onDied(code);
  });

  try {
    const url = await promise;
    if (url === null) return null;
    listening = true;
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', abort);
  }
}

function urlIn(line: string): string | null {
  try {
    const result = announcement.safeParse(JSON.parse(line));
    return result.success ? result.data.url : null;
  } catch {
    // Any other line it may print is not the announcement.
    return null;
  }
}

const cancelled = (): AppError => new AppError('cancelled', 'The simulator was stopped before it listened.');
