/** The exchange store: what crosses a wire goes in, is on disk before it is acknowledged, and can be found again. */
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Log, Ports } from '../ports.ts';
import { createAskClient } from './ask-client.ts';
import { createBodySpool } from './body-spool.ts';
import { createCaptureQueue } from './capture-queue.ts';
import { dataFolder } from './data-folder.ts';
import { failureError } from './database-errors.ts';
import { createExchangeCare } from './create-exchange-care.ts';
import type { CareQuestions, FromCapture, FromDerive, Reads, Touched } from './messages.ts';
import { createTickSource } from './tick-source.ts';
import type { ExchangeStore } from './types.ts';
import { createUuidV7 } from './uuid-v7.ts';

export type ExchangeStoreDeps = {
  /** Absolute. Made when it does not exist. */
  readonly dataDir: string;
  readonly entries: Pick<Ports['entries'], 'captureWorker' | 'deriveWorker'>;
  readonly log: Log;
  /** ms since the epoch. */
  readonly now: () => number;
};

/**
 * Takes the data folder's owner lock and opens the log. Rejects with `owner_exists`, `data_folder_unusable`,
 * `disk_full`, `database_corrupt`, `database_newer` or `database_locked`; nothing on disk was changed then.
 */
export async function createExchangeStore(deps: ExchangeStoreDeps): Promise<ExchangeStore> {
  const capture = new Worker(deps.entries.captureWorker, { workerData: deps.dataDir, name: 'capture' });
  const { endSeq } = await readiness(capture, deps.log);
  const derive = new Worker(deps.entries.deriveWorker, { workerData: deps.dataDir, name: 'derive' });
  try {
    const { followed } = await readiness(derive, deps.log);
    capture.postMessage({ kind: 'followed', number: followed }, []);
  } catch (error) {
    await closeWorker(capture);
    throw error;
  }
  return connect(deps, capture, derive, endSeq);
}

function connect(deps: ExchangeStoreDeps, capture: Worker, derive: Worker, endSeq: number): ExchangeStore {
  const nextId = createUuidV7(deps.now);
  const ticks = createTickSource(endSeq, (error) =>
    deps.log('error', 'A listener to exchange ticks failed', { error: String(error) }),
  );
  const queue = createCaptureQueue((message, transfer) => capture.postMessage(message, transfer));
  const reads = createAskClient<Reads>((ticket, name, query) =>
    derive.postMessage({ kind: 'read', ticket, name, query }, []),
  );
  const writes = createAskClient<CareQuestions>((ticket, name, query) =>
    capture.postMessage({ kind: 'care', ticket, name, query }, []),
  );
  const touched = ({ from, to }: Touched): void => {
    if (from !== null && to !== null) ticks.touched(from, to);
  };
  const revised = (): void => derive.postMessage({ kind: 'revised' }, []);
  let disposing: Promise<void> | null = null;

  capture.on('message', (message: FromCapture) => {
    if (message.kind === 'log') deps.log(message.level, message.message, message.fields);
    if (message.kind === 'answer' || message.kind === 'failure') writes.settle(message);
    if (message.kind === 'touched') touched(message.touched);
    if (message.kind === 'revised') revised();
    if (message.kind !== 'committed') return;
    derive.postMessage({ kind: 'advance' }, []);
    ticks.ended(message.endSeq);
    queue.settle(message);
  });
  derive.on('message', (message: FromDerive) => {
    if (message.kind === 'log') deps.log(message.level, message.message, message.fields);
    if (message.kind === 'touched') ticks.touched(message.from);
    if (message.kind === 'answer' || message.kind === 'failure') reads.settle(message);
  });
  whenGone(capture, 'capture', deps.log, (error) => {
    queue.fail(error);
    writes.fail(error);
  });
  whenGone(derive, 'derive', deps.log, (error) => reads.fail(error));

  const refuseClosed = (): void => {
    if (disposing !== null) throw new AppError('internal', 'The exchange store has been closed.');
  };

  const care = createExchangeCare({ reads, writes, touched, revised, now: deps.now });

  return {
    care,
    async append(exchange) {
      refuseClosed();
      const id = exchange.id ?? nextId();
      return { seq: await queue.append(id, exchange), id };
    },
    spool: (id, part) => createBodySpool(dataFolder(deps.dataDir).bodies, `${id}.${part}`),
    async complete(id, answer) {
      refuseClosed();
      const seq = await queue.complete(id, answer);
      ticks.touched(seq, seq);
    },
    page: (query) => reads.ask('page', query),
    count: (filter) => reads.ask('count', filter),
    get: (id) => reads.ask('get', id),
    body: (id, part, offset, length) => reads.ask('body', { id, part, offset, length }),
    related: (id) => reads.ask('related', id),
    consequences: (query) => reads.ask('consequences', query),
    timeline: (query) => reads.ask('timeline', query),
    tick: () => ticks.present(),
    onTick: (listener) => ticks.listen(listener),
    setDerivationContext: (context) => derive.postMessage({ kind: 'context', context }, []),
    async settled() {
      await reads.ask('settled', null);
    },
    dispose() {
      disposing ??= (async () => {
        await queue.drained();
        ticks.dispose();
        // The reader goes first, so that the writer is the last to close and folds the log into the database.
        await closeWorker(derive);
        await closeWorker(capture);
      })();
      return disposing;
    },
  };
}

/** What a worker says when it is open: where the log ends, or how far revisions are followed; 0 for the other. */
type Ready = { readonly endSeq: number; readonly followed: number };

/** Resolves once the worker is open; rejects with its refusal. */
function readiness(worker: Worker, log: Log): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: FromCapture | FromDerive): void => {
      if (message.kind === 'log') log(message.level, message.message, message.fields);
      if (message.kind === 'ready') {
        stop();
        resolve({ endSeq: 0, followed: 0, ...message });
      }
      if (message.kind === 'refused') {
        stop();
        reject(failureError(message.failure));
      }
    };
    const onError = (cause: unknown): void => {
      stop();
      reject(new AppError('internal', 'The exchange store could not be started.', { cause }));
    };
    const onExit = (): void => onError(new Error('the worker ended'));
    const stop = (): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

function whenGone(worker: Worker, name: string, log: Log, fail: (error: AppError) => void): void {
  worker.on('error', (error) =>
    log('error', 'A worker of the exchange store failed', { name, error: String(error) }),
  );
  worker.on('exit', () => fail(new AppError('internal', 'The exchange store is not running any more.')));
}

async function closeWorker(worker: Worker): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  if (worker.threadId === -1) return;
  worker.postMessage({ kind: 'close' }, []);
  await gone;
}
