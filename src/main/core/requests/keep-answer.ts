/** What is stored of an answer's body: secrets cut out, a long one written to its file while it comes in. */
import { setImmediate } from 'node:timers/promises';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import { INLINE_BODY_BYTES } from '../exchanges/body-files.ts';
import type { BodySpool, CapturedBody, ExchangeStore } from '../exchanges/types.ts';
import type { PieceRedactor, Redactor } from '../vault/types.ts';

export type AnswerKeeper = {
  /** Bytes in their order; resolves when there is room for more, at once where there is. */
  take(bytes: Uint8Array): Promise<void> | null;
  /** Rejects as `append` does where a long body cannot be written. */
  finish(): Promise<CapturedBody>;
  discard(): Promise<void>;
};

export type AnswerKeeperDeps = {
  readonly store: Pick<ExchangeStore, 'spool'>;
  readonly redactor: Pick<Redactor, 'body' | 'pieces'>;
  readonly id: ExchangeId;
  readonly contentType: string | null;
};

type Long = { readonly redaction: PieceRedactor; readonly spool: BodySpool };

export function createAnswerKeeper({ store, redactor, id, contentType }: AnswerKeeperDeps): AnswerKeeper {
  let short: Uint8Array[] = [];
  let length = 0;
  let long: Long | null = null;

  const write = ({ spool }: Long, pieces: readonly Uint8Array[]): Promise<void> | null =>
    pieces.reduce<Promise<void> | null>((_before, piece) => spool.write(piece), null);

  return {
    take(bytes) {
      length += bytes.length;
      if (long !== null) return write(long, long.redaction.push(bytes));
      short.push(bytes);
      if (length <= INLINE_BODY_BYTES) return null;
      long = { redaction: redactor.pieces(contentType), spool: store.spool(id, 'response') };
      const first = Buffer.concat(short);
      short = [];
      return write(long, long.redaction.push(first));
    },
    async finish() {
      if (long === null) return redactor.body(Buffer.concat(short), contentType);
      await write(long, long.redaction.end());
      const spooled = await long.spool.finish();
      return { bytes: new Uint8Array(0), spooled, marks: long.redaction.marks };
    },
    async discard() {
      await long?.spool.discard();
    },
  };
}

/** Bytes taken in one turn of the event loop. */
const turn = 262_144;

/**
 * Secrets cannot be cut out of compressed bytes: an encoded body that holds any is stored decoded, any other as it came.
 *
 * @param decoded null where it cannot be undone
 */
export async function keepEncoded(
  deps: AnswerKeeperDeps,
  raw: Uint8Array,
  decoded: Uint8Array | null,
): Promise<CapturedBody> {
  if (decoded === null) return deps.redactor.body(raw, deps.contentType);
  const keeper = createAnswerKeeper(deps);
  for (let at = 0; at < decoded.length; at += turn) {
    await keeper.take(decoded.subarray(at, at + turn));
    await setImmediate();
  }
  const cut = await keeper.finish();
  if ((cut.marks ?? []).length > 0) return cut;
  await keeper.discard();
  return { bytes: raw };
}
