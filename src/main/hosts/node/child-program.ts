import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ChildProgram, Log } from '../../core/ports.ts';

/**
 * A program of ours in a Node process of its own. Listeners are to be attached at once, before the caller yields.
 * Each of our programs ends itself when its channel closes, so that none outlives a host that was killed.
 */
export function createForkedProgram(entry: URL, args: readonly string[], log: Log): ChildProgram {
  const program = entry.pathname.split('/').at(-1);
  // Not the host's own flags: a debugger port or a test runner's loader is no business of the program's.
  const child = fork(fileURLToPath(entry), [...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  const lineListeners = new Set<(line: string) => void>();
  const exitListeners = new Set<(code: number | null) => void>();
  let ended = false;

  function end(code: number | null): void {
    if (ended) return;
    ended = true;
    for (const listener of exitListeners) listener(code);
  }

  child.once('exit', end);
  child.on('error', (error) => {
    log('error', 'a program failed', { program, error: error.message });
    if (child.pid === undefined) end(null);
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      for (const listener of lineListeners) listener(line);
    });
  }
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => log('info', line, { program }));
  }

  return {
    send(message) {
      if (!child.connected) return;
      child.send(message as object, (error) => {
        if (error !== null)
          log('debug', 'a message did not reach a program', { program, error: error.message });
      });
    },
    onMessage: (listener) => void child.on('message', listener),
    onLine: (listener) => void lineListeners.add(listener),
    onExit: (listener) => void exitListeners.add(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
