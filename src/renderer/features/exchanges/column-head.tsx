/** The heads of the list's columns, whose edges are dragged to set their widths. */
import { useRef } from 'react';
import type { Column } from './exchange-list.tsx';

const narrowest = 32;
const gap = 8;
const padding = 24;

export const templateOf = (columns: readonly Column[]): string =>
  columns.map((column) => column.width).join(' ');

/** What the columns need at least, in px; a narrower pane scrolls. */
export function leastWidth(columns: readonly Column[]): number {
  const widths = columns.map(({ width }) => Number(/(\d+)px/.exec(width)?.[1] ?? narrowest));
  return widths.reduce((sum, width) => sum + width + gap, padding - gap);
}

type ColumnHeadProps = {
  readonly column: Column;
  readonly onWidth: ((key: string, px: number) => void) | undefined;
};

export function ColumnHead({ column, onWidth }: ColumnHeadProps) {
  const head = useRef<HTMLSpanElement>(null);
  const isUnseen = column.name.startsWith('#');
  return (
    <span ref={head} role="columnheader" className={column.end === true ? 'end' : undefined}>
      {isUnseen ? <span className="unseen">{column.name.slice(1)}</span> : column.name}
      {!isUnseen && onWidth !== undefined && (
        <span
          className="edge"
          aria-hidden
          title="Drag to set the width"
          onPointerDown={(event) => {
            event.preventDefault();
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={(event) => {
            if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
            const left = head.current?.getBoundingClientRect().left ?? 0;
            onWidth(column.key, Math.max(narrowest, Math.round(event.clientX - left)));
          }}
        />
      )}
    </span>
  );
}
