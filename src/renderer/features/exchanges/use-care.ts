/** What the keys, the row menu and the bar of a list do: with the rows chosen together, else with the open one. */
import { useState } from 'react';
import type { ExchangeSelection } from '../../../shared/model/care.ts';
import type { ExchangeLog } from '../../lib/exchange-log.ts';
import type { ExchangeRow } from '../../lib/exchange-row.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { run } from '../../platform/actions.ts';
import { openExport } from '../transfer/transfer-overlay.ts';
import { counted, noteBeingWritten, pin, remove, selectionOf, undoLast } from './care-actions.ts';
import type { RowSelection } from './selection.ts';

export type ListCare = {
  /** Whether all that an action would be about are pinned, as far as they are loaded. */
  readonly pinned: () => boolean;
  readonly pin: () => void;
  /** Asks first where it is about all that match. */
  readonly delete: () => void;
  /** The open one, whatever else is chosen. */
  readonly deleteOpened: () => void;
  readonly writeNote: () => void;
  readonly export: () => void;
  /** All that match wait for the answer whether they are to be deleted. */
  readonly confirming: boolean;
  readonly confirm: () => void;
  readonly cancel: () => void;
};

export function useCare(
  log: ExchangeLog,
  selection: RowSelection,
  opened: string | null,
  open: (id: string | null) => void,
): ListCare {
  const [confirming, setConfirming] = useState(false);
  const { rows } = log;
  const about = (): ExchangeSelection | null =>
    selection.named() ?? (opened === null ? null : selectionOf(opened));
  const isAbout = (row: ExchangeRow): boolean =>
    selection.count === 0 ? row.id === opened : selection.has(row);

  function loaded(test: (row: ExchangeRow) => boolean): number {
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows.at(index);
      if (row !== undefined && test(row)) return index;
    }
    return -1;
  }

  const pinned = (): boolean => loaded(isAbout) >= 0 && loaded((row) => isAbout(row) && !row.pinned) === -1;

  /** The viewer goes on to the nearest row that stays: the next older one, else the next newer. */
  function openNeighbour(goes: (row: ExchangeRow) => boolean): void {
    const at = opened === null ? -1 : loaded((row) => row.id === opened && goes(row));
    if (at === -1) return;
    const stays = (index: number, by: number): ExchangeRow | undefined => {
      let next = index;
      for (let row = rows.at(next); next >= 0 && row !== undefined; row = rows.at(next)) {
        if (!goes(row)) return row;
        next += by;
      }
      return undefined;
    };
    open((stays(at + 1, 1) ?? stays(at - 1, -1))?.id ?? null);
  }

  function removeNow(): void {
    const named = about();
    if (named === null) return;
    openNeighbour(isAbout);
    selection.clear();
    run(() => remove(named));
  }

  const care: ListCare = {
    pinned,
    pin() {
      const named = about();
      if (named !== null) pin(named, !pinned());
    },
    delete: () => (selection.matching === null ? removeNow() : setConfirming(true)),
    deleteOpened() {
      if (opened === null) return;
      openNeighbour((row) => row.id === opened);
      run(() => remove(selectionOf(opened)));
    },
    writeNote: () => noteBeingWritten.set(opened),
    export() {
      const named = about();
      if (named === null) return;
      const words = selection.count === 0 ? 'this exchange' : `${counted(selection.count)} chosen`;
      openExport('ids' in named ? named : { filter: named.filter }, words);
    },
    confirming,
    confirm: removeNow,
    cancel: () => setConfirming(false),
  };
  useShortcuts({
    s: care.pin,
    n: care.writeNote,
    Delete: care.delete,
    Backspace: care.delete,
    'mod+a': selection.all,
    'mod+z': undoLast,
  });
  return care;
}
