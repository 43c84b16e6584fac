import { ChevronDown } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';

type ValueMenuProps = {
  /** Names the button: "Values of status". */
  readonly name: string;
  /** The values there are; none, and there is no menu. */
  readonly values: readonly string[] | null;
  readonly onChoose: (value: string) => void;
};

/** All values that a parameter may have, whatever stands in its field. */
export function ValueMenu({ name, values, onChoose }: ValueMenuProps) {
  if (values === null || values.length === 0) return null;
  return (
    <Menu align="end" trigger={<Button look="quiet" icon={ChevronDown} aria-label={`Values of ${name}`} />}>
      {values.map((value) => (
        <MenuItem key={value} onSelect={() => onChoose(value)}>
          <span className="mono">{value}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
