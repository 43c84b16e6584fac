import { useMutation } from '@tanstack/react-query';
import { Pencil, Pin, StickyNote, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { noteLength } from '../../../shared/model/care.ts';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import { modifier } from '../../lib/shortcuts.ts';
import { useValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { noteBeingWritten, pin, selectionOf } from './care-actions.ts';

type KeepActionsProps = { readonly exchange: ExchangeDetail; readonly onDelete: () => void };

/** Pin, note and delete, for the exchange that is open; in a list its keys do the same. */
export function KeepActions({ exchange, onDelete }: KeepActionsProps) {
  const { id, pinned } = exchange;
  return (
    <span className="keep-actions">
      <Button
        look="quiet"
        icon={Pin}
        aria-label="Pin"
        aria-pressed={pinned}
        title={pinned ? 'Pinned: no retention rule deletes it (S)' : 'Pin (S)'}
        onClick={() => pin(selectionOf(id), !pinned)}
      />
      <Button
        look="quiet"
        icon={StickyNote}
        aria-label="Note"
        title="Note (N)"
        onClick={() => noteBeingWritten.set(id)}
      />
      <Button look="quiet" icon={Trash2} aria-label="Delete" title="Delete (Del)" onClick={onDelete} />
    </span>
  );
}

function NoteEditor({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { id } = exchange;
  const [text, setText] = useState(exchange.note ?? '');
  const close = (): void => noteBeingWritten.set(null);
  const save = useMutation({ mutationFn: () => rpc.exchanges.note({ id, note: text }), onSuccess: close });
  return (
    <form
      className="note-editor"
      aria-label="Note"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <textarea
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by a key or a button to be written in
        autoFocus
        className="input"
        rows={3}
        maxLength={noteLength}
        aria-label="Text of the note"
        placeholder="What is worth remembering about this exchange? Found by search."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save.mutate();
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {save.error !== null && <Failure error={save.error} />}
      <div className="line">
        <span className="faint small grow">
          Stays on this machine. A noted exchange is kept by every rule.
        </span>
        <Button onClick={close}>Cancel</Button>
        <Button look="primary" submit busy={save.isPending} title={`Save (${modifier} Enter)`}>
          Save note
        </Button>
      </div>
    </form>
  );
}

/** The note of the exchange that is open, and the way to change it. */
export function NoteStrip({ exchange }: { readonly exchange: ExchangeDetail }) {
  const writing = useValue(noteBeingWritten) === exchange.id;
  if (writing) return <NoteEditor key={exchange.id} exchange={exchange} />;
  if (exchange.note === null) return null;
  return (
    <section className="note-strip" aria-label="Note">
      <StickyNote aria-hidden />
      <p>{exchange.note}</p>
      <Button
        look="quiet"
        icon={Pencil}
        aria-label="Edit note"
        title="Edit note (N)"
        onClick={() => noteBeingWritten.set(exchange.id)}
      />
    </section>
  );
}
