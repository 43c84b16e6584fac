/** A body whose bytes are others now, with what is said of it. */
import { hash } from 'node:crypto';
import type { BodyInfo, SecretMark } from '../../../shared/model/exchange.ts';
import { placeholder } from '../vault/redaction/cuts.ts';

export type ChangedBody = { readonly bytes: Uint8Array; readonly info: BodyInfo };

export function changedBody(
  before: BodyInfo,
  bytes: Uint8Array,
  marks: readonly SecretMark[],
  complete = before.complete,
): ChangedBody {
  return {
    bytes,
    info: { ...before, bytes: bytes.length, sha256: hash('sha256', bytes), complete, marks: [...marks] },
  };
}

/** The marks of earlier cuts where the later ones have moved them to, with the later ones, in order. */
export function mergeMarks(earlier: readonly SecretMark[], later: readonly SecretMark[]): SecretMark[] {
  const moved = earlier.map((mark) => {
    let { offset } = mark;
    for (const cut of later) if (cut.offset <= offset) offset += placeholder.length - cut.length;
    return { ...mark, offset };
  });
  return [...moved, ...later].sort((a, b) => a.offset - b.offset);
}
