import type { ByteDifference as Difference } from '../../../shared/model/webhook.ts';

type ByteDifferenceProps = {
  readonly difference: Difference;
  /** What the bytes in question are. */
  readonly received?: string;
  /** What the other bytes are: "signed", "SDK". */
  readonly other: string;
};

/** The character the differing byte belongs to, or the name of one that cannot be seen. */
const firstOf = (after: string): string => /^(?:\[[A-Z]+\]|.)/u.exec(after)?.[0] ?? '';

/** Two lines of bytes, parted where they first differ. */
export function ByteDifference({ difference, received = 'arrived', other }: ByteDifferenceProps) {
  const lines = [
    [received, difference.received],
    [other, difference.other],
  ] as const;
  return (
    <figure className="byte-difference">
      <figcaption className="faint small">
        First differing byte: {difference.offset.toLocaleString('en')}
        {difference.path !== null && (
          <>
            , at <code>{difference.path}</code>
          </>
        )}
      </figcaption>
      <dl>
        {lines.map(([name, { before, after }]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">
              {before}
              <mark>{firstOf(after)}</mark>
              {after.slice(firstOf(after).length)}
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
