/**
 * Which rows of a list are chosen together: some of those loaded, or all that match its filter. The row that is open in
 * the viewer is not part of it.
 */
import { useState } from 'react';
import { mostIds, type ExchangeSelection, type SelectionCount } from '../../../shared/model/care.ts';
import type { ExchangeFilter } from '../../../shared/model/exchange.ts';
import type { ExchangeLog } from '../../lib/exchange-log.ts';
import type { ExchangeRow } from '../../lib/exchange-row.ts';
import { toast } from '../../lib/notices.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { selectionOf } from './care-actions.ts';

type ClickKeys = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>;

export type RowSelection = {
  readonly count: number;
  /** Set where all that match are chosen: counted when they were. */
  readonly matching: SelectionCount | null;
  readonly has: (row: ExchangeRow) => boolean;
  /** A click on a row with the keys held; false where it only opens the row. */
  readonly click: (row: ExchangeRow, keys: ClickKeys) => boolean;
  /** From where the choosing began to this row. */
  readonly extendTo: (row: ExchangeRow) => void;
  readonly all: () => void;
  readonly clear: () => void;
  /** What an action on it is about; null while nothing is chosen. */
  readonly named: () => ExchangeSelection | null;
};

type Chosen = {
  /** The list it was chosen in: another filter begins with nothing chosen. */
  readonly log: ExchangeLog | null;
  readonly ids: ReadonlySet<string>;
  readonly matching: SelectionCount | null;
  /** The seq where a range begins; null where that is the open row. */
  readonly anchor: number | null;
};

const nothing: Chosen = { log: null, ids: new Set(), matching: null, anchor: null };

export function useRowSelection(
  log: ExchangeLog,
  filter: ExchangeFilter,
  opened: string | null,
): RowSelection {
  const [latest, setChosen] = useState<Chosen>(nothing);
  const chosen = latest.log === log ? latest : nothing;

  const { rows } = log;
  const openedSeq = (): number | null => {
    if (opened === null) return null;
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows.at(index);
      if (row?.id === opened) return row.seq;
    }
    return null;
  };

  function extendTo(row: ExchangeRow): void {
    const anchor = chosen.anchor ?? openedSeq() ?? row.seq;
    const from = rows.indexOf(Math.max(anchor, row.seq));
    const to = rows.indexOf(Math.min(anchor, row.seq));
    const ids = new Set<string>();
    for (let index = from; index <= to && ids.size < mostIds; index += 1) {
      const one = rows.at(index);
      if (one !== undefined) ids.add(one.id);
    }
    if (to - from >= mostIds)
      toast(`At most ${mostIds.toLocaleString('en')} rows are chosen one by one; a filter takes all.`);
    setChosen({ log, ids, matching: null, anchor });
  }

  function toggle(row: ExchangeRow): void {
    const ids = new Set(chosen.ids);
    if (ids.size === 0 && opened !== null && opened !== row.id) ids.add(opened);
    if (!ids.delete(row.id) && ids.size < mostIds) ids.add(row.id);
    setChosen({ log, ids, matching: null, anchor: row.seq });
  }

  function clear(): void {
    if (latest !== nothing) setChosen(nothing);
  }

  return {
    count: chosen.matching?.count ?? chosen.ids.size,
    matching: chosen.matching,
    has: (row) => (chosen.matching === null ? chosen.ids.has(row.id) : row.seq <= chosen.matching.upTo),
    click(row, keys) {
      if (keys.shiftKey) extendTo(row);
      else if (keys.ctrlKey || keys.metaKey) toggle(row);
      else {
        clear();
        return false;
      }
      return true;
    },
    extendTo,
    all: () =>
      run(async () => {
        const matching = await rpc.exchanges.countSelection(filter);
        setChosen({ ...nothing, log, matching });
      }),
    clear,
    named() {
      if (chosen.matching !== null) return { filter, upTo: chosen.matching.upTo };
      return chosen.ids.size === 0 ? null : selectionOf(...chosen.ids);
    },
  };
}
