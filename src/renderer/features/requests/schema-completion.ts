/** What may be written at a place of a JSON body: names of fields, values of closed sets, variables. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { getLocation } from 'jsonc-parser';
import type { JsonSchema } from '../../../shared/highlevel/operations/shapes/json-schema.ts';
import type { KnownVariable } from '../../../shared/model/environment.ts';
import { valueWords } from '../variables/variables-in.ts';
import { schemasAt, wordsFor } from './schema-at.ts';

/** `variables` are offered once `{{` is typed. */
export function completeBody(
  context: CompletionContext,
  schema: JsonSchema | null,
  variables: readonly KnownVariable[],
): CompletionResult | null {
  const variable = context.matchBefore(/\{\{\s*\$?[\w-]*/);
  if (variable !== null) {
    const rest = context.state.sliceDoc(context.pos, context.pos + 2);
    const end = rest.startsWith('}}') ? '' : '}}';
    return {
      from: variable.from + 2,
      options: variables.map((one, index) => ({
        label: one.name,
        detail: valueWords(one),
        apply: `${one.name}${end}`,
        type: 'variable',
        boost: -index,
      })),
    };
  }
  if (schema === null) return null;
  const word = context.matchBefore(/"?[\w.-]*/);
  if (word === null || (word.from === word.to && !context.explicit)) return null;
  const location = getLocation(context.state.doc.toString(), context.pos);
  const options = location.isAtPropertyKey
    ? names(schema, location.path.slice(0, -1))
    : values(schema, location.path);
  // Closing quotes are typed by the editor: the completion brings its own.
  const closing = context.state.sliceDoc(context.pos, context.pos + 1) === '"' ? 1 : 0;
  return options.length === 0 ? null : { from: word.from, to: context.pos + closing, options, filter: true };
}

function names(schema: JsonSchema, path: readonly (string | number)[]): Completion[] {
  return schemasAt(schema, path).flatMap((one) =>
    Object.entries(one.properties ?? {}).map(([name, inner]) => ({
      label: `"${name}"`,
      detail: wordsFor(inner),
      boost: one.required?.includes(name) === true ? 1 : 0,
      type: 'property',
      apply: `"${name}": `,
    })),
  );
}

function values(schema: JsonSchema, path: readonly (string | number)[]): Completion[] {
  return schemasAt(schema, path).flatMap((one) => {
    const known = one.type === 'boolean' ? [true, false] : (one.enum ?? []);
    return known.map((value) => ({ label: JSON.stringify(value), type: 'constant' }));
  });
}
