import { expect, test } from 'vitest';
import { exportRows } from '../../src/main/core/runs/export-rows.ts';
import { newRows } from '../../src/main/core/runs/new-rows.ts';
import { pageDraft } from '../../src/main/core/runs/page-draft.ts';
import { parseExact } from '../../src/shared/highlevel/exact-numbers.ts';
import { findRows, nextFields, rowId } from '../../src/shared/highlevel/paging.ts';
import type { RowsFormat } from '../../src/shared/model/run.ts';
import { requestDraft } from '../../src/shared/model/request.ts';

const answer = parseExact(
  '{"rows":[{"id":9007199254740993,"sum":0.12345678901234567890,"half":1.5,"sort":[12345678901234567890,"x"]}]}',
);

async function exported(format: RowsFormat, rows: readonly string[]): Promise<string> {
  let text = '';
  for await (const piece of exportRows(format, async function* () {
    yield* rows;
  })) {
    text += piece;
  }
  return text;
}

test('numbers that a double cannot hold keep their digits, in rows, exports and what asks for the next page', async () => {
  const rows = findRows(answer)?.rows ?? [];
  expect(rows.map(rowId)).toEqual(['9007199254740993']);
  const { lines } = newRows(rows, new Set(), [], false);
  const line =
    '{"id":9007199254740993,"sum":0.12345678901234567890,"half":1.5,"sort":[12345678901234567890,"x"]}';
  expect(lines).toEqual([line]);
  expect(await exported('ndjson', lines)).toBe(`${line}\n`);
  expect(await exported('json', lines)).toBe(`[\n${line}\n]\n`);
  expect((await exported('csv', lines)).split('\n')[1]).toBe(
    '9007199254740993,0.12345678901234567890,1.5,"[12345678901234567890,""x""]"',
  );
  const page = { answer, rows, asked: {}, rowsRead: 1, ascending: false };
  const draft = requestDraft.parse({
    profileId: '0198c2a5-5b0f-7000-8000-000000000000',
    method: 'POST',
    path: '/x',
    body: '{"big":9007199254740993}',
  });
  const after = nextFields('searchAfter', page) ?? {};
  const paging = { style: 'searchAfter', place: 'body', sizeField: null } as const;
  expect(pageDraft(draft, paging, 1, after).body).toBe(
    '{"big":9007199254740993,"searchAfter":[12345678901234567890,"x"]}',
  );
  const fields = nextFields('startAfter', page) ?? {};
  const inQuery = { style: 'startAfter', place: 'query', sizeField: null } as const;
  expect(pageDraft(draft, inQuery, 1, fields).query).toEqual([
    { name: 'startAfter', value: '9007199254740993' },
  ]);
});

test('rows without an id are left out only where they end one page and begin the next that overlaps it', () => {
  const a = { at: 1, name: 'a' };
  const b = { at: 2, name: 'b' };
  const first = newRows([a, b, b], new Set(), [], true);
  expect(first).toMatchObject({ unidentified: 3 });
  expect(newRows([b, b, a], new Set(), first.hashes, true).lines).toEqual([JSON.stringify(a)]);
  expect(newRows([a, b], new Set(), first.hashes, true).lines).toHaveLength(2);
  expect(newRows([b, b, a], new Set(), first.hashes, false).lines).toHaveLength(3);
});

test('the page after a date reaches back over it, for rows of the same instant', () => {
  const rows = [{ id: 'a', lastMessageDate: 1000 }];
  const page = { answer: {}, rows, asked: {}, rowsRead: 1 };
  expect(nextFields('startAfterDate', { ...page, ascending: false })).toEqual({ startAfterDate: 1001 });
  expect(nextFields('startAfterDate', { ...page, ascending: true })).toEqual({ startAfterDate: 999 });
});
