import { Copy } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { headerValue } from '../../../shared/highlevel/headers.ts';
import type { BodyInfo, BodyPart, HeaderPairs } from '../../../shared/model/exchange.ts';
import type { EntityRef } from '../../../shared/model/relations.ts';
import { bodyModes, type BodyMode } from '../../lib/body-format.ts';
import { fromBase64, size } from '../../lib/bytes.ts';
import { copyText } from '../../lib/clipboard.ts';
import { hexDump } from '../../lib/hex-dump.ts';
import { textEncodings } from '../../lib/text-encoding.ts';
import { useValue } from '../../lib/value.ts';
import { useView, view } from '../../lib/view-state.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { createBodySource, type BodySource } from './body-source.ts';
import { CodeView, type CodeSink } from './code-view.tsx';
import { HexView } from './hex-view.tsx';

type BodyViewerProps = {
  readonly exchangeId: string;
  readonly part: BodyPart;
  readonly body: BodyInfo;
  readonly headers: HeaderPairs;
  readonly label: string;
  /** Their ids lead to their timelines where they stand in the text. */
  readonly entities: readonly EntityRef[];
};

/** Of a hex dump, this many bytes are copied. */
const mostCopied = 65_536;

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

/** What was done to the bytes on the way to the screen, or could not be. */
function codingWords({ codings, undoable }: BodySource, mode: BodyMode, undoing: string): string | null {
  if (codings.length === 0) return null;
  const names = codings.join(', ');
  if (mode === 'Hex') return `${names}, as sent`;
  if (!undoable) return `${names} cannot be undone here: shown as sent`;
  if (undoing === 'failed') return `The bytes do not fit ${names}, or end early; stored as sent`;
  if (undoing === 'too-long') return `${names} undone up to 100 MiB; stored as sent`;
  return `${names} undone; stored as sent`;
}

type EncodingProps = { readonly value: string; readonly onChange: (encoding: string) => void };

function Encoding({ value, onChange }: EncodingProps) {
  const known = textEncodings.some((one) => one.value === value);
  return (
    <select
      className="input small encoding"
      aria-label="Text encoding"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {!known && <option value={value}>{value}</option>}
      {textEncodings.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

/** What was chosen for one body: it says nothing of how others are wanted. */
type Chosen = { readonly source: BodySource; readonly mode?: BodyMode; readonly encoding?: string };

export function BodyViewer({ exchangeId, part, body, headers, label, entities }: BodyViewerProps) {
  const sink = useRef<CodeSink | null>(null);
  const contentType = headerValue(headers, 'content-type');
  const contentEncoding = headerValue(headers, 'content-encoding');
  const source = useMemo(
    () => createBodySource(exchangeId, part, body.bytes, { contentType, contentEncoding }),
    [exchangeId, part, body.bytes, contentType, contentEncoding],
  );
  useEffect(() => {
    if (body.bytes > 0) source.begin();
    return () => source.cancel();
  }, [source, body.bytes]);
  const textMode = useView((state) => state.bodyMode);
  const { nature, undoing } = useValue(source.progress);
  const [chosen, setChosen] = useState<Chosen>({ source });
  const choice: Chosen = chosen.source === source ? chosen : { source };
  const mode = choice.mode ?? (nature?.binary === true ? 'Hex' : textMode);
  const encoding = choice.encoding ?? nature?.encoding ?? 'utf-8';
  const choose = (one: BodyMode): void => {
    setChosen({ ...choice, mode: one });
    if (nature?.binary !== true) view.set({ bodyMode: one });
  };
  const onReady = useCallback(
    (ready: CodeSink) => {
      sink.current = ready;
      return source.show(ready, { pretty: mode === 'Pretty', encoding, undo: true });
    },
    [source, mode, encoding],
  );

  async function copyHex(): Promise<void> {
    const { base64 } = await rpc.exchanges.body({ id: exchangeId, part, offset: 0, length: mostCopied });
    await copyText(
      hexDump(fromBase64(base64), 0),
      body.bytes > mostCopied ? `First 64 KiB of ${label}` : label,
    );
  }

  if (body.bytes === 0)
    return (
      <p className="quiet-line">{part === 'request' ? 'Sent without a body.' : 'Answered without a body.'}</p>
    );
  const coding = codingWords(source, mode, undoing);
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
        {mode !== 'Hex' && (
          <Encoding value={encoding} onChange={(next) => setChosen({ ...choice, encoding: next })} />
        )}
        <span className="grow faint small clip" title={`SHA-256 ${body.sha256}`}>
          {[coding, masked(body)].filter((words) => words !== null).join('; ')}
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
          onClick={() => (mode === 'Hex' ? run(copyHex) : void copyText(sink.current?.text() ?? '', label))}
        />
      </header>
      {mode === 'Hex' ? (
        <HexView key={exchangeId} exchangeId={exchangeId} part={part} total={body.bytes} label={label} />
      ) : (
        <>
          <CodeView key={mode} label={label} onReady={onReady} entities={entities} />
          <MoreToLoad source={source} />
        </>
      )}
    </section>
  );
}
