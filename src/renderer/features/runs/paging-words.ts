import { pageSizeFields, pageStyles, type Paging } from '../../../shared/highlevel/paging.ts';
import type { PagingFound } from '../../../shared/model/run.ts';

/** A list's way of paging as one choice: `query offset`. */
export const choiceOf = ({ place, style }: Paging): string => `${place} ${style}`;

export const choices: readonly { readonly value: string; readonly label: string }[] = (
  ['query', 'body'] as const
).flatMap((place) =>
  pageStyles.map((style) => ({ value: `${place} ${style}`, label: `${style} in the ${place}` })),
);

export const sizeFields: readonly (Paging['sizeField'] & string)[] = pageSizeFields;

/** The paging that was chosen; null where the choice is left to the companion. */
export function pagingFrom(choice: string, sizeField: string): Paging | null {
  const [place] = choice.split(' ');
  const style = pageStyles.find((one) => choice.endsWith(` ${one}`));
  if (style === undefined) return null;
  return {
    style,
    place: place === 'body' ? 'body' : 'query',
    sizeField: sizeFields.find((one) => one === sizeField) ?? null,
  };
}

/** What was found out and by what. */
export function foundWords({ paging, from }: PagingFound): string {
  if (paging === null || from === null)
    return 'Neither the operation nor the request names a page: the first answer decides.';
  const by = { operation: 'The operation', query: 'The query', body: 'The body' }[from];
  const field = from === 'operation' ? `takes “${paging.style}”` : `holds “${paging.style}”`;
  const size =
    paging.sizeField === null
      ? 'the size of a page cannot be chosen'
      : `“${paging.sizeField}” is the size of a page`;
  return `${by} ${field}; ${size}.`;
}
