import { useEffect, useState } from 'react';
import type { ExchangeLog } from '../../lib/exchange-log.ts';
import type { ExchangeRow } from '../../lib/exchange-row.ts';
import { useView, view } from '../../lib/view-state.ts';

/** What arrives while one looks elsewhere is bold until it is opened, or all of it is marked as read. */
export function useUnread(list: string, log: ExchangeLog) {
  const readUpTo = useView((state) => state.readUpTo[list]);
  const [opened] = useState(() => new Set<number>());
  const top = log.state() === 'ready' ? (log.rows.at(0)?.seq ?? 0) : null;
  useEffect(() => {
    if (readUpTo === undefined && top !== null) view.setReadUpTo(list, top);
  }, [list, readUpTo, top]);
  const isNew = (row: ExchangeRow): boolean =>
    readUpTo !== undefined && row.seq > readUpTo && !opened.has(row.seq);
  const newer = readUpTo === undefined || top === null ? 0 : log.rows.indexOf(readUpTo);
  return {
    isNew,
    /** Of the rows that are here. */
    count: Math.max(0, newer - [...opened].filter((seq) => readUpTo !== undefined && seq > readUpTo).length),
    open: (row: ExchangeRow) => opened.add(row.seq),
    markAll(): void {
      opened.clear();
      view.setReadUpTo(list, Math.max(top ?? 0, readUpTo ?? 0));
    },
  };
}
