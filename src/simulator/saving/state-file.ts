import { open, readFile, rename } from 'node:fs/promises';

/** A file that follows the state. */
export interface StateFile {
  /** Something has changed: it is written soon. */
  touch(): void;
  /** Writes what has changed and stops. */
  close(): Promise<void>;
}

const SOON_MS = 250;
/** The more there is to write, the longer it waits: one tenth of the time at most goes into writing. */
const REST = 9;

/** The state in a file, or undefined where there is none yet. @throws Error with one sentence */
export async function readStateFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`The state file ${path} cannot be read.`, { cause: error });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`The state file ${path} is no JSON; it was left as it is.`, { cause: error });
  }
}

/** Writes to a new file first and renames that, so that a whole state is in place at any moment. */
export function createStateFile(path: string, save: () => object, log: (line: string) => void): StateFile {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let isDirty = false;
  let pause = SOON_MS;

  async function write(): Promise<void> {
    const started = performance.now();
    isDirty = false;
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(save()));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    pause = Math.max(SOON_MS, (performance.now() - started) * REST);
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing
      .then(() => (isDirty ? write() : undefined))
      .catch((error: unknown) => {
        log(`the state file could not be written: ${error instanceof Error ? error.message : String(error)}`);
      });
    return writing;
  }

  return {
    touch() {
      isDirty = true;
      timer ??= setTimeout(() => void flush(), pause).unref();
    },
    async close() {
      isDirty = true;
      await flush();
    },
  };
}
