/** Undoes the `Content-Encoding` of a body as its bytes come in. */

/** HTTP's names and those of the browser's streams, where they differ. */
const browserNames: Readonly<Record<string, string>> = { 'x-gzip': 'gzip', br: 'brotli' };

/** The encodings of a header in the order they were applied. */
export function codingsOf(header: string | null): string[] {
  return (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
}

function streamOf(coding: string): DecompressionStream | null {
  try {
    // A name that this browser does not know makes it throw.
    return new DecompressionStream((browserNames[coding] ?? coding) as CompressionFormat);
  } catch {
    return null;
  }
}

/** Whether this browser can undo them. */
export const canUndo = (codings: readonly string[]): boolean =>
  codings.every((coding) => streamOf(coding) !== null);

export type Undoing = {
  /** Resolves when the bytes have been taken in; what comes out of them is handed on, one piece after the other. */
  push(chunk: Uint8Array<ArrayBuffer>, last: boolean): Promise<void>;
  cancel(): void;
};

/**
 * @param take gets what comes out; the next piece waits for it
 * @param failed hears once that the bytes do not fit the encoding; what came out before stands
 */
export function undoCodings(
  codings: readonly string[],
  take: (bytes: Uint8Array, last: boolean) => Promise<void>,
  failed: () => void,
): Undoing {
  const input = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const output = codings.toReversed().reduce<ReadableStream<Uint8Array<ArrayBuffer>>>((stream, coding) => {
    const transform = streamOf(coding);
    return transform === null ? stream : stream.pipeThrough(transform);
  }, input.readable);
  const writer = input.writable.getWriter();
  const reader = output.getReader();
  let cancelled = false;
  const pumped = (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (cancelled) return;
      if (done) break;
      await take(value, false);
    }
    await take(new Uint8Array(0), true);
  })().catch(() => {
    if (!cancelled) failed();
  });
  return {
    async push(chunk, last) {
      try {
        await writer.write(chunk);
        if (!last) return;
        await writer.close();
      } catch {
        // Said by the reader's end.
      }
      await pumped;
    },
    cancel() {
      cancelled = true;
      reader.cancel().catch(() => null);
    },
  };
}

/** Longer than this nothing comes out of a first piece, and it is shown as it is. */
const startWaitMs = 1000;

/** The first bytes that come out of the first bytes that went in; the given ones where nothing does. */
export async function startOf(
  bytes: Uint8Array<ArrayBuffer>,
  last: boolean,
  codings: readonly string[],
): Promise<Uint8Array> {
  if (codings.length === 0) return bytes;
  return new Promise((resolve) => {
    const undoing = undoCodings(
      codings,
      async (piece) => {
        undoing.cancel();
        resolve(piece);
      },
      () => resolve(bytes),
    );
    undoing.push(bytes, last).catch(() => null);
    setTimeout(() => resolve(bytes), startWaitMs);
  });
}
