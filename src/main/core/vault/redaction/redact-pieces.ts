/** Cuts secrets out of a body as it comes in, so that 50 MB of it are never searched in one go. */
import type { SecretMark } from '../../../../shared/model/exchange.ts';
import type { PieceRedactor } from '../types.ts';
import { applyCuts, merge, type Cut } from './cuts.ts';
import { findCuts, jsonCuts, namesGrant, valueCuts, type Shape } from './find-cuts.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { JsonPlace } from './scan-json.ts';

/** Searched at a time; some 3 ms. */
const stretch = 262_144;
/** No private integration token is longer, and a cut word beside it does no harm. */
const leastHeld = 64;

/**
 * JSON is read string by string, whatever piece a string ends in; other text is searched by value and form, with as much
 * held back as the longest secret takes. Forms and URLs are short, and wait for their end.
 *
 * @param shapeOf told the first bytes
 */
export function createPieceRedactor(
  shapeOf: (start: Uint8Array) => Shape,
  known: KnownSecrets,
): PieceRedactor {
  const marks: SecretMark[] = [];
  /** Used again for every stretch, so that a long body leaves nothing behind for the garbage collector. */
  let room = Buffer.allocUnsafe(0);
  /** What has come and was not given yet: a part of `room`, and the pieces after it. */
  let held: Buffer = room;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let shape: Shape | null = null;
  let grant = false;
  const place: JsonPlace = { key: null, inArray: false, at: 0, last: false };
  /** In `held`: up to where values were looked for, and what was found. */
  let searched = 0;
  let cuts: Cut[] = [];
  let given = 0;

  function give(until: number): Uint8Array[] {
    const { bytes, marks: found } = applyCuts(
      held.subarray(0, until),
      cuts.filter(({ end }) => end <= until),
    );
    for (const mark of found) marks.push({ ...mark, offset: mark.offset + given });
    given += bytes.length;
    cuts = cuts
      .filter(({ end }) => end > until)
      .map((cut) => ({ ...cut, start: cut.start - until, end: cut.end - until }));
    held = held.subarray(until);
    searched -= until;
    place.at -= until;
    return bytes.length === 0 ? [] : [bytes];
  }

  function takeIn(): void {
    const length = held.length + waitingBytes;
    const roomy = length <= room.length ? room : Buffer.allocUnsafe(Math.max(length, stretch + waitingBytes));
    let end = held.copy(roomy);
    for (const piece of waiting) {
      roomy.set(piece, end);
      end += piece.length;
    }
    room = roomy;
    held = room.subarray(0, end);
    waiting = [];
    waitingBytes = 0;
    shape ??= shapeOf(held);
    grant ||= namesGrant(held);
  }

  function search(from: number): void {
    const piece = held.subarray(from);
    for (const cut of valueCuts(piece, known))
      cuts.push({ ...cut, start: cut.start + from, end: cut.end + from });
  }

  return {
    marks,
    push(bytes) {
      waiting.push(bytes);
      waitingBytes += bytes.length;
      // A string that goes on and on is looked at each time it has doubled.
      if (waitingBytes < Math.max(stretch, held.length)) return [];
      takeIn();
      if (shape === 'form' || shape === 'url') return [];
      const overlap = Math.max(known.longest(), leastHeld);
      search(Math.max(0, searched - overlap));
      searched = held.length;
      if (shape === 'json') cuts.push(...jsonCuts(held, known, 0, place, grant));
      cuts = merge(cuts);
      const read = shape === 'json' ? place.at : held.length;
      const free = Math.max(0, Math.min(read, held.length - overlap));
      // A secret is given whole.
      const within = cuts.find(({ start, end }) => start < free && end > free);
      return give(within?.start ?? free);
    },
    end() {
      takeIn();
      if (shape === 'json') {
        search(Math.max(0, searched - Math.max(known.longest(), leastHeld)));
        place.last = true;
        cuts.push(...jsonCuts(held, known, 0, place, grant));
      } else cuts.push(...findCuts(held, shape ?? 'text', known));
      cuts = merge(cuts);
      return give(held.length);
    },
  };
}
