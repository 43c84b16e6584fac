import { Plus, X } from 'lucide-react';
import { paramWords } from '../../../shared/highlevel/param-words.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseFile } from './choose-file.tsx';
import { VariableInput } from '../variables/variable-input.tsx';
import { pair, type Pair } from './draft.ts';
import { ValueMenu } from './value-menu.tsx';

/** What an operation says of a parameter or a field. */
export type KnownPair = {
  readonly required: boolean;
  readonly values: readonly string[] | null;
  readonly type: string | null;
};

type PairsTableProps = {
  /** "Query parameter", "Header": names the fields. */
  readonly what: string;
  readonly pairs: readonly Pair[];
  readonly known?: ReadonlyMap<string, KnownPair>;
  /** Whether a file may stand in the place of a value. */
  readonly files?: boolean;
  readonly onChange: (pairs: readonly Pair[]) => void;
};

export function PairsTable({ what, pairs, known, files, onChange }: PairsTableProps) {
  const set = (key: number, changes: Partial<Pair>): void =>
    onChange(pairs.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  return (
    <div className={known === undefined || known.size === 0 ? 'pairs' : 'pairs known'}>
      {pairs.map((one, index) => (
        <div
          className={['pair', one.on ? '' : 'off', files === true ? 'files' : ''].filter(Boolean).join(' ')}
          key={one.key}
        >
          <input
            type="checkbox"
            checked={one.on}
            aria-label={`Send ${what.toLowerCase()} ${one.name === '' ? index + 1 : one.name}`}
            onChange={(event) => set(one.key, { on: event.currentTarget.checked })}
          />
          <input
            className="input mono"
            value={one.name}
            title={paramWords(one.name)}
            placeholder="name"
            spellCheck={false}
            aria-label={`${what} ${index + 1} name`}
            onChange={(event) => set(one.key, { name: event.currentTarget.value })}
          />
          {one.file === null ? (
            <VariableInput
              value={one.value}
              values={known?.get(one.name)?.values ?? []}
              placeholder={hint(known?.get(one.name))}
              aria-label={`${what} ${index + 1} value`}
              aria-required={known?.get(one.name)?.required}
              onChange={(value) => set(one.key, { value, on: true })}
            />
          ) : null}
          {files === true && (
            <ChooseFile
              label={`${what} ${index + 1}`}
              file={one.file}
              onChange={(file) => set(one.key, { file, on: true })}
            />
          )}
          <span className="pair-end">
            {known?.get(one.name)?.required === true && (
              <abbr className="required" title="required">
                *
              </abbr>
            )}
            {one.file === null && (
              <ValueMenu
                name={one.name}
                values={known?.get(one.name)?.values ?? null}
                onChoose={(value) => set(one.key, { value, on: true })}
              />
            )}
            <Button
              look="quiet"
              icon={X}
              aria-label={`Remove ${what.toLowerCase()} ${index + 1}`}
              onClick={() => onChange(pairs.filter((other) => other.key !== one.key))}
            />
          </span>
        </div>
      ))}
      <Button look="quiet" icon={Plus} onClick={() => onChange([...pairs, pair()])}>
        {`Add ${what.toLowerCase()}`}
      </Button>
    </div>
  );
}

/** `required, open or won`: what may be typed into a value. */
function hint(known: KnownPair | undefined): string {
  if (known === undefined) return 'value';
  const what = known.values?.join(', ') ?? known.type ?? 'value';
  return known.required ? `required: ${what}` : what;
}
