import { z } from 'zod';
import { queryNumber } from '../api/validation.ts';
import { locationOf } from '../collections/owner.ts';
import { indexAfter, pageMeta } from '../collections/pages.ts';
import type { Fields } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import { fullName } from '../contacts/contact.ts';
import type { World } from '../world/world.ts';
import type { Opportunity } from './opportunity.ts';
import { toOpportunityAnswer } from './opportunity.ts';

const text = z.string().optional();
const flag = z.enum(['true', 'false']).optional();
const listQuery = z.looseObject({
  q: text,
  pipeline_id: text,
  pipeline_stage_id: text,
  contact_id: text,
  status: text,
  assigned_to: text,
  id: text,
  startAfter: queryNumber(0, Number.MAX_SAFE_INTEGER).optional(),
  startAfterId: text,
  page: queryNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  limit: queryNumber(1, 100).default(20),
  getTasks: flag,
  getNotes: flag,
  getCalendarEvents: flag,
});

const searchBody = z.looseObject({
  query: z.string().default(''),
  limit: z.number().min(1).max(500).default(20),
  page: z.number().min(1).default(1),
  searchAfter: z.array(z.union([z.string(), z.number()])).optional(),
  additionalDetails: z
    .looseObject({
      notes: z.boolean().optional(),
      tasks: z.boolean().optional(),
      calendarEvents: z.boolean().optional(),
    })
    .optional(),
});

/** What of its contact's an opportunity is shown with. */
interface Details {
  readonly notes?: boolean | undefined;
  readonly tasks?: boolean | undefined;
  readonly calendarEvents?: boolean | undefined;
}

export const opportunitySearch = [
  serve('GET /opportunities/search', { query: listQuery }, (call, world) => {
    const { query } = call;
    const locationId = locationOf(call, world);
    const found = world.records.opportunities
      .newestFirst(locationId)
      .filter((row) => matchesQuery(row, query) && mentions(row, query.q ?? '', world));
    const start =
      query.startAfterId === undefined && query.startAfter === undefined
        ? ((query.page ?? 1) - 1) * query.limit
        : indexAfter(found, createdAt, query.startAfter, query.startAfterId);
    const page = found.slice(start, start + query.limit);
    const last = page.at(-1);
    const more = start + page.length < found.length;
    const details = {
      notes: query.getNotes === 'true',
      tasks: query.getTasks === 'true',
      calendarEvents: query.getCalendarEvents === 'true',
    };
    return {
      opportunities: page.map((row) => withDetails(row, details, world)),
      meta: {
        ...pageMeta(found.length, Math.floor(start / query.limit) + 1, query.limit),
        ...(more && last !== undefined && { nextPageUrl: nextPageUrl(call.request.query, last, world) }),
        ...(last !== undefined && { startAfterId: last.id, startAfter: createdAt(last) }),
      },
      aggregations: {},
    };
  }),
  serve('POST /opportunities/search', { body: searchBody, isLenient: true }, (call, world) => {
    const { query, limit, page, searchAfter, additionalDetails = {} } = call.body;
    const found = world.records.opportunities
      .newestFirst(locationOf(call, world))
      .filter((row) => mentions(row, query, world));
    const [after, afterId] = searchAfter ?? [];
    const start =
      afterId === undefined
        ? (page - 1) * limit
        : indexAfter(found, createdAt, Number(after), String(afterId));
    const rows = found.slice(start, start + limit);
    return {
      opportunities: rows.map((row) => ({
        ...withDetails(row, additionalDetails, world),
        sort: [createdAt(row), row.id],
      })),
      total: found.length,
      aggregations: {},
    };
  }),
];

function matchesQuery(row: Opportunity, query: z.infer<typeof listQuery>): boolean {
  const wanted = [
    [query.pipeline_id, row.pipelineId],
    [query.pipeline_stage_id, row.pipelineStageId],
    [query.contact_id, row.contactId],
    [query.status === 'all' ? undefined : query.status, row.status],
    [query.assigned_to, row.assignedTo],
    [query.id, row.id],
  ];
  return wanted.every(([value, actual]) => value === undefined || value === actual);
}

/** Whether its name, or its contact's name, email or phone, contains the text. */
function mentions(row: Opportunity, wanted: string, world: World): boolean {
  if (wanted === '') return true;
  const contact = world.records.contacts.get(row.contactId);
  const words = [row.name, contact && fullName(contact), contact?.email, contact?.phone];
  return words.some((word) => word?.toLowerCase().includes(wanted.toLowerCase()));
}

function withDetails(row: Opportunity, details: Details, world: World): Fields {
  const { notes, tasks, appointments } = world.records;
  return {
    ...toOpportunityAnswer(row, world),
    ...(details.notes === true && { notes: notes.having('contactId', row.contactId) }),
    ...(details.tasks === true && { tasks: tasks.having('contactId', row.contactId) }),
    ...(details.calendarEvents === true && {
      calendarEvents: appointments.having('contactId', row.contactId),
    }),
  };
}

function nextPageUrl(query: URLSearchParams, last: Opportunity, world: World): string {
  const next = new URLSearchParams(query);
  next.delete('page');
  next.set('startAfter', String(createdAt(last)));
  next.set('startAfterId', last.id);
  return `${world.url}/opportunities/search?${next.toString()}`;
}

function createdAt(row: Opportunity): number {
  return Date.parse(row.createdAt);
}
