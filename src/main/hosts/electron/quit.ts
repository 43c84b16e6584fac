import { app } from 'electron';

/** However long closing takes, the app is gone after this. */
const patienceMs = 3000;

/**
 * Holds the quit until everything is put away (the core stops accepting, closes the tunnel, drains the ingress and
 * flushes the databases), with a cap.
 */
export function holdQuitFor(close: () => Promise<void>, log: (error: unknown) => void): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    const cap = new Promise<void>((resolve) => setTimeout(resolve, patienceMs));
    void Promise.race([close(), cap])
      .catch(log)
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
}
