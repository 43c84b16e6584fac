import type { FromAgent } from './protocol.ts';

/** The program that started this one, over a fork's channel or Electron's utility process. */
export type Parent = {
  /** Never throws: it is called from callbacks in which an exception ends the process. */
  send(message: FromAgent): void;
  onMessage(listener: (message: unknown) => void): void;
};

/** What Electron adds to `process` in a utility process (Electron docs: parentPort). */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
};

/** @returns null when this program was started by hand, so that there is nobody to talk to. */
export function connectParent(): Parent | null {
  const port = utilityPort();
  if (port !== null) {
    return {
      send: (message) => quietly(() => port.postMessage(message)),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    };
  }
  if (process.send === undefined) return null;
  // Whoever started it is gone: a tunnel nobody watches must not stay open.
  process.once('disconnect', () => process.exit(0));
  return {
    send: (message) => quietly(() => process.send?.(message, undefined, undefined, () => undefined)),
    onMessage: (listener) => void process.on('message', listener),
  };
}

function utilityPort(): ParentPort | null {
  const port: unknown = Reflect.get(process, 'parentPort');
  return typeof port === 'object' && port !== null && 'postMessage' in port ? (port as ParentPort) : null;
}

function quietly(send: () => unknown): void {
  try {
    send();
  } catch (error) {
    process.stderr.write(
      `the companion cannot be reached: ${error instanceof Error ? error.name : 'unknown'}\n`,
    );
  }
}
