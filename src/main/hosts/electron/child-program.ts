import { utilityProcess } from 'electron';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ChildProgram, Log } from '../../core/ports.ts';

/**
 * A program of ours in Electron's utility process. `child_process.fork` is no choice in a packaged app: it needs the
 * runAsNode fuse, which is off.
 */
export function startUtilityProgram(entry: URL, args: readonly string[], log: Log): ChildProgram {
  const path = fileURLToPath(entry);
  const child = utilityProcess.fork(path, [...args], {
    stdio: 'pipe',
    serviceName: 'HighLevel Companion program',
  });
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) =>
      log('info', line, { program: entry.pathname.split('/').at(-1) }),
    );
  }
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onLine(listener) {
      if (child.stdout !== null) {
        createInterface({ input: child.stdout }).on('line', listener);
      }
    },
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  };
}
