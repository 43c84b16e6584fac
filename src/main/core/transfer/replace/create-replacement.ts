import { createHash, randomBytes } from 'node:crypto';
import type { ReplacedKind, Replacement, ReplacementPreview } from '../../../../shared/model/transfer.ts';
import type { WholeExchange } from '../types.ts';
import { createFakes } from './fakes.ts';
import { replaceExchange, type ReplaceDeps, type Replaced } from './replace-exchange.ts';
import { createReplacer, type OnReplaced } from './replacer.ts';

/** Everything one export replaces, so that the same value becomes the same one in all of it. */
export function createReplacement(
  { kinds, seed, sign }: Replacement,
  deps: { readonly sign: NonNullable<ReplaceDeps['sign']> } & Pick<ReplaceDeps, 'derivationContext'>,
  onReplaced: OnReplaced = () => {},
): (exchange: WholeExchange) => Promise<Replaced> {
  const key = seed === undefined ? randomBytes(32) : createHash('sha256').update(`seed ${seed}`).digest();
  const replacer = createReplacer(createFakes(key), new Set(kinds), onReplaced);
  const { derivationContext } = deps;
  return (exchange) =>
    replaceExchange(exchange, { replacer, sign: sign ? deps.sign : null, derivationContext });
}

const SAMPLES = 4;
const SAMPLE_LENGTH = 120;

/** Counts what is replaced, and keeps a few examples of each kind. */
export function createTally() {
  const kinds = new Map<ReplacedKind, { count: number; samples: Map<string, string> }>();
  const counts = { looked: 0, changed: 0, signaturesLost: 0, leftOut: 0 };
  return {
    onReplaced: (kind: ReplacedKind, before: string, after: string): void => {
      const known = kinds.get(kind) ?? { count: 0, samples: new Map<string, string>() };
      kinds.set(kind, known);
      known.count += 1;
      if (known.samples.size < SAMPLES)
        known.samples.set(before.slice(0, SAMPLE_LENGTH), after.slice(0, SAMPLE_LENGTH));
    },
    add(before: WholeExchange, { whole, changed, leftOut }: Replaced): void {
      counts.looked += 1;
      if (changed) counts.changed += 1;
      if (leftOut) counts.leftOut += 1;
      const held = before.detail.event?.signature.verdict === 'valid';
      if (held && whole.detail.event?.signature.verdict !== 'valid') counts.signaturesLost += 1;
    },
    result: (total: number): ReplacementPreview => ({
      ...counts,
      total,
      kinds: [...kinds].map(([kind, { count, samples }]) => ({
        kind,
        count,
        samples: [...samples].map(([before, after]) => ({ before, after })),
      })),
    }),
  };
}
