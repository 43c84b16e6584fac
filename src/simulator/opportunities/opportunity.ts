import type { Row } from '../collections/collection.ts';
import type { Fields } from '../collections/serve.ts';
import { fullName } from '../contacts/contact.ts';
import type { FieldValue } from '../locations/custom-field.ts';
import type { World } from '../world/world.ts';

export const STATUSES = ['open', 'won', 'lost', 'abandoned'] as const;

export type OpportunityStatus = (typeof STATUSES)[number];

export interface Opportunity extends Row {
  readonly name: string;
  readonly pipelineId: string;
  readonly pipelineStageId: string;
  readonly status: OpportunityStatus;
  readonly contactId: string;
  readonly monetaryValue: number;
  readonly assignedTo?: string | undefined;
  readonly source: string;
  readonly lostReasonId?: string | undefined;
  readonly customFields: readonly FieldValue[];
  /** Ids of users. */
  readonly followers: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly lastStatusChangeAt: string;
  readonly lastStageChangeAt: string;
}

export interface Stage {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly showInFunnel: boolean;
  readonly showInPieChart: boolean;
}

export interface Pipeline extends Row {
  readonly name: string;
  readonly stages: readonly Stage[];
}

/** An opportunity as the API answers it, with its contact. */
export function toOpportunityAnswer(opportunity: Opportunity, world: World): Fields {
  const contact = world.records.contacts.get(opportunity.contactId);
  const person = contact && {
    id: contact.id,
    name: fullName(contact),
    companyName: contact.companyName ?? '',
    email: contact.email ?? '',
    phone: contact.phone ?? '',
    tags: contact.tags,
  };
  return {
    ...opportunity,
    lastActionDate: opportunity.updatedAt,
    indexVersion: '1',
    customFields: opportunity.customFields.map(({ id, value }) => ({ id, fieldValue: value })),
    contact: person,
    notes: [],
    tasks: [],
    calendarEvents: [],
  };
}

/** The fields of every opportunity event. */
export function opportunityEvent(opportunity: Opportunity): Fields {
  const { id, assignedTo, contactId, monetaryValue, name, pipelineId, pipelineStageId, source, status } =
    opportunity;
  const dateAdded = opportunity.createdAt;
  return {
    id,
    assignedTo,
    contactId,
    monetaryValue,
    name,
    pipelineId,
    pipelineStageId,
    source,
    status,
    dateAdded,
  };
}

/** What a change fires: OpportunityUpdate, and an event of its own for the stage, status, value and owner. */
export function changeEvents(before: Opportunity, after: Opportunity): string[] {
  const specific = [
    before.pipelineStageId !== after.pipelineStageId && 'OpportunityStageUpdate',
    before.status !== after.status && 'OpportunityStatusUpdate',
    before.monetaryValue !== after.monetaryValue && 'OpportunityMonetaryValueUpdate',
    before.assignedTo !== after.assignedTo && 'OpportunityAssignedToUpdate',
  ];
  return ['OpportunityUpdate', ...specific.filter((type) => type !== false)];
}
