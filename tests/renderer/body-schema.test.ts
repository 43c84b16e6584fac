import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { readJson, withValue } from '../../src/renderer/features/requests/json-edits.ts';
import { completeBody } from '../../src/renderer/features/requests/schema-completion.ts';
import { findingsIn } from '../../src/renderer/features/requests/schema-lint.ts';
import type { JsonSchema } from '../../src/shared/highlevel/operations/shapes/json-schema.ts';

const schema: JsonSchema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', maxLength: 5 },
    status: { enum: ['open', 'won'] },
    count: { type: 'integer', minimum: 1 },
    tags: { type: 'array', items: { type: 'string' }, minItems: 1 },
    address: { type: 'object', properties: { city: { type: 'string' } } },
    amount: { anyOf: [{ type: 'number' }, { type: 'string' }] },
  },
};

const locationId = { name: 'locationId', value: 'l1', secret: false, from: 'token' } as const;

describe('a body checked by its schema', () => {
  it.each([
    ['{"name":"Ada"}', []],
    ['{}', ['The body lacks "name", which is required.']],
    ['{"name":7}', ['"name" must be text.']],
    ['{"name":"Adaline"}', ['"name" may have at most 5 characters.']],
    ['{"name":"A","status":"lost"}', ['"status" must be one of open, won.']],
    ['{"name":"A","count":1.5}', ['"count" must be a whole number.']],
    ['{"name":"A","count":0}', ['"count" must be at least 1.']],
    ['{"name":"A","tags":[]}', ['"tags" must have at least 1.']],
    ['{"name":"A","address":{"town":"x"}}', ['HighLevel does not publish a field "town" here.']],
    ['{"name":"A","amount":true}', [expect.stringContaining('must be')]],
    ['[]', ['The body must be an object.']],
  ])('%s', (text, messages) => {
    expect(findingsIn(text, schema).map(({ message }) => message)).toEqual(messages);
  });

  it('lets a variable stand for anything, and marks the place of what is wrong', () => {
    expect(findingsIn('{"name":"{{name}}","status":"{{s}}","count":"{{n}}"}', schema)).toEqual([]);
    const text = '{"name": 7}';
    const [finding] = findingsIn(text, schema);
    expect(text.slice(finding?.from, finding?.to)).toBe('7');
  });
});

describe('a change of one field', () => {
  it('leaves the rest of the text as it was written', () => {
    const text = '{ "big": 12345678901234567890, "name":"Ada" }';
    expect(withValue(text, ['name'], 'Grace')).toBe('{ "big": 12345678901234567890, "name":"Grace" }');
    expect(readJson(withValue(text, ['address', 'city'], 'Leeds'))).toMatchObject({
      address: { city: 'Leeds' },
    });
    expect(readJson(withValue(text, ['name'], undefined))).not.toHaveProperty('name');
    expect(readJson(withValue('', ['name'], 'Ada'))).toEqual({ name: 'Ada' });
    expect(readJson('{"a":')).toBeUndefined();
  });
});

describe('completion', () => {
  const labels = (text: string): string[] | undefined => {
    const pos = text.indexOf('|');
    const state = EditorState.create({ doc: text.replace('|', '') });
    return completeBody(new CompletionContext(state, pos, true), schema, [locationId])?.options.map(
      ({ label }) => label,
    );
  };

  it('offers names of fields, values of closed sets and variables where they may stand', () => {
    expect(labels('{"|"}')).toContain('"status"');
    expect(labels('{"address":{"|"}}')).toEqual(['"city"']);
    expect(labels('{"status":|}')).toEqual(['"open"', '"won"']);
    expect(labels('{"name":"{{|"}')).toEqual(['locationId']);
    expect(labels('{"count":|}')).toBeUndefined();
  });
});
