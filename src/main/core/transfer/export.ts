/** Writes a selection of exchanges, piece by piece. */
import type { ExportRequest, ExportStep } from '../../../shared/model/transfer.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import type { Redactor } from '../vault/types.ts';
import { cutSecrets } from './cut-secrets.ts';
import type { Format } from './formats/format.ts';
import { countSelection, readSelection } from './read-selection.ts';
import type { WholeExchange } from './types.ts';

/** Pieces are of about this many UTF-16 units. */
const PIECE = 262_144;

export type Writing = {
  readonly store: Pick<ExchangeStore, 'page' | 'count' | 'get' | 'body' | 'tick'>;
  readonly redactor: Redactor;
  readonly format: Format;
  /** Replaces personal data. */
  readonly replace: ((exchange: WholeExchange) => Promise<WholeExchange>) | null;
};

/** Tells how far it has come with each piece; the last step is the end of the file. */
export async function* writeExport(
  { store, redactor, format, replace }: Writing,
  { selection }: Pick<ExportRequest, 'selection'>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportStep, void> {
  const reading = readSelection(store, selection);
  let total = await countSelection(store, selection);
  let done = 0;
  let skipped = 0;
  let cut = 0;
  let waiting = format.begin();
  const step = (text: string): ExportStep => ({ text, done, total, skipped, cut });
  yield step('');
  for await (const exchange of reading) {
    if (signal?.aborted === true) return;
    const clean = await cutSecrets(exchange, redactor);
    const replaced = replace === null ? clean.whole : await replace(clean.whole);
    const text = await format.entry(replaced, done === skipped);
    done += 1;
    total = Math.max(total, done);
    if (text === null) skipped += 1;
    else if (clean.cut) cut += 1;
    waiting += text ?? '';
    if (waiting.length < PIECE) continue;
    for (const piece of pieces(waiting)) yield step(piece);
    waiting = '';
  }
  total = done;
  for (const piece of pieces(waiting + format.end())) yield step(piece);
}

/** No pair of surrogates is torn apart: half of one could not be sent. */
function* pieces(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + PIECE);
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to += 1;
    yield text.slice(from, to);
    from = to;
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
