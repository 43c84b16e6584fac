import { describe, expect, it } from 'vitest';
import { examineAnswer } from '../../src/main/core/requests/examine-answer.ts';
import { requestCheck } from '../../src/shared/model/request.ts';

const answer = (body: unknown, status: number | null = 200) => ({
  status,
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  totalMs: status === null ? null : 120,
  redact: (text: string) => text.replaceAll('sk_live_known', '********'),
});

const contacts = {
  contacts: [{ id: 'c1', tags: ['new', 'vip'], score: 7 }, { id: 'c2' }],
  meta: { total: 2, next: null },
};

describe('checks', () => {
  it.each([
    [{ kind: 'status', value: '200' }, true, '200'],
    [{ kind: 'status', value: '2xx' }, true, '200'],
    [{ kind: 'status', value: '4xx' }, false, '200'],
    [{ kind: 'time', withinMs: 120 }, true, '120 ms'],
    [{ kind: 'time', withinMs: 119 }, false, '120 ms'],
    [{ kind: 'json', path: '$.contacts', test: 'count', value: '2' }, true, '2'],
    [{ kind: 'json', path: '$.contacts[*].id', test: 'count', value: '3' }, false, '2'],
    [{ kind: 'json', path: '$.contacts[0].id', test: 'equals', value: 'c1' }, true, 'c1'],
    [{ kind: 'json', path: '$.contacts[*].id', test: 'equals', value: 'c2' }, false, 'c1 and 1 more'],
    [
      { kind: 'json', path: '$.meta', test: 'equals', value: '{"total":2, "next":null}' },
      true,
      '{"total":2,"next":null}',
    ],
    [{ kind: 'json', path: '$.contacts[0].tags', test: 'contains', value: 'vip' }, true, '["new","vip"]'],
    [{ kind: 'json', path: '$.contacts[0].id', test: 'matches', value: '^c\\d$' }, true, 'c1'],
    [
      { kind: 'json', path: '$.contacts[0].id', test: 'matches', value: '(' },
      false,
      '"(" is no regular expression',
    ],
    [{ kind: 'json', path: '$.contacts[0].score', test: 'greater', value: '6.5' }, true, '7'],
    [{ kind: 'json', path: '$.contacts[0].score', test: 'less', value: '7' }, false, '7'],
    [{ kind: 'json', path: '$.contacts[0].id', test: 'less', value: '7' }, false, 'c1'],
    [{ kind: 'json', path: '$.meta.next', test: 'exists' }, true, 'null'],
    [{ kind: 'json', path: "$.contacts[?@.id=='c3']", test: 'absent' }, true, 'nothing'],
    [{ kind: 'json', path: '$.contacts[?@.score>5].id', test: 'equals', value: 'c1' }, true, 'c1'],
  ])('%j comes out as %s, having seen %s', (written, ok, saw) => {
    const check = requestCheck.parse(written);
    expect(examineAnswer({ checks: [check], captures: [] }, answer(contacts)).checks).toEqual([
      { check, ok, saw },
    ]);
  });

  it('show no secret, by its value, its place or its name', () => {
    const body = { note: `${'-'.repeat(195)}sk_live_known`, access_token: 'abc', deep: { apiKey: 'def' } };
    const sawAt = (path: string) => {
      const check = requestCheck.parse({ kind: 'json', path, test: 'exists' });
      return examineAnswer({ checks: [check], captures: [] }, answer(body)).checks[0]?.saw;
    };
    expect(sawAt('$.note')).toBe(`${'-'.repeat(195)}*****…`);
    expect(sawAt('$.access_token')).toBe('********');
    expect(sawAt('$..apiKey')).toBe('********');
  });

  it('end where a pattern would be searched for ever', () => {
    const check = requestCheck.parse({ kind: 'json', path: '$.id', test: 'matches', value: '^(a+)+$' });
    expect(
      examineAnswer({ checks: [check], captures: [] }, answer({ id: `${'a'.repeat(60)}!` })).checks,
    ).toEqual([{ check, ok: false, saw: '"^(a+)+$" takes too long to be searched for' }]);
  });

  it('say what kept them from looking', () => {
    const sawIn = (body: unknown, path = '$.id') => {
      const check = requestCheck.parse({ kind: 'json', path, test: 'exists' });
      return examineAnswer({ checks: [check], captures: [] }, answer(body)).checks[0];
    };
    expect(sawIn('<html>')).toMatchObject({ ok: false, saw: 'The answer is not JSON.' });
    expect(sawIn('')).toMatchObject({ ok: false, saw: 'The answer has no body.' });
    expect(sawIn({}, 'id')).toMatchObject({
      ok: false,
      saw: expect.stringContaining('"id" is no JSON path'),
    });
    const unanswered = examineAnswer(
      {
        checks: [
          { kind: 'status', value: '2xx' },
          { kind: 'time', withinMs: 1000 },
        ],
        captures: [],
      },
      answer('', null),
    );
    expect(unanswered.checks.map(({ ok, saw }) => [ok, saw])).toEqual([
      [false, 'no answer'],
      [false, 'no answer'],
    ]);
  });
});

describe('captures', () => {
  it('take the first match as text, and say where there is none', () => {
    const paths = ['$.contacts[1].id', '$.contacts[0].tags', '$.meta.total', '$.meta.next', '$.gone', '$.'];
    const captures = paths.map((path) => ({ variable: 'it', path }));
    const { taken } = examineAnswer({ checks: [], captures }, answer(contacts));
    expect(taken.map(({ value, problem }) => value ?? problem)).toEqual([
      'c2',
      '["new","vip"]',
      '2',
      'The answer has null at $.meta.next.',
      'The answer has nothing at $.gone.',
      expect.stringContaining('"$." is no JSON path'),
    ]);
  });

  it('take no number that would come out as another', () => {
    const captures = [{ variable: 'id', path: '$.id' }];
    const { taken } = examineAnswer({ checks: [], captures }, answer('{"id":12345678901234567890}'));
    expect(taken[0]).toMatchObject({ value: null, problem: expect.stringContaining('too many digits') });
  });
});
