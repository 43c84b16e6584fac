import { FileDown, Pin, PinOff, RotateCw, Trash2, X } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { counted } from './care-actions.ts';
import type { RowSelection } from './selection.ts';
import type { ListCare } from './use-care.ts';

function PinButton({ care }: { readonly care: ListCare }) {
  const pinned = care.pinned();
  return (
    <Button look="quiet" icon={pinned ? PinOff : Pin} keys="S" onClick={care.pin}>
      {pinned ? 'Unpin' : 'Pin'}
    </Button>
  );
}

type SelectionBarProps = {
  readonly selection: RowSelection;
  readonly care: ListCare;
  readonly onReplay: (() => void) | null;
};

/** What can be done with the rows chosen together, above the list. */
export function SelectionBar({ selection, care, onReplay }: SelectionBarProps) {
  const { count, matching } = selection;
  const kept = matching?.kept ?? 0;
  const going = count - kept;
  return (
    <>
      {count > 0 && (
        <div className="selection-bar" role="toolbar" aria-label="With the chosen rows">
          <b role="status">
            {count.toLocaleString('en')} chosen
            {matching !== null && <span className="muted">, all that match</span>}
          </b>
          <span className="grow" />
          <PinButton care={care} />
          {onReplay !== null && (
            <Button look="quiet" icon={RotateCw} onClick={onReplay}>
              Replay
            </Button>
          )}
          <Button look="quiet" icon={FileDown} onClick={care.export}>
            Export…
          </Button>
          <Button look="quiet danger" icon={Trash2} keys="Del" onClick={care.delete}>
            Delete
          </Button>
          <Button
            look="quiet"
            icon={X}
            aria-label="Choose none"
            title="Choose none (Esc)"
            onClick={selection.clear}
          />
        </div>
      )}
      <Confirm
        open={care.confirming}
        title={going === 0 ? 'Nothing to delete' : `Delete ${counted(going)}?`}
        action="Delete"
        onConfirm={care.confirm}
        onClose={care.cancel}
      >
        {going === 0
          ? 'All that match are pinned or noted, and those are kept. Choose them one by one to delete them.'
          : `All that match the filter are deleted.${
              kept === 0 ? '' : ` ${counted(kept)} with a pin or a note ${kept === 1 ? 'is' : 'are'} kept.`
            } This can be undone for a day.`}
      </Confirm>
    </>
  );
}
