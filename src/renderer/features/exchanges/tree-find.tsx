import type { Remote } from 'comlink';
import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import { useRef, useState } from 'react';
import type { HitCount, JsonDocument } from '../../lib/json/document.ts';
import { run } from '../../platform/actions.ts';
import { Button } from '../../ui/button.tsx';

type FindProps = {
  readonly document: Remote<JsonDocument>;
  readonly onHit: (hit: number) => Promise<void>;
  readonly field: React.RefObject<HTMLInputElement | null>;
  readonly onLeave: () => void;
};

/** Finds names and values, and leads from one hit to the next. */
export function TreeFind({ document, onHit, field, onLeave }: FindProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<(HitCount & { readonly of: string; readonly at: number }) | null>(null);
  const sought = useRef('');

  async function find(wanted: string): Promise<void> {
    sought.current = wanted;
    if (wanted === '') {
      setFound(null);
      return;
    }
    const hits = await document.find(wanted);
    // Typed on meanwhile: the newer search answers.
    if (sought.current !== wanted) return;
    setFound({ ...hits, of: wanted, at: 0 });
    if (hits.count > 0) await onHit(0);
  }
  async function step(by: 1 | -1): Promise<void> {
    if (found === null || found.of !== text) return find(text);
    if (found.count === 0) return;
    const at = (found.at + by + found.count) % found.count;
    setFound({ ...found, at });
    await onHit(at);
  }
  const none = found === null || found.count === 0;
  return (
    <search className="tree-bar">
      <label className="search-field">
        <Search aria-hidden />
        <input
          ref={field}
          value={text}
          placeholder="Find in the tree"
          aria-label="Find in the tree"
          onChange={(event) => {
            const { value } = event.currentTarget;
            setText(value);
            run(() => find(value));
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              run(() => step(event.shiftKey ? -1 : 1));
            }
            if (event.key === 'Escape') {
              event.stopPropagation();
              onLeave();
            }
          }}
        />
        <kbd aria-hidden>/</kbd>
      </label>
      <span className="faint small num" role="status">
        {found === null
          ? ''
          : found.count === 0
            ? 'nothing found'
            : `${(found.at + 1).toLocaleString('en')} of ${found.count.toLocaleString('en')}${found.more ? '+' : ''}`}
      </span>
      <Button
        look="quiet"
        icon={ChevronUp}
        aria-label="Previous hit"
        title="Previous hit (Shift Enter)"
        disabled={none}
        onClick={() => run(() => step(-1))}
      />
      <Button
        look="quiet"
        icon={ChevronDown}
        aria-label="Next hit"
        title="Next hit (Enter)"
        disabled={none}
        onClick={() => run(() => step(1))}
      />
    </search>
  );
}
