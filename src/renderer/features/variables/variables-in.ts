/** `{{…}}` in what is typed: how to go on, and what it stands for. */
import type { KnownVariable } from '../../../shared/model/environment.ts';

/** A way to go on: `insert` takes the place of what stands from `from` to `to`. */
export type Way = { readonly label: string; readonly detail: string; readonly insert: string };
export type Ways = { readonly from: number; readonly to: number; readonly ways: readonly Way[] };

const reference = /\{\{\s*(\$?[\w.-]+)\s*\}\}/g;

/** Where a variable comes from, in a word. */
export const sourceWords: Readonly<Record<KnownVariable['from'], string>> = {
  row: 'row of the file',
  call: 'this call',
  environment: 'environment',
  shared: 'all environments',
  token: 'token and app',
  dynamic: 'made when sent',
};

export const valueWords = ({ value, from }: KnownVariable): string =>
  from === 'dynamic' ? `like ${value}` : (value ?? 'no value here');

/** @param values what is usually written here; offered while no variable is begun */
export function waysOn(
  text: string,
  caret: number,
  variables: readonly KnownVariable[],
  values: readonly string[],
): Ways {
  const begun = /\{\{\s*(\$?[\w-]*)$/.exec(text.slice(0, caret))?.[1];
  if (begun === undefined) {
    const fitting = values.filter((one) => one !== text && one.toLowerCase().includes(text.toLowerCase()));
    return {
      from: 0,
      to: text.length,
      ways: fitting.map((one) => ({ label: one, detail: '', insert: one })),
    };
  }
  const rest = /^[\w-]*\s*(?:\}\})?/.exec(text.slice(caret))?.[0] ?? '';
  const wanted = begun.toLowerCase();
  const fitting = variables.filter(({ name }) => name.toLowerCase().includes(wanted));
  return {
    from: caret - begun.length,
    to: caret + rest.length,
    ways: fitting
      .toSorted(
        (a, b) =>
          Number(b.name.toLowerCase().startsWith(wanted)) - Number(a.name.toLowerCase().startsWith(wanted)),
      )
      .map((one) => ({ label: one.name, detail: valueWords(one), insert: `${one.name}}}` })),
  };
}

/** What a text would be sent as, and which of its variables nobody knows; null where it has no variables. */
export function readAs(
  text: string,
  variables: readonly KnownVariable[],
): { readonly text: string; readonly unknown: readonly string[]; readonly empty: readonly string[] } | null {
  const unknown: string[] = [];
  const empty: string[] = [];
  let found = false;
  const filled = text.replaceAll(reference, (whole, name: string) => {
    found = true;
    const known = variables.find((one) => one.name === name);
    if (known === undefined) unknown.push(name);
    else if (known.value === null) empty.push(name);
    return known?.value ?? whole;
  });
  return found ? { text: filled, unknown, empty } : null;
}
