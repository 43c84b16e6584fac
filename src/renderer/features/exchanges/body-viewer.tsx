import './body-views.css';
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
import { baseNameOf } from './body-file.ts';
import { createBodySource, type BodyNature, type BodySource } from './body-source.ts';
import { CodeView, type CodeSink } from './code-view.tsx';
import { HexView } from './hex-view.tsx';
import { ImageView } from './image-view.tsx';
import { JsonViews } from './json-views.tsx';
import { SaveBody } from './save-body.tsx';

type BodyViewerProps = {
  readonly exchangeId: string;
  readonly part: BodyPart;
  readonly body: BodyInfo;
  readonly headers: HeaderPairs;
  readonly label: string;
  /** Their ids lead to their timelines where they stand in the text. */
  readonly entities: readonly EntityRef[];
  /** Of the exchange: a saved body is named after it. */
  readonly url: string;
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
  if (mode === 'Image') return `${names} undone; stored as sent`;
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

/** The ways this body can be shown. */
function modesOf(nature: BodyNature | null, contentType: string | null): readonly BodyMode[] {
  const json = nature?.json === true;
  const image = /^image\//i.test(contentType ?? '');
  return bodyModes.filter((mode) => {
    if (mode === 'Tree' || mode === 'Table') return json;
    return mode === 'Image' ? image : true;
  });
}

/** What was chosen for one body: it says nothing of how others are wanted. */
type Chosen = {
  readonly source: BodySource;
  readonly mode?: BodyMode | undefined;
  readonly encoding?: string;
  /** The table was asked for here: where there is none, that is said. */
  readonly insisted?: boolean;
};

export function BodyViewer({ exchangeId, part, body, headers, label, entities, url }: BodyViewerProps) {
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
  const modes = modesOf(nature, contentType);
  const usual = nature?.binary === true ? 'Hex' : modes.includes(textMode) ? textMode : 'Pretty';
  const mode = choice.mode ?? (modes.includes('Image') ? 'Image' : usual);
  const encoding = choice.encoding ?? nature?.encoding ?? 'utf-8';
  const choose = (one: BodyMode): void => {
    // How one text is shown is how all are, until it is chosen anew; not so bytes and images.
    const forAll = nature?.binary !== true && !modes.includes('Image');
    setChosen({ ...choice, mode: forAll ? undefined : one, insisted: one === 'Table' });
    if (forAll) view.set({ bodyMode: one });
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
  const stored = { id: exchangeId, part, bytes: body.bytes };
  const undone = source.undoable ? source.codings : [];
  const baseName = baseNameOf(url, headerValue(headers, 'content-disposition'));
  const words = [codingWords(source, mode, undoing), masked(body)].filter((one) => one !== null).join('; ');
  return (
    <section className="body-viewer" aria-label={label}>
      <header>
        <span className="segments" role="group" aria-label="Show as">
          {modes.map((one) => (
            <button key={one} type="button" aria-pressed={one === mode} onClick={() => choose(one)}>
              {one}
            </button>
          ))}
        </span>
        {mode !== 'Hex' && mode !== 'Image' && (
          <Encoding value={encoding} onChange={(next) => setChosen({ ...choice, encoding: next })} />
        )}
        <span className={`grow faint small clip${words === '' ? '' : ' body-words'}`} title={words}>
          {words}
        </span>
        {!body.complete && (
          <span className="warn small" title="More was announced or sent than is kept.">
            incomplete
          </span>
        )}
        <span
          className="faint small body-size"
          title={`${body.bytes.toLocaleString('en')} bytes, SHA-256 ${body.sha256}`}
        >
          {body.bytes.toLocaleString('en')} bytes
        </span>
        {(mode === 'Pretty' || mode === 'Raw' || mode === 'Hex') && (
          <Button
            look="quiet"
            icon={Copy}
            aria-label={`Copy ${label.toLowerCase()}`}
            title="Copies what is shown"
            onClick={() => (mode === 'Hex' ? run(copyHex) : void copyText(sink.current?.text() ?? '', label))}
          />
        )}
        <SaveBody
          body={stored}
          codings={undone}
          contentType={contentType}
          baseName={baseName}
          label={label}
        />
      </header>
      {mode === 'Hex' && (
        <HexView key={exchangeId} exchangeId={exchangeId} part={part} total={body.bytes} label={label} />
      )}
      {mode === 'Image' && (
        <ImageView
          key={exchangeId}
          body={stored}
          codings={undone}
          contentType={contentType ?? ''}
          label={label}
        />
      )}
      {(mode === 'Tree' || mode === 'Table') && (
        <JsonViews
          key={`${exchangeId} ${part}`}
          body={stored}
          codings={undone}
          encoding={encoding}
          mode={mode}
          insisted={choice.insisted === true}
          label={label}
          fileName={baseName}
        />
      )}
      {(mode === 'Pretty' || mode === 'Raw') && (
        <>
          <CodeView key={mode} label={label} onReady={onReady} entities={entities} />
          <MoreToLoad source={source} />
        </>
      )}
    </section>
  );
}
