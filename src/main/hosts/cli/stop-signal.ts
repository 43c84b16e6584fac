/** `conf` listens for signals too, to remove its temporary files, and then sends each of them once more. */
const echoWithin = 1000;

/** Aborted by the first SIGINT, SIGTERM or SIGHUP; one that comes a second later or more ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let stoppedAt: number | null = null;
  const stop = (): void => {
    if (stoppedAt !== null && performance.now() - stoppedAt > echoWithin) process.exit(1);
    stoppedAt ??= performance.now();
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  return controller.signal;
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
