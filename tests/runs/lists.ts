/** A list of the simulator for each way of paging. */
import type { PageStyle } from '../../src/shared/highlevel/paging.ts';
import type { RequestDraft } from '../../src/shared/model/request.ts';

export type ListFacts = {
  readonly locationId: string;
  readonly companyId: string;
  readonly conversationId: string;
  readonly knowledgeBaseId: string;
};

export type List = {
  readonly name: string;
  readonly style: PageStyle;
  /** The field of its size. */
  readonly size: 'limit' | 'pageSize' | 'pageLimit' | 'pageLength';
  /** The most rows a page may have. */
  readonly most: number;
  /** Rows a page, so that there are several; default 2. */
  readonly page?: number;
  readonly draft: (facts: ListFacts) => Omit<RequestDraft, 'profileId'>;
};

const get = (
  path: string,
  query: Readonly<Record<string, string>>,
  more: Partial<RequestDraft> = {},
): Omit<RequestDraft, 'profileId'> => ({
  method: 'GET',
  path,
  query: Object.entries(query).map(([name, value]) => ({ name, value })),
  ...more,
});

export const lists: readonly List[] = [
  {
    name: 'offset and limit',
    style: 'offset',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => get('/blogs/authors', { locationId, offset: '0' }, { locationId }),
  },
  {
    name: 'skip and limit',
    style: 'skip',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => get('/blogs/site/all', { locationId, skip: '0' }, { locationId }),
  },
  {
    name: 'page and limit',
    style: 'page',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => get('/forms/submissions', { locationId }, { locationId }),
  },
  {
    name: 'page and pageSize',
    style: 'page',
    size: 'pageSize',
    most: 50,
    draft: ({ locationId }) => get('/voice-ai/agents', { locationId }, { locationId }),
  },
  {
    name: 'page and pageLength',
    style: 'page',
    size: 'pageLength',
    most: 100,
    draft: ({ locationId, knowledgeBaseId }) =>
      get('/knowledge-bases/crawler', { locationId, knowledgeBaseId }, { locationId }),
  },
  {
    name: 'startAfter alone',
    style: 'startAfter',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => get('/conversation-ai/agents/search', {}, { locationId }),
  },
  {
    name: 'startAfter and startAfterId',
    style: 'startAfterId',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => get('/contacts/', { locationId }, { locationId }),
  },
  {
    name: 'startAfter and startAfterId of opportunities',
    style: 'startAfterId',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => get('/opportunities/search', { location_id: locationId }, { locationId }),
  },
  {
    name: 'startAfterDate',
    style: 'startAfterDate',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => get('/conversations/search', { locationId }, { locationId }),
  },
  {
    name: 'startAfterDate, oldest first',
    style: 'startAfterDate',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => get('/conversations/search', { locationId, sort: 'asc' }, { locationId }),
  },
  {
    name: 'lastMessageId',
    style: 'lastMessageId',
    size: 'limit',
    most: 100,
    draft: ({ locationId, conversationId }) =>
      get(`/conversations/${conversationId}/messages`, {}, { locationId }),
  },
  {
    name: 'cursor',
    style: 'cursor',
    size: 'limit',
    most: 500,
    page: 10,
    draft: ({ locationId }) => get('/conversations/messages/export', { locationId }, { locationId }),
  },
  {
    name: 'lastKnowledgeBaseId',
    style: 'lastKnowledgeBaseId',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => get('/knowledge-bases/', { locationId }, { locationId }),
  },
  {
    name: 'lastFaqId',
    style: 'lastFaqId',
    size: 'limit',
    most: 100,
    draft: ({ locationId, knowledgeBaseId }) =>
      get('/knowledge-bases/faqs', { locationId, knowledgeBaseId }, { locationId }),
  },
  {
    name: 'searchAfter in a body',
    style: 'searchAfter',
    size: 'pageLimit',
    most: 100,
    draft: ({ locationId }) => ({
      method: 'POST',
      path: '/contacts/search',
      body: JSON.stringify({ locationId }),
      locationId,
    }),
  },
  {
    name: 'searchAfter of opportunities',
    style: 'searchAfter',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => ({
      method: 'POST',
      path: '/opportunities/search',
      body: JSON.stringify({ locationId }),
      locationId,
    }),
  },
  {
    name: 'searchAfter of the records of an object',
    style: 'searchAfter',
    size: 'pageLimit',
    most: 100,
    draft: ({ locationId }) => ({
      method: 'POST',
      path: '/objects/custom_objects.pets/records/search',
      body: JSON.stringify({ locationId }),
      locationId,
    }),
  },
  {
    name: 'skip and limit in a body',
    style: 'skip',
    size: 'limit',
    most: 100,
    draft: ({ locationId }) => ({
      method: 'POST',
      path: '/locations/{locationId}/tasks/search',
      pathParams: { locationId },
      body: '{}',
      locationId,
    }),
  },
  {
    name: 'pageSize and pageToken',
    style: 'pageToken',
    size: 'pageSize',
    most: 100,
    draft: ({ companyId }) =>
      get('/oauth/installed-locations', { companyId, appId: '{{appId}}' }, { tokenId: null }),
  },
];
