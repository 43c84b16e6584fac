import { fullName } from '../contacts/contact.ts';
import { STATUSES } from '../opportunities/opportunity.ts';
import type { Seeding } from './seeding.ts';

const PIPELINES = [
  ['Sales', ['New lead', 'Contacted', 'Proposal sent', 'Closed']],
  ['Recall', ['Due', 'Reminded', 'Booked']],
] as const;

const COUNT = 8;

/** Two pipelines, reasons for losing, and opportunities in the first pipeline. */
export function addFirstOpportunities({ records, location, contacts, user, random, ago }: Seeding): void {
  const locationId = location.id;
  const [pipeline] = PIPELINES.map(([name, stages]) =>
    records.pipelines.put({
      id: random.id(),
      locationId,
      name,
      stages: stages.map((stage, position) => ({
        id: random.uuid(),
        name: stage,
        position,
        showInFunnel: true,
        showInPieChart: true,
      })),
    }),
  );
  for (const name of ['Too expensive', 'Went elsewhere']) {
    records.lostReasons.put({ id: random.id(), locationId, name, createdAt: ago(720), updatedAt: ago(720) });
  }
  for (const [index, contact] of contacts.slice(0, COUNT).entries()) {
    const stage = pipeline?.stages[index % pipeline.stages.length];
    if (pipeline === undefined || stage === undefined) continue;
    const date = ago(index * 5 + 2);
    records.opportunities.put({
      id: random.id(),
      locationId,
      name: `${fullName(contact)}: first visit`,
      pipelineId: pipeline.id,
      pipelineStageId: stage.id,
      status: STATUSES[index % STATUSES.length] ?? 'open',
      contactId: contact.id,
      monetaryValue: 150 + index * 75,
      assignedTo: user.id,
      source: 'website form',
      customFields: [],
      followers: [],
      createdAt: date,
      updatedAt: date,
      lastStatusChangeAt: date,
      lastStageChangeAt: date,
    });
  }
}
