import type { RequestCheck } from './request.ts';

type JsonTest = (RequestCheck & { kind: 'json' })['test'];

/** The tests on a place of the answer, in words that stand between the path and the value. */
export const testWords: Readonly<Record<JsonTest, string>> = {
  exists: 'is there',
  absent: 'is not there',
  equals: 'is',
  contains: 'contains',
  matches: 'matches',
  less: 'is less than',
  greater: 'is more than',
  count: 'counts',
};

/** Whether a test compares with a value. */
export const takesValue = (test: JsonTest): boolean => test !== 'exists' && test !== 'absent';

/** What a check asks for, in one line: `$.contact.id is there`. */
export function checkWords(check: RequestCheck): string {
  switch (check.kind) {
    case 'status':
      return `The status is ${check.value}`;
    case 'time':
      return `Answered within ${check.withinMs} ms`;
    case 'json':
      return [check.path, testWords[check.test], takesValue(check.test) ? check.value : '']
        .filter((part) => part !== '')
        .join(' ');
  }
}
