/** Ids in a text that lead to the timeline of what they stand for. */
import type { Extension } from '@codemirror/state';
import {
  Decoration,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
} from '@codemirror/view';
import type { EntityRef } from '../../../shared/model/relations.ts';
import { kindWord, timelineHref } from './entity-words.ts';

/** A quoted word that could be an id. */
const quoted = /(?<=")[\w-]{2,200}(?=")/g;

/** Marks what is on the screen, wherever one of these ids stands between quotes. */
export function entityMarks(entities: readonly EntityRef[]): Extension {
  if (entities.length === 0) return [];
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const marks = new Map(
    entities.map((entity) => [
      entity.id,
      Decoration.mark({
        tagName: 'a',
        class: 'cm-entity',
        attributes: { href: timelineHref(entity), title: `Timeline of this ${kindWord(entity.kind)}` },
      }),
    ]),
  );
  const decorator = new MatchDecorator({
    regexp: quoted,
    decoration: ([id]) => (byId.has(id) ? (marks.get(id) ?? null) : null),
    maxLength: 2000,
  });
  return ViewPlugin.define<{
    marks: DecorationSet;
    update(update: Parameters<MatchDecorator['updateDeco']>[0]): void;
  }>(
    (view: EditorView) => ({
      marks: decorator.createDeco(view),
      update(update) {
        this.marks = decorator.updateDeco(update, this.marks);
      },
    }),
    { decorations: (plugin) => plugin.marks },
  );
}
