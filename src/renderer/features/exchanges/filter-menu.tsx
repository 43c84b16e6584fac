import { ChevronDown, X } from 'lucide-react';
import { Menu, MenuCheck } from '../../ui/menu.tsx';

type FilterMenuProps<T extends string> = {
  readonly name: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
};

/** A chip that opens a list to tick, and that one click clears when it is set. */
export function FilterMenu<T extends string>({ name, options, chosen, onChange }: FilterMenuProps<T>) {
  const [only] = chosen;
  const label =
    only === undefined
      ? name
      : chosen.length === 1
        ? (options.find((option) => option.value === only)?.label ?? only)
        : `${name}: ${chosen.length}`;
  return (
    <span className="chip-pair">
      <Menu
        trigger={
          <button
            type="button"
            className={only === undefined ? 'chip' : 'chip on'}
            aria-label={`Filter by ${name.toLowerCase()}`}
          >
            {label}
            <ChevronDown aria-hidden />
          </button>
        }
      >
        {options.length === 0 && <p className="quiet-line">Nothing to choose from yet.</p>}
        {options.map((option) => (
          <MenuCheck
            key={option.value}
            checked={chosen.includes(option.value)}
            onChange={(checked) =>
              onChange(checked ? [...chosen, option.value] : chosen.filter((one) => one !== option.value))
            }
          >
            {option.label}
          </MenuCheck>
        ))}
      </Menu>
      {only !== undefined && (
        <button
          type="button"
          className="chip on clear"
          aria-label={`Clear ${name.toLowerCase()} filter`}
          onClick={() => onChange([])}
        >
          <X aria-hidden />
        </button>
      )}
    </span>
  );
}
