import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { requiredText, validate } from '../api/validation.ts';
import { familyOf } from '../collections/family.ts';
import { changeFollowers } from '../collections/followers.ts';
import { locationOf, owned, requireRow } from '../collections/owner.ts';
import type { FamilyCall, Fields } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import { customField } from '../contacts/contact.ts';
import { refuse } from '../http/refusal.ts';
import { fieldValues } from '../locations/custom-field.ts';
import type { World } from '../world/world.ts';
import type { Opportunity } from './opportunity.ts';
import { changeEvents, opportunityEvent, STATUSES, toOpportunityAnswer } from './opportunity.ts';

const writable = {
  pipelineStageId: z.string().optional(),
  monetaryValue: z.coerce.number().optional(),
  assignedTo: z.string().optional(),
  source: z.string().optional(),
  customFields: z.array(customField).optional(),
  lostReasonId: z.string().optional(),
};
const status = z.enum(STATUSES);
const createBody = z.looseObject({
  ...writable,
  pipelineId: requiredText,
  name: requiredText,
  status,
  contactId: requiredText,
});
const changeBody = z.looseObject({
  ...writable,
  pipelineId: requiredText.optional(),
  name: requiredText.optional(),
  status: status.optional(),
});
const upsertBody = changeBody.extend({
  id: z.string().optional(),
  contactId: z.string().optional(),
  pipelineId: requiredText,
});
const statusBody = z.looseObject({ status, lostReasonId: z.string().optional() });

type Changes = z.infer<typeof changeBody>;
type Writing = Pick<FamilyCall<Fields, Fields>, 'now' | 'announce'>;

const lostReasons = familyOf({ rows: (world) => world.records.lostReasons, what: 'Lost reason' });

export const opportunityOperations = [
  lostReasons.list('GET /opportunities/lost-reason', 'lostReasons', {
    page: 'skip',
    total: 'total',
    search: ['name'],
    equal: ['name'],
  }),
  serve('GET /opportunities/pipelines', {}, (call, world) => {
    const pipelines = world.records.pipelines.inLocation(locationOf(call, world));
    return { pipelines: pipelines.map((row) => ({ ...row, showInFunnel: true, showInPieChart: true })) };
  }),
  serve('POST /opportunities/', { body: createBody }, (call, world) => {
    const opportunity = create(call.body, locationOf(call, world), call, world);
    return { opportunity: toOpportunityAnswer(opportunity, world) };
  }),
  serve('POST /opportunities/upsert', { body: upsertBody, isLenient: true }, (call, world) => {
    const locationId = locationOf(call, world);
    const { id, contactId, pipelineId } = call.body;
    const { opportunities } = world.records;
    const same =
      id === undefined
        ? opportunities.having('contactId', contactId ?? '').find((row) => row.pipelineId === pipelineId)
        : owned(opportunities, id, call, 'Opportunity');
    const opportunity =
      same === undefined
        ? create(
            validate(createBody, { name: 'New opportunity', status: 'open', ...call.body }),
            locationId,
            call,
            world,
          )
        : change(same, call.body, call, world);
    return { new: same === undefined, opportunity: toOpportunityAnswer(opportunity, world) };
  }),
  serve('GET /opportunities/{id}', {}, (call, world) => ({
    opportunity: toOpportunityAnswer(find(call, world), world),
  })),
  serve('PUT /opportunities/{id}', { body: changeBody }, (call, world) => ({
    opportunity: toOpportunityAnswer(change(find(call, world), call.body, call, world), world),
  })),
  serve('PUT /opportunities/{id}/status', { body: statusBody }, (call, world) => {
    change(
      find(call, world),
      { status: call.body.status, lostReasonId: call.body.lostReasonId },
      call,
      world,
    );
    return { succeded: true };
  }),
  serve('DELETE /opportunities/{id}', {}, (call, world) => {
    const opportunity = find(call, world);
    world.records.discard('opportunities', opportunity.id);
    call.announce('OpportunityDelete', opportunity.locationId, opportunityEvent(opportunity));
    return { succeded: true };
  }),
  ...changeFollowers('/opportunities/{id}/followers', (call, world) => ({
    followers: find(call, world).followers,
    keep: (followers) => void world.records.opportunities.change(param(call, 'id'), { followers }),
  })),
];

