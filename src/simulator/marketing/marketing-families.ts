import { requiredText } from '../api/validation.ts';
import { familyOf } from '../collections/family.ts';

const links = familyOf({
  rows: (world) => world.records.links,
  what: 'Link',
  complete: (row) => ({ fieldKey: `{{trigger_link.${row.id}}}` }),
});

const workflows = familyOf({ rows: (world) => world.records.workflows, what: 'Workflow' });
const campaigns = familyOf({ rows: (world) => world.records.campaigns, what: 'Campaign' });
const templates = familyOf({ rows: (world) => world.records.templates, what: 'Template' });

const linkBody = { name: requiredText, redirectTo: requiredText };

export const marketingFamilies = [
  links.list('GET /links/', 'links'),
  links.list('GET /links/search', 'links', { page: 'skip', search: ['name', 'redirectTo'] }),
  links.create('POST /links/', 'link', linkBody),
  links.read('GET /links/id/{linkId}', 'link'),
  links.change('PUT /links/{linkId}', 'link', linkBody),
  links.remove('DELETE /links/{linkId}', { succeded: true }),
  workflows.list('GET /workflows/', 'workflows'),
  campaigns.list('GET /campaigns/', 'campaigns', { equal: ['status'] }),
  templates.list('GET /locations/{locationId}/templates', 'templates', {
    page: 'skip',
    limit: 25,
    total: 'totalCount',
    equal: ['type'],
  }),
  templates.remove('DELETE /locations/{locationId}/templates/{id}', { succeded: true }),
];
