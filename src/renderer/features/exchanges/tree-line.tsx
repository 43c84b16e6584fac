import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import type { TreeLine } from '../../lib/json/tree.ts';

/** Deeper than this, lines are no longer pushed to the right. */
const deepestIndent = 40;
const indentPx = 14;

type LineProps = {
  readonly line: TreeLine | undefined;
  readonly index: number;
  readonly id: string;
  readonly top: number;
  readonly active: boolean;
  readonly onToggle: (line: number, open: boolean) => void;
};

function sizeWords({ kind, count }: TreeLine): string {
  if (kind === 'range') return '';
  const [open, close] = kind === 'object' ? ['{', '}'] : ['[', ']'];
  if (count === 0) return open + close;
  return `${open}${count === null ? '…' : count.toLocaleString('en')}${close}`;
}

/** One line of the tree: what it is called, and the beginning of what it holds. */
export const Line = memo(function Line({ line, index, id, top, active, onToggle }: LineProps) {
  if (line === undefined)
    return (
      <div className="tree-line faint" style={{ transform: `translateY(${top}px)` }}>
        …
      </div>
    );
  const { depth, name, kind, text, count, openable, open } = line;
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={openable ? open : undefined}
      aria-selected={active}
      className="tree-line"
      data-line={index}
      style={{
        transform: `translateY(${top}px)`,
        paddingLeft: 6 + Math.min(depth, deepestIndent) * indentPx,
      }}
    >
      {openable ? (
        <span className="twist" aria-hidden onClick={() => onToggle(index, !open)}>
          {open ? <ChevronDown /> : <ChevronRight />}
        </span>
      ) : (
        <span className="twist" />
      )}
      {name !== null && (
        <span>
          <span className={typeof name === 'number' || kind === 'range' ? 'faint' : 'json-key'}>{name}</span>
          {kind !== 'range' && <span className="faint">:</span>}
        </span>
      )}
      {kind === 'object' || kind === 'list' || kind === 'range' ? (
        <>
          <span className="faint">{sizeWords(line)}</span>
          {!open && count !== 0 && <span className="tree-text faint">{text}</span>}
        </>
      ) : (
        <span className={`tree-text json-${kind}`}>{text}</span>
      )}
    </div>
  );
});
