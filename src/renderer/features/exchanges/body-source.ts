/** A stored body, fetched in slices as far as it is wanted. */
import type { BodyPart } from '../../../shared/model/exchange.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { createBodyFormat, isText, type BodyMode } from '../../lib/body-format.ts';
import { createValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import type { CodeSink } from './code-view.tsx';

export type BodyProgress = {
  readonly loaded: number;
  readonly total: number;
  readonly loading: boolean;
  /** Its first piece is no valid UTF-8. */
  readonly binary: boolean;
  readonly error: unknown;
};

/** The first piece is small, so that the first screen is there at once. */
const firstSlice = 65_536;
const slice = 262_144;
/** Bigger pieces once everything is asked for. */
const bulk = 1_048_576;
/** Formatted at a time, so that no turn of the event loop is long. */
const step = 65_536;

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export function createBodySource(id: string, part: BodyPart, total: number) {
  const progress = createValue<BodyProgress>({
    loaded: 0,
    total,
    loading: false,
    binary: false,
    error: null,
  });
  let chunks: Uint8Array[] = [];
  let stopped = new AbortController();
  let sinkTurn = 0;
  let feed: (chunk: Uint8Array, last: boolean) => Promise<void> = async () => undefined;

  async function load(upTo: number): Promise<void> {
    if (progress.get().loading) return;
    stopped = new AbortController();
    const { signal } = stopped;
    progress.set({ ...progress.get(), loading: true, error: null });
    try {
      while (progress.get().loaded < Math.min(upTo, total)) {
        const offset = progress.get().loaded;
        const length = Math.min(upTo - offset, bulk);
        const answer = await rpc.exchanges.body({ id, part, offset, length }, { signal });
        const bytes = fromBase64(answer.base64);
        if (bytes.length === 0) break;
        const loaded = offset + bytes.length;
        chunks.push(bytes);
        const fed = feed(bytes, loaded >= total);
        if (offset === 0) progress.set({ ...progress.get(), binary: !isText(bytes) });
        await fed;
        progress.set({ ...progress.get(), loaded });
        if (signal.aborted) break;
      }
      progress.set({ ...progress.get(), loading: false });
    } catch (error) {
      progress.set({ ...progress.get(), loading: false, error: signal.aborted ? null : error });
    }
  }

  return {
    progress,
    loadMore: () => load(progress.get().loaded + slice),
    loadAll: () => load(total),
    cancel: () => stopped.abort(),
    /** Sends what there is and what will come to a view; the answer stops it. */
    show(sink: CodeSink, mode: BodyMode): () => void {
      sinkTurn += 1;
      const mine = sinkTurn;
      const format = createBodyFormat(mode);
      let queue = Promise.resolve();
      const write = async (chunk: Uint8Array, last: boolean): Promise<void> => {
        for (let at = 0; at < chunk.length; at += step) {
          if (mine !== sinkTurn) return;
          const end = Math.min(at + step, chunk.length);
          sink.append(format.push(chunk.subarray(at, end), last && end === chunk.length));
          if (end < chunk.length) await nextTurn();
        }
      };
      feed = (chunk, last) => {
        queue = queue.then(() => write(chunk, last));
        return queue;
      };
      let sent = 0;
      for (const chunk of chunks) {
        sent += chunk.length;
        void feed(chunk, sent >= total);
      }
      if (chunks.length === 0) void load(firstSlice);
      return () => {
        if (mine === sinkTurn) sinkTurn += 1;
      };
    },
    dispose() {
      stopped.abort();
      sinkTurn += 1;
      chunks = [];
    },
  };
}

export type BodySource = ReturnType<typeof createBodySource>;
