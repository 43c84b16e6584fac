import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type CompletionContext,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { linter, lintGutter } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { JsonSchema } from '../../../shared/highlevel/operations/shapes/json-schema.ts';
import { useKnownVariables } from '../variables/known-variables.tsx';
import { setVariables, variableMarks } from '../variables/variable-marks.ts';
import { codeLook } from '../../ui/code-look.ts';
import { completeBody } from './schema-completion.ts';
import { findingsIn } from './schema-lint.ts';

type BodyEditorProps = {
  readonly label?: string;
  readonly value: string;
  readonly schema?: JsonSchema | null;
  readonly onChange: (text: string) => void;
  readonly onSend: () => void;
};

const parseJson = jsonParseLinter();

export function BodyEditor({
  label = 'Request body',
  value,
  schema = null,
  onChange,
  onSend,
}: BodyEditorProps) {
  const variables = useKnownVariables();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const firstValue = useEffectEvent(() => value);
  const name = useEffectEvent(() => label);
  const changed = useEffectEvent(onChange);
  const send = useEffectEvent(onSend);
  const complete = useEffectEvent((context: CompletionContext) =>
    completeBody(context, schema, variables ?? []),
  );
  const findings = useEffectEvent((text: string) => (schema === null ? [] : findingsIn(text, schema)));

  useEffect(() => {
    if (host.current === null) return undefined;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: firstValue(),
        extensions: [
          Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (send(), true) }])),
          lineNumbers(),
          history(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ override: [(context) => complete(context)] }),
          json(),
          // An empty body is no mistake, and variables are filled in before the JSON is read.
          linter((current) => {
            const text = current.state.doc.toString();
            if (text.trim() === '') return [];
            const broken = parseJson(current);
            return broken.length > 0 ? broken : findings(text);
          }),
          lintGutter(),
          variableMarks,
          placeholder('No body'),
          keymap.of([
            ...completionKeymap,
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            indentWithTab,
          ]),
          EditorView.contentAttributes.of({ 'aria-label': name(), tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
          codeLook,
        ],
      }),
    });
    editor.current = view;
    return () => view.destroy();
  }, []);

  useEffect(() => {
    const view = editor.current;
    if (view === null || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    editor.current?.dispatch({ effects: setVariables.of(variables) });
  }, [variables]);

  return <div className="body-editor" ref={host} />;
}
