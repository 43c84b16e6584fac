/** Any place of a body in hex, fetched when it comes into view: the rows on the screen are all there are. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { BodyPart } from '../../../shared/model/exchange.ts';
import { fromBase64, size } from '../../lib/bytes.ts';
import { bytesALine, hexLine, offsetOf } from '../../lib/hex-dump.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';

type HexViewProps = {
  readonly exchangeId: string;
  readonly part: BodyPart;
  readonly total: number;
  readonly label: string;
};

const rowHeight = 18;
const overscan = 12;
const pageBytes = 65_536;
const mostPages = 32;
/** A browser draws nothing taller than some 33 million pixels, so that a long body comes in parts of 16 MiB. */
const partBytes = 16 * 1_048_576;

/** Pages of a body as they are needed, the least recently fetched forgotten first. */
function usePages(id: string, part: BodyPart, from: number, to: number) {
  const [pages, setPages] = useState<ReadonlyMap<number, Uint8Array>>(new Map());
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(new Set<number>());
  const first = Math.floor(from / pageBytes);
  const last = Math.floor(Math.max(from, to - 1) / pageBytes);
  useEffect(() => {
    for (let page = first; page <= last; page += 1) {
      if (pages.has(page) || asked.current.has(page)) continue;
      asked.current.add(page);
      rpc.exchanges
        .body({ id, part, offset: page * pageBytes, length: pageBytes })
        .then(({ base64 }) => {
          setPages((known) => {
            const next = new Map(known).set(page, fromBase64(base64));
            const oldest = next.keys().next().value;
            if (next.size > mostPages && oldest !== undefined) next.delete(oldest);
            return next;
          });
        })
        .catch(setError)
        .finally(() => asked.current.delete(page));
    }
  }, [id, part, first, last, pages]);
  return { pages, error, retry: () => setError(null) };
}

export function HexView({ exchangeId, part, total, label }: HexViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [base, setBase] = useState(0);
  const [place, setPlace] = useState('');
  const bytes = Math.min(partBytes, total - base);
  const rows = Math.ceil(bytes / bytesALine);
  const first = Math.max(0, Math.floor(view.top / rowHeight) - overscan);
  const last = Math.min(rows, Math.ceil((view.top + view.height) / rowHeight) + overscan);
  const { pages, error, retry } = usePages(
    exchangeId,
    part,
    base + first * bytesALine,
    Math.min(total, base + last * bytesALine),
  );

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() =>
      setView({ top: element.scrollTop, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  function show(offset: number): void {
    const from = Math.floor(offset / partBytes) * partBytes;
    setBase(from);
    // After the part has its height.
    requestAnimationFrame(() => {
      if (scroller.current !== null)
        scroller.current.scrollTop = Math.floor((offset - from) / bytesALine) * rowHeight;
    });
  }

  const lineAt = (row: number): string | null => {
    const offset = base + row * bytesALine;
    const page = pages.get(Math.floor(offset / pageBytes));
    const inside = offset % pageBytes;
    return page === undefined ? null : hexLine(offset, page.subarray(inside, inside + bytesALine));
  };
  const target = offsetOf(place, total);
  return (
    <div className="hex-view">
      {error !== null && <Failure error={error} action={<Button onClick={retry}>Try again</Button>} />}
      <div
        className="hex-rows mono"
        ref={scroller}
        role="textbox"
        aria-multiline
        aria-readonly
        aria-label={`${label} in hex`}
        tabIndex={0}
        onScroll={({ currentTarget }) =>
          setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })
        }
      >
        <div style={{ height: rows * rowHeight }}>
          <pre style={{ transform: `translateY(${first * rowHeight}px)` }}>
            {Array.from({ length: Math.max(0, last - first) }, (_, at) => lineAt(first + at) ?? '…').join(
              '\n',
            )}
          </pre>
        </div>
      </div>
      {total > view.height && (
        <form
          className="more"
          onSubmit={(event) => {
            event.preventDefault();
            if (target !== null) show(target);
          }}
        >
          <label>
            Byte{' '}
            <input
              className="input small"
              value={place}
              placeholder="0x1000"
              aria-invalid={place !== '' && target === null}
              onChange={(event) => setPlace(event.currentTarget.value)}
            />
          </label>
          <Button look="quiet" submit disabled={target === null}>
            Go
          </Button>
          <span className="grow" />
          {total > partBytes && (
            <>
              <span>
                {size(base)} to {size(base + bytes)} of {size(total)}
              </span>
              <Button
                look="quiet"
                icon={ChevronLeft}
                aria-label="The 16 MiB before"
                disabled={base === 0}
                onClick={() => show(base - partBytes)}
              />
              <Button
                look="quiet"
                icon={ChevronRight}
                aria-label="The next 16 MiB"
                disabled={base + partBytes >= total}
                onClick={() => show(base + partBytes)}
              />
            </>
          )}
        </form>
      )}
    </div>
  );
}
