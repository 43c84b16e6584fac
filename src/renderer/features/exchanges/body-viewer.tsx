import { Copy } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { BodyInfo, BodyPart } from '../../../shared/model/exchange.ts';
import { bodyModes, type BodyMode } from '../../lib/body-format.ts';
import { size } from '../../lib/bytes.ts';
import { copyText } from '../../lib/clipboard.ts';
import { useValue } from '../../lib/value.ts';
import { useView, view } from '../../lib/view-state.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { createBodySource, type BodySource } from './body-source.ts';
import { CodeView, type CodeSink } from './code-view.tsx';

type BodyViewerProps = {
  readonly exchangeId: string;
  readonly part: BodyPart;
  readonly body: BodyInfo;
  readonly label: string;
};

function MoreToLoad({ source }: { readonly source: BodySource }) {
  const { loaded, total, loading, error } = useValue(source.progress);
  if (error !== null)
    return (
      <Failure error={error} action={<Button onClick={() => void source.loadMore()}>Try again</Button>} />
    );
  if (loaded >= total || loaded === 0) return null;
  return (
    <div className="more" role="status">
      <progress max={total} value={loaded} aria-label="Loaded" />
      <span>
        {size(loaded)} of {size(total)} shown
      </span>
      <span className="grow" />
      {loading ? (
        <Button look="quiet" onClick={source.cancel}>
          Stop
        </Button>
      ) : (
        <>
          <Button look="quiet" onClick={() => void source.loadMore()}>
            Load more
          </Button>
          <Button look="quiet" onClick={() => void source.loadAll()}>
            Load all
          </Button>
        </>
      )}
    </div>
  );
}

function masked(body: BodyInfo): string | null {
  if (body.marks.length === 0) return null;
  const kinds = [...new Set(body.marks.map((mark) => mark.kind))].join(', ');
  return `${body.marks.length === 1 ? 'One secret is' : `${body.marks.length} secrets are`} masked: ${kinds}`;
}

export function BodyViewer({ exchangeId, part, body, label }: BodyViewerProps) {
  const sink = useRef<CodeSink | null>(null);
  const source = useMemo(
    () => createBodySource(exchangeId, part, body.bytes),
    [exchangeId, part, body.bytes],
  );
  useEffect(() => () => source.cancel(), [source]);
  const textMode = useView((state) => state.bodyMode);
  const { binary } = useValue(source.progress);
  // What is chosen for a body that is no text says nothing of how texts are wanted.
  const [chosen, setChosen] = useState<{ source: BodySource; mode: BodyMode } | null>(null);
  const mode = chosen?.source === source ? chosen.mode : binary ? 'Hex' : textMode;
  const choose = (one: BodyMode): void => {
    setChosen({ source, mode: one });
    if (!binary) view.set({ bodyMode: one });
  };
  const onReady = useCallback(
    (ready: CodeSink) => {
      sink.current = ready;
      return source.show(ready, mode);
    },
    [source, mode],
  );

  if (body.bytes === 0)
    return (
      <p className="quiet-line">{part === 'request' ? 'Sent without a body.' : 'Answered without a body.'}</p>
    );
  return (
    <section className="body-viewer" aria-label={label}>
      <header>
        <span className="segments" role="group" aria-label="Show as">
          {bodyModes.map((one) => (
            <button key={one} type="button" aria-pressed={one === mode} onClick={() => choose(one)}>
              {one}
            </button>
          ))}
        </span>
        <span className="grow faint small clip" title={`SHA-256 ${body.sha256}`}>
          {masked(body)}
        </span>
        {!body.complete && (
          <span className="warn small" title="More was announced or sent than is kept.">
            incomplete
          </span>
        )}
        <span
          className="faint small"
          title={`${body.bytes.toLocaleString('en')} bytes, SHA-256 ${body.sha256}`}
        >
          {body.bytes.toLocaleString('en')} bytes
        </span>
        <Button
          look="quiet"
          icon={Copy}
          aria-label={`Copy ${label.toLowerCase()}`}
          title="Copies what is shown"
          onClick={() => void copyText(sink.current?.text() ?? '', label)}
        />
      </header>
      <CodeView key={mode} label={label} language={mode !== 'Hex'} onReady={onReady} />
      <MoreToLoad source={source} />
    </section>
  );
}
