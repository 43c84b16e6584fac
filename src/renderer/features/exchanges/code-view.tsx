/** CodeMirror as a reader: fed piece by piece, coloured while that is cheap. */
import { json } from '@codemirror/lang-json';
import { codeFolding, foldGutter, foldKeymap } from '@codemirror/language';
import { search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { EntityRef } from '../../../shared/model/relations.ts';
import { codeLook } from '../../ui/code-look.ts';
import { entityMarks } from '../relations/entity-marks.ts';

export type CodeSink = {
  append(text: string): void;
  clear(): void;
  text(): string;
};

type CodeViewProps = {
  readonly label: string;
  /** Called once with the way to fill the view. */
  readonly onReady: (sink: CodeSink) => () => void;
  readonly entities: readonly EntityRef[];
};

/** Beyond this, colouring costs more than it gives. */
const maxColoured = 2_000_000;
/** A line this long is one piece to the parser, which reads it again from its beginning each time more comes. */
const maxColouredLine = 100_000;

export function CodeView({ label, onReady, entities }: CodeViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef<EditorView | null>(null);
  const [marks] = useState(() => new Compartment());
  const presentMarks = useEffectEvent(() => entityMarks(entities));

  useEffect(() => {
    if (host.current === null) return undefined;
    const grammar = new Compartment();
    let coloured = true;
    /** Length of the last line so far. */
    let line = 0;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        extensions: [
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.contentAttributes.of({
            'aria-label': label,
            tabindex: '0',
            role: 'textbox',
            'aria-multiline': 'true',
            'aria-readonly': 'true',
          }),
          lineNumbers(),
          highlightSpecialChars(),
          marks.of(presentMarks()),
          codeFolding(),
          foldGutter(),
          search({ top: true }),
          keymap.of([...searchKeymap, ...foldKeymap]),
          grammar.of(json()),
          codeLook,
        ],
      }),
    });
    const stop = onReady({
      append(text) {
        const end = view.state.doc.length;
        const effects = [];
        const lineEnd = text.lastIndexOf('\n');
        line = lineEnd < 0 ? line + text.length : text.length - lineEnd;
        if (coloured && (end + text.length > maxColoured || line > maxColouredLine)) {
          coloured = false;
          effects.push(grammar.reconfigure([]));
        }
        view.dispatch({ changes: { from: end, insert: text }, effects });
      },
      clear: () => view.dispatch({ changes: { from: 0, to: view.state.doc.length } }),
      text: () => view.state.doc.toString(),
    });
    shown.current = view;
    return () => {
      stop();
      view.destroy();
    };
  }, [label, marks, onReady]);

  useEffect(() => {
    shown.current?.dispatch({ effects: marks.reconfigure(entityMarks(entities)) });
  }, [entities, marks]);

  return <div className="code" ref={host} />;
}
