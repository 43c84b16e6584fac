import { Script } from 'node:vm';

const script = new Script('run()');

/**
 * What `run` gives; null where it takes longer than `ms`, and then it is broken off. For what patterns of others decide
 * on: they may be searched for ever, and everybody else would wait. Throws as `run` does.
 */
export function withinTime<T>(ms: number, run: () => T): { readonly value: T } | null {
  let value: { readonly value: T } | null = null;
  const keep = (): void => {
    value = { value: run() };
  };
  try {
    script.runInNewContext({ run: keep }, { timeout: ms });
  } catch (error) {
    if (!isTimeout(error)) throw error;
  }
  return value;
}

/** The error is one of the context it comes from, and no `Error` of ours. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
