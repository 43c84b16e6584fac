import { Plus, X } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { pair, type Pair } from './draft.ts';

type PairsTableProps = {
  /** "Query parameter", "Header": names the fields. */
  readonly what: string;
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
};

export function PairsTable({ what, pairs, onChange }: PairsTableProps) {
  const set = (key: number, changes: Partial<Pair>): void =>
    onChange(pairs.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  return (
    <div className="pairs">
      {pairs.map((one, index) => (
        <div className={one.on ? 'pair' : 'pair off'} key={one.key}>
          <input
            type="checkbox"
            checked={one.on}
            aria-label={`Send ${what.toLowerCase()} ${one.name === '' ? index + 1 : one.name}`}
            onChange={(event) => set(one.key, { on: event.currentTarget.checked })}
          />
          <input
            className="input mono"
            value={one.name}
            placeholder="name"
            spellCheck={false}
            aria-label={`${what} ${index + 1} name`}
            onChange={(event) => set(one.key, { name: event.currentTarget.value })}
          />
          <input
            className="input mono"
            value={one.value}
            placeholder="value"
            spellCheck={false}
            aria-label={`${what} ${index + 1} value`}
            onChange={(event) => set(one.key, { value: event.currentTarget.value, on: true })}
          />
          <Button
            look="quiet"
            icon={X}
            aria-label={`Remove ${what.toLowerCase()} ${index + 1}`}
            onClick={() => onChange(pairs.filter((other) => other.key !== one.key))}
          />
        </div>
      ))}
      <Button look="quiet" icon={Plus} onClick={() => onChange([...pairs, pair()])}>
        {`Add ${what.toLowerCase()}`}
      </Button>
    </div>
  );
}
