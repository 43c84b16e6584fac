import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import { serve } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';

const shareBody = z.looseObject({
  snapshot_id: requiredText,
  share_type: z.enum(['link', 'permanent_link', 'agency_link', 'location_link']),
});

const statusPath = '/snapshots/snapshot-status/{snapshotId}';

/** Snapshots are the agency's; each has been pushed to some sub-accounts. */
export const snapshotOperations = [
  serve('GET /snapshots/', {}, (call, world) => {
    requireCompany(call.query.companyId, call);
    const snapshots = world.records.snapshots.inLocation(call.grant.companyId);
    return { snapshots: snapshots.map(({ id, name, type }) => ({ id, name, type })) };
  }),
  serve('POST /snapshots/share/link', { body: shareBody }, (call, world) => {
    requireCompany(call.query.companyId, call);
    const snapshot = find(call.body.snapshot_id, call, world);
    const id = world.random.id();
    return { id, shareLink: `${world.url}/snapshots/${snapshot.id}/share/${id}` };
  }),
  serve(`GET ${statusPath}`, {}, (call, world) => {
    requireCompany(call.query.companyId, call);
    const { from, to, lastDoc, limit } = call.query;
    const pushes = world.records.snapshotPushes
      .having('snapshotId', find(param(call, 'snapshotId'), call, world).id)
      .filter(({ dateAdded }) => textOf(dateAdded) >= textOf(from) && textOf(dateAdded) <= textOf(to));
    const start = pushes.findIndex(({ id }) => id === lastDoc) + 1;
    const page = pushes.slice(start, start + (Number(limit) || 20));
    return {
      data: page.map(({ id, pushedTo, status, dateAdded }) => ({
        id,
        locationId: pushedTo,
        status,
        dateAdded,
      })),
    };
  }),
  serve(`GET ${statusPath}/location/{locationId}`, {}, (call, world) => {
    requireCompany(call.query.companyId, call);
    const push = world.records.snapshotPushes
      .having('snapshotId', find(param(call, 'snapshotId'), call, world).id)
      .findLast(({ pushedTo }) => pushedTo === param(call, 'locationId'));
    if (push === undefined) throw refuse(404, 'The snapshot was not pushed to this location');
    const { id, pushedTo, status } = push;
    return {
      data: {
        id,
        locationId: pushedTo,
        status,
        completed: ['workflows', 'calendars', 'funnels'],
        pending: [],
      },
    };
  }),
];

function requireCompany(companyId: unknown, { grant }: Call): void {
  if (companyId !== grant.companyId) throw refuse(403, 'The token does not have access to this company.');
}

function find(id: string, { grant }: Call, world: World): Document {
  const snapshot = world.records.snapshots.get(id);
  if (snapshot?.locationId !== grant.companyId) throw refuse(404, 'Snapshot not found');
  return snapshot;
}
