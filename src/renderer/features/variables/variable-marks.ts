/** `{{…}}` in an editor: marked, and explained under the pointer. */
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import {
  Decoration,
  type EditorView,
  hoverTooltip,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import type { KnownVariable } from '../../../shared/model/environment.ts';
import { sourceWords, valueWords } from './variables-in.ts';

/** Tells an editor which variables there are; null while that is not known. */
export const setVariables = StateEffect.define<readonly KnownVariable[] | null>();

const variables = StateField.define<readonly KnownVariable[] | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setVariables)) return effect.value;
    return value;
  },
});

const pattern = /\{\{\s*(\$?[\w.-]+)\s*\}\}/g;
const known = Decoration.mark({ class: 'cm-known-variable' });
const unknown = Decoration.mark({ class: 'cm-unknown-variable' });
const mergeField = Decoration.mark({ class: 'cm-merge-field' });

const isMergeField = (name: string): boolean => name.includes('.');

const matcher = new MatchDecorator({
  regexp: pattern,
  decoration([, name = ''], view) {
    const list = view.state.field(variables);
    if (list === null) return null;
    if (isMergeField(name)) return mergeField;
    return list.some((one) => one.name === name && one.value !== null) ? known : unknown;
  },
});

const marks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate): void {
      const isNew = update.state.field(variables) !== update.startState.field(variables);
      this.decorations = isNew
        ? matcher.createDeco(update.view)
        : matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const explained = hoverTooltip((view, pos) => {
  const list = view.state.field(variables);
  if (list === null) return null;
  const line = view.state.doc.lineAt(pos);
  for (const match of line.text.matchAll(pattern)) {
    const from = line.from + match.index;
    const to = from + match[0].length;
    if (pos < from || pos > to) continue;
    return {
      pos: from,
      end: to,
      above: true,
      create() {
        const dom = document.createElement('div');
        dom.className = 'variable-tip';
        dom.textContent = words(match[1] ?? '', list);
        return { dom };
      },
    };
  }
  return null;
});

function words(name: string, list: readonly KnownVariable[]): string {
  if (isMergeField(name)) return 'A merge field of HighLevel: it is sent as it stands.';
  const found = list.find((one) => one.name === name);
  return found === undefined
    ? `{{${name}}} is not a variable the companion knows.`
    : `${valueWords(found)} (${sourceWords[found.from]})`;
}

export const variableMarks: Extension = [variables, marks, explained];
