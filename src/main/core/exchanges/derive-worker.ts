/**
 * The deriving worker: facts first, the text index behind them, and every question about the log in between. It is off
 * the way to the acknowledgement, works in slices of a few milliseconds, and answers questions between two of them.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createDerivation } from './derivation.ts';
import type { FromDerive, ToDerive } from './messages.ts';
import { storeFailure } from './database-errors.ts';

const port = parentPort;
if (port === null) throw new Error('The deriving worker runs as a worker thread only.');
const dataDir: unknown = workerData;
if (typeof dataDir !== 'string') throw new Error('The deriving worker needs the data folder.');

const tell = (message: FromDerive, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

try {
  const derivation = createDerivation(dataDir, tell);
  port.on('message', (message: ToDerive) => {
    if (message.kind === 'advance') derivation.advance();
    if (message.kind === 'revised') derivation.revised();
    if (message.kind === 'context') derivation.setContext(message.context);
    if (message.kind === 'read') derivation.read(message);
    if (message.kind === 'close') {
      derivation.close();
      tell({ kind: 'closed' });
      port.close();
    }
  });
  tell({ kind: 'ready', followed: derivation.followed() });
  derivation.advance();
} catch (error) {
  tell({
    kind: 'log',
    level: 'error',
    message: 'The derived database could not be opened',
    fields: { cause: error instanceof Error ? error.message : String(error) },
  });
  tell({ kind: 'refused', failure: storeFailure(error) });
}
