import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../../ui/button.tsx';

type PagerProps = {
  readonly offset: number;
  readonly perPage: number;
  readonly total: number;
  readonly onMove: (offset: number) => void;
};

/** Which rows of how many are on show. */
export function Pager({ offset, perPage, total, onMove }: PagerProps) {
  const end = Math.min(offset + perPage, total);
  return (
    <div className="pager">
      <Button
        look="quiet"
        icon={ChevronLeft}
        aria-label="Earlier rows"
        title="Earlier rows"
        disabled={offset === 0}
        onClick={() => onMove(Math.max(0, offset - perPage))}
      />
      <span className="muted small">
        {(offset + 1).toLocaleString('en')}–{end.toLocaleString('en')} of {total.toLocaleString('en')}
      </span>
      <Button
        look="quiet"
        icon={ChevronRight}
        aria-label="Further rows"
        title="Further rows"
        disabled={end >= total}
        onClick={() => onMove(offset + perPage)}
      />
    </div>
  );
}
