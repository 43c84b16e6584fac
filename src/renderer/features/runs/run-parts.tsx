/** What the views of both kinds of runs have in common. */
import { Download, Pause, Play, Square, Trash2 } from 'lucide-react';
import type { Run, RowsFormat } from '../../../shared/model/run.ts';
import { span, useNow } from '../../lib/time.ts';
import { run as attempt } from '../../platform/actions.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Note } from '../../ui/notes.tsx';

type RunActionsProps<Format extends RowsFormat> = {
  readonly state: Run['state'];
  readonly does: Readonly<Record<'pause' | 'resume' | 'cancel' | 'remove', () => Promise<unknown>>>;
  readonly formats: readonly Format[];
  /** Null while there is nothing to export. */
  readonly onExport: ((format: Format) => void) | null;
};

export function RunActions<Format extends RowsFormat>({
  state,
  does,
  formats,
  onExport,
}: RunActionsProps<Format>) {
  return (
    <>
      {state === 'running' && (
        <Button icon={Pause} onClick={() => attempt(does.pause)}>
          Pause
        </Button>
      )}
      {(state === 'paused' || state === 'failed') && (
        <Button icon={Play} onClick={() => attempt(does.resume)}>
          Resume
        </Button>
      )}
      {state !== 'done' && state !== 'cancelled' && (
        <Button look="quiet" icon={Square} onClick={() => attempt(does.cancel)}>
          Cancel
        </Button>
      )}
      <Menu
        align="end"
        trigger={
          <Button icon={Download} disabled={onExport === null}>
            Export
          </Button>
        }
      >
        {formats.map((format) => (
          <MenuItem key={format} onSelect={() => onExport?.(format)}>
            {format.toUpperCase()}
          </MenuItem>
        ))}
      </Menu>
      <Button
        look="quiet danger"
        icon={Trash2}
        aria-label="Delete run"
        title="Delete the run and what it kept"
        onClick={() => attempt(does.remove)}
      />
    </>
  );
}

/** Why a run does not go on just now. */
export function RunNotes({ waitingUntil, reason, state }: Pick<Run, 'waitingUntil' | 'reason' | 'state'>) {
  const now = useNow();
  return (
    <>
      {waitingUntil !== null && (
        <Note tone="warn" role="status">
          The rate limit is used up for now: it goes on in {span(Math.max(0, waitingUntil - now))}.
        </Note>
      )}
      {reason !== null && <Note tone={state === 'failed' ? 'bad' : 'info'}>{reason}</Note>}
    </>
  );
}
