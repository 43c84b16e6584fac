import { z } from 'zod';
import type { Document } from '../collections/family.ts';
import { familyOf } from '../collections/family.ts';
import { locationOf } from '../collections/owner.ts';
import { pageFields, pageMeta, pageOf } from '../collections/pages.ts';
import { serve } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';

const forms = familyOf({ rows: (world) => world.records.forms, what: 'Form' });
const surveys = familyOf({ rows: (world) => world.records.surveys, what: 'Survey' });

const text = z.string().optional();
const submissionQuery = z.looseObject({ ...pageFields, q: text, startAt: text, endAt: text });

/** Forms and surveys are made and filled in on their pages; the API reads them. */
export const formOperations = [
  forms.list('GET /forms/', 'forms', { page: 'skip', limit: 10, total: 'total' }),
  surveys.list('GET /surveys/', 'surveys', { page: 'skip', limit: 10, total: 'total' }),
  ...(['form', 'survey'] as const).map((kind) =>
    serve(`GET /${kind}s/submissions`, { query: submissionQuery }, (call, world) => {
      const { records } = world;
      const rows = kind === 'form' ? records.formSubmissions : records.surveySubmissions;
      const wanted = call.query[`${kind}Id`];
      const found = rows
        .newestFirst(locationOf(call, world))
        .filter((row) => (wanted === undefined || row[`${kind}Id`] === wanted) && isAsked(row, call.query));
      const limit = call.query.limit ?? 20;
      return {
        submissions: pageOf(found, call.query, 'page', limit),
        meta: pageMeta(found.length, call.query.page ?? 1, limit),
      };
    }),
  ),
];

function isAsked(row: Document, { q, startAt, endAt }: z.infer<typeof submissionQuery>): boolean {
  const at = textOf(row.createdAt);
  const words = [row.id, row.contactId, row.name, row.email].map((word) => textOf(word).toLowerCase());
  // The last day counts in full.
  return (
    (q === undefined || words.some((word) => word.includes(q.toLowerCase()))) &&
    (startAt === undefined || at >= startAt) &&
    (endAt === undefined || at.slice(0, endAt.length) <= endAt)
  );
}
