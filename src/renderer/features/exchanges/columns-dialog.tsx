/** Which columns a list shows, in which order, and how wide. */
import { ArrowDown, ArrowUp, RotateCcw } from 'lucide-react';
import type { ColumnLayout } from '../../lib/view-state.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { Column } from './exchange-list.tsx';

type ColumnsDialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly shown: readonly Column[];
  readonly hidden: readonly Column[];
  readonly layout: ColumnLayout;
  readonly onChange: (layout: ColumnLayout | null) => void;
};

const titleOf = ({ name }: Column): string => name.replace(/^#/, '');

export function ColumnsDialog({ open, onClose, shown, hidden, layout, onChange }: ColumnsDialogProps) {
  const keys = shown.map((column) => column.key);
  const show = (next: readonly string[]): void => onChange({ ...layout, shown: next });
  function move(index: number, by: number): void {
    const next = [...keys];
    const [moved] = next.splice(index, 1);
    if (moved !== undefined) next.splice(index + by, 0, moved);
    show(next);
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Columns"
      description="Their edges in the list can be dragged, too."
      footer={
        <>
          <Button look="quiet" icon={RotateCcw} onClick={() => onChange(null)}>
            Reset
          </Button>
          <span className="grow" />
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <ul className="column-choices">
        {[...shown, ...hidden].map((column, index) => {
          const title = titleOf(column);
          const isShown = index < shown.length;
          const px = layout.widths[column.key];
          return (
            <li key={column.key}>
              <label>
                <input
                  type="checkbox"
                  checked={isShown}
                  // A list without columns shows nothing to click on.
                  disabled={isShown && shown.length === 1}
                  onChange={() =>
                    show(isShown ? keys.filter((key) => key !== column.key) : [...keys, column.key])
                  }
                />
                {title}
              </label>
              <span className="grow" />
              {isShown && (
                <>
                  <input
                    type="number"
                    min={32}
                    max={1200}
                    step={10}
                    placeholder="auto"
                    aria-label={`Width of ${title} in px`}
                    value={px ?? ''}
                    onChange={(event) => {
                      const { [column.key]: _before, ...others } = layout.widths;
                      const width = event.currentTarget.valueAsNumber;
                      onChange({
                        ...layout,
                        widths: width > 0 ? { ...others, [column.key]: Math.round(width) } : others,
                      });
                    }}
                  />
                  <Button
                    look="quiet"
                    icon={ArrowUp}
                    aria-label={`Move ${title} up`}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  />
                  <Button
                    look="quiet"
                    icon={ArrowDown}
                    aria-label={`Move ${title} down`}
                    disabled={index === shown.length - 1}
                    onClick={() => move(index, 1)}
                  />
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
