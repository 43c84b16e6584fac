/** A stored body, fetched in slices as far as it is wanted. */
import type { BodyPart } from '../../../shared/model/exchange.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { createBodyFormat } from '../../lib/body-format.ts';
import { looksLikeJson } from '../../lib/json-reindent.ts';
import { canUndo, codingsOf, startOf, undoCodings } from '../../lib/content-coding.ts';
import { encodingOf, isText } from '../../lib/text-encoding.ts';
import { createValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import type { CodeSink } from './code-view.tsx';

/** What the first piece of a body tells. */
export type BodyNature = {
  /** It is no text in its encoding. */
  readonly binary: boolean;
  /** It begins as JSON does. */
  readonly json: boolean;
  readonly encoding: string;
};

export type BodyProgress = {
  readonly loaded: number;
  readonly total: number;
  readonly loading: boolean;
  readonly nature: BodyNature | null;
  /** The bytes do not fit their `Content-Encoding`, or come to more than can be shown. */
  readonly undoing: 'fine' | 'failed' | 'too-long';
  readonly error: unknown;
};

/** What the headers say of a body. */
export type BodyHeaders = { readonly contentType: string | null; readonly contentEncoding: string | null };

/** How a body is to be shown as text. */
export type TextView = { readonly pretty: boolean; readonly encoding: string; readonly undo: boolean };

/** The first piece is small, so that the first screen is there at once. */
const firstSlice = 65_536;
const slice = 262_144;
/** Formatted at a time, so that no turn of the event loop is long. */
const step = 32_768;
/** What a few compressed bytes may come to. */
const mostUndone = 100 * 1_048_576;

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

type Feed = (chunk: Uint8Array<ArrayBuffer>, last: boolean) => Promise<void>;

export function createBodySource(id: string, part: BodyPart, total: number, headers: BodyHeaders) {
  const codings = codingsOf(headers.contentEncoding);
  const undoable = codings.length > 0 && canUndo(codings);
  const progress = createValue<BodyProgress>({
    loaded: 0,
    total,
    loading: false,
    nature: null,
    undoing: 'fine',
    error: null,
  });
  const change = (changes: Partial<BodyProgress>): void => progress.set({ ...progress.get(), ...changes });
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let stopped = new AbortController();
  let sinkTurn = 0;
  let feed: Feed = async () => undefined;

  async function natureOf(bytes: Uint8Array<ArrayBuffer>): Promise<BodyNature> {
    const start = await startOf(bytes, bytes.length >= total, undoable ? codings : []);
    const encoding = encodingOf(headers.contentType, start);
    const beginning = start.subarray(0, firstSlice);
    const binary = !isText(beginning, encoding);
    return { encoding, binary, json: !binary && looksLikeJson(new TextDecoder(encoding).decode(beginning)) };
  }

  async function load(upTo: number): Promise<void> {
    if (progress.get().loading) return;
    stopped = new AbortController();
    const { signal } = stopped;
    change({ loading: true, error: null });
    try {
      while (progress.get().loaded < Math.min(upTo, total)) {
        const offset = progress.get().loaded;
        const length = Math.min(upTo - offset, slice);
        const answer = await rpc.exchanges.body({ id, part, offset, length }, { signal });
        const bytes = fromBase64(answer.base64);
        if (bytes.length === 0) break;
        const loaded = offset + bytes.length;
        if (offset === 0) change({ nature: await natureOf(bytes) });
        chunks.push(bytes);
        await feed(bytes, loaded >= total);
        change({ loaded });
        if (signal.aborted) break;
      }
      change({ loading: false });
    } catch (error) {
      change({ loading: false, error: signal.aborted ? null : error });
    }
  }

  return {
    progress,
    /** The names in `Content-Encoding`; `undoable` where this window can undo them. */
    codings,
    undoable,
    /** Asks for the first piece, if nobody has. */
    begin(): void {
      if (chunks.length === 0) void load(firstSlice);
    },
    loadMore: () => load(progress.get().loaded + slice),
    loadAll: () => load(total),
    cancel: () => stopped.abort(),
    /** Sends what there is and what will come to a view; the answer stops it. */
    show(sink: CodeSink, { pretty, encoding, undo }: TextView): () => void {
      sinkTurn += 1;
      const mine = sinkTurn;
      const format = createBodyFormat({ pretty, encoding, contentType: headers.contentType });
      let shown = 0;
      const write = async (chunk: Uint8Array, last: boolean): Promise<void> => {
        for (let at = 0; at < Math.max(chunk.length, 1); at += step) {
          if (mine !== sinkTurn) return;
          const end = Math.min(at + step, chunk.length);
          sink.append(format.push(chunk.subarray(at, end), last && end === chunk.length));
          if (end < chunk.length) await nextTurn();
        }
      };
      const undoing =
        undo && undoable
          ? undoCodings(
              codings,
              async (bytes, last) => {
                shown += bytes.length;
                if (shown <= mostUndone) return write(bytes, last);
                undoing?.cancel();
                change({ undoing: 'too-long' });
              },
              () => {
                if (mine === sinkTurn) change({ undoing: 'failed' });
              },
            )
          : null;
      let queue = Promise.resolve();
      feed = (chunk, last) => {
        queue = queue.then(() => (undoing === null ? write(chunk, last) : undoing.push(chunk, last)));
        return queue;
      };
      let sent = 0;
      for (const chunk of chunks) {
        sent += chunk.length;
        void feed(chunk, sent >= total);
      }
      return () => {
        undoing?.cancel();
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
