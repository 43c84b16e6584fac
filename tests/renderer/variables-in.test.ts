import { describe, expect, it } from 'vitest';
import type { KnownVariable } from '../../src/shared/model/environment.ts';
import {
  capturesOf,
  checkRow,
  checksOf,
  captureRow,
  rowOfCheck,
  rowProblem,
  variableFor,
} from '../../src/renderer/features/variables/tests-of-draft.ts';
import { readAs, waysOn } from '../../src/renderer/features/variables/variables-in.ts';

const known = (name: string, value: string | null): KnownVariable => ({
  name,
  value,
  secret: false,
  from: 'environment',
});
const variables = [known('myContact', 'c2'), known('contactId', 'c1'), known('userId', null)];

/** The text with `|` where the caret is. */
const at = (text: string, values: readonly string[] = []) => {
  const found = waysOn(text.replace('|', ''), text.indexOf('|'), variables, values);
  return found.ways.map(
    ({ insert }) =>
      `${text.replace('|', '').slice(0, found.from)}${insert}${text.replace('|', '').slice(found.to)}`,
  );
};

describe('completion in a field', () => {
  it('offers what fits after {{, what begins so first, and closes it once', () => {
    expect(at('a {{cont|')).toEqual(['a {{contactId}}', 'a {{myContact}}']);
    expect(at('{{|}} b')).toEqual(['{{myContact}} b', '{{contactId}} b', '{{userId}} b']);
    expect(at('{{user|Name }}/x')).toEqual(['{{userId}}/x']);
    expect(at('{{contactId}}|')).toEqual([]);
  });

  it('offers the usual values where no variable is begun', () => {
    expect(at('|', ['open', 'won'])).toEqual(['open', 'won']);
    expect(at('o|', ['open', 'lost'])).toEqual(['open', 'lost']);
    expect(at('open|', ['open'])).toEqual([]);
  });
});

it('a text is read as it would be sent, with what nobody knows', () => {
  expect(readAs('no variable', variables)).toBeNull();
  expect(readAs('/{{ contactId }}/{{nobody}}?{{userId}}', variables)).toEqual({
    text: '/c1/{{nobody}}?{{userId}}',
    unknown: ['nobody'],
    empty: ['userId'],
  });
});

it('a value of an answer gives its variable a name', () => {
  expect(['$.contact.id', "$.contacts[0]['_id']", '$.meta.total', '$.id', '$'].map(variableFor)).toEqual([
    'contactId',
    'contactId',
    'total',
    'id',
    'value',
  ]);
});

it('rows of checks and captures are sent once they are whole', () => {
  const checks = [
    { kind: 'status', value: '2xx' },
    { kind: 'time', withinMs: 500 },
    { kind: 'json', path: '$.id', test: 'equals', value: 'x' },
  ] as const;
  expect(checksOf(checks.map(rowOfCheck))).toEqual(checks);
  expect(checksOf([checkRow('equals', '', 'x'), { ...checkRow(), on: false }])).toEqual([]);
  expect(rowProblem(checkRow('equals', '', 'x'))).toMatch('needs a JSON path');
  expect(rowProblem(checkRow('equals', 'id', 'x'))).toBe('A JSON path begins with $.');
  expect(rowProblem(checkRow('status', '', 'fine'))).toMatch('A status is written');
  expect(capturesOf([captureRow('a', '$.a'), captureRow('a b', '$.a'), captureRow()])).toEqual([
    { variable: 'a', path: '$.a' },
  ]);
});
