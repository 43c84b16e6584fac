import { tokensOf } from './condition.ts';
import { fieldKeys, fieldOf, fields, type Choice, type FieldKey } from './fields.ts';

/** What a piece of a query could become. */
export type Completion = {
  /** Takes the place of what stands from `start` to `end`. */
  readonly text: string;
  readonly label: string;
  readonly detail: string;
};
export type Completions = {
  readonly start: number;
  readonly end: number;
  readonly options: readonly Completion[];
};

const MOST = 12;

/** Those that begin with what was typed first, then those that have it inside. */
function matching(choices: readonly Choice[], typed: string): Choice[] {
  const wanted = typed.toLowerCase();
  const at = ({ value, detail = '' }: Choice): number => {
    const inValue = value.toLowerCase().indexOf(wanted);
    return inValue >= 0 ? inValue : detail.toLowerCase().includes(wanted) ? 1000 : -1;
  };
  return choices
    .filter((choice) => at(choice) >= 0)
    .toSorted((a, b) => Math.min(at(a), 1) - Math.min(at(b), 1));
}

/**
 * How the piece at the caret could go on: its value where it names a field, else the fields that begin like it.
 * @param choices the values known for a field, such as the sub-accounts seen so far
 */
export function completionsAt(
  query: string,
  caret: number,
  choices: (key: FieldKey) => readonly Choice[],
): Completions {
  const typed = /\S*$/.exec(query.slice(0, caret))?.[0] ?? '';
  const key = /^-?([a-z-]+):"?$/i.exec(typed)?.[1];
  const token = tokensOf(query).find(({ start, end }) => start < caret && caret <= end);
  const start = token?.start ?? caret - typed.length;
  const end = token?.end ?? caret;
  const field = fieldOf((token?.key ?? key ?? '').toLowerCase());
  const minus = (token?.not ?? false) || typed.startsWith('-') ? '-' : '';
  if (field !== null) {
    const value = token?.key === null || key !== undefined ? '' : (token?.value ?? '');
    const options = matching(choices(field), value).map((choice) => ({
      text: `${minus}${field}:${/\s/.test(choice.value) ? `"${choice.value}"` : choice.value} `,
      label: choice.value,
      detail: choice.detail ?? '',
    }));
    // What is there already is no way to go on.
    const more = options.filter((option) => option.text.trim() !== query.slice(start, end));
    return { start, end, options: more.slice(0, MOST) };
  }
  if (token?.quoted === true || token?.whole === true) return { start, end, options: [] };
  const wanted = typed.replace(/^-/, '').toLowerCase();
  const options = fieldKeys
    .filter((name) => name.startsWith(wanted) && (minus === '' || fields[name].canExclude))
    .map((name) => ({ text: `${minus}${name}:`, label: `${minus}${name}:`, detail: fields[name].help }));
  return { start, end, options };
}
