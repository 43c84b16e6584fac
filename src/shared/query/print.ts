import { tokensOf, type Condition } from './condition.ts';
import { fieldOf } from './fields.ts';

const inQuotes = (text: string): string => `"${text.replaceAll('"', '')}"`;

/** Whether a text is read as what it is without quotes, too. */
function readsAs(bare: string, condition: Condition & { readonly kind: 'text' }): boolean {
  const [token, ...more] = tokensOf(bare);
  if (token === undefined || more.length > 0 || token.quoted || token.not !== condition.not) return false;
  // A key that is no field is text and stays so.
  if (token.key !== null)
    return (
      condition.match === 'part' &&
      fieldOf(token.key) === null &&
      `${token.key}:${token.value}` === condition.text
    );
  const match = token.open ? 'start' : token.whole ? 'word' : 'part';
  return match === condition.match && token.value === condition.text;
}

/** One condition as it is typed. */
export function printCondition(condition: Condition): string {
  const not = condition.not ? '-' : '';
  if (condition.kind === 'field') {
    const { key, value } = condition;
    return `${not}${key}:${/[\s"]/.test(value) || value === '' ? inQuotes(value) : value}`;
  }
  const [before, behind] = { part: ['', ''], word: ['=', ''], start: ['', '*'] }[condition.match];
  const bare = `${not}${before}${condition.text}${behind}`;
  return readsAs(bare, condition) ? bare : `${not}${before}${inQuotes(condition.text)}${behind}`;
}

/** The query that `parseQuery` reads these conditions from. */
export function printQuery(conditions: readonly Condition[]): string {
  return conditions.map(printCondition).join(' ');
}