function find(call: Call, world: World): Opportunity {
  return owned(world.records.opportunities, param(call, 'id'), call, 'Opportunity');
}

function create(
  body: z.infer<typeof createBody>,
  locationId: string,
  call: Writing,
  world: World,
): Opportunity {
  const { contacts, opportunities } = world.records;
  const {
    pipelineId,
    name,
    contactId,
    assignedTo,
    lostReasonId,
    source = 'public api',
    monetaryValue = 0,
  } = body;
  requireRow(contacts, contactId, locationId, 'Contact');
  const settings = world.directory.location(locationId)?.settings;
  const same = opportunities.having('contactId', contactId).some((row) => row.pipelineId === pipelineId);
  if (same && settings?.allowDuplicateOpportunity === false) {
    throw refuse(400, 'Can not create duplicate opportunity for the contact.');
  }
  const opportunity = opportunities.put({
    id: world.random.id(),
    locationId,
    name,
    pipelineId,
    pipelineStageId: stageOf(pipelineId, body.pipelineStageId, locationId, world),
    status: body.status,
    contactId,
    monetaryValue,
    assignedTo,
    lostReasonId,
    source,
    customFields: fieldValues(body.customFields ?? [], 'opportunity', locationId, world),
    followers: [],
    createdAt: call.now,
    updatedAt: call.now,
    lastStatusChangeAt: call.now,
    lastStageChangeAt: call.now,
  });
  call.announce('OpportunityCreate', locationId, opportunityEvent(opportunity));
  return opportunity;
}

function change(before: Opportunity, changes: Changes, call: Writing, world: World): Opportunity {
  const { locationId } = before;
  const pipelineId = changes.pipelineId ?? before.pipelineId;
  const moved = pipelineId !== before.pipelineId || changes.pipelineStageId !== undefined;
  const pipelineStageId = moved
    ? stageOf(pipelineId, changes.pipelineStageId, locationId, world)
    : before.pipelineStageId;
  const newStatus = changes.status ?? before.status;
  const after = world.records.opportunities.put({
    ...before,
    name: changes.name ?? before.name,
    pipelineId,
    pipelineStageId,
    status: newStatus,
    monetaryValue: changes.monetaryValue ?? before.monetaryValue,
    assignedTo: changes.assignedTo ?? before.assignedTo,
    source: changes.source ?? before.source,
    lostReasonId: changes.lostReasonId ?? before.lostReasonId,
    customFields: changes.customFields
      ? fieldValues(changes.customFields, 'opportunity', locationId, world)
      : before.customFields,
    updatedAt: call.now,
    lastStageChangeAt: pipelineStageId === before.pipelineStageId ? before.lastStageChangeAt : call.now,
    lastStatusChangeAt: newStatus === before.status ? before.lastStatusChangeAt : call.now,
  });
  for (const type of changeEvents(before, after)) call.announce(type, locationId, opportunityEvent(after));
  return after;
}

/** The stage with this id, or the pipeline's first. @throws Refusal 400 where the pipeline or the stage is not there */
function stageOf(pipelineId: string, stageId: string | undefined, locationId: string, world: World): string {
  const { stages } = requireRow(world.records.pipelines, pipelineId, locationId, 'Pipeline');
  const stage = stageId === undefined ? stages[0] : stages.find(({ id }) => id === stageId);
  if (stage === undefined) throw refuse(400, `Pipeline stage ${stageId ?? ''} was not found in the pipeline`);
  return stage.id;
}
