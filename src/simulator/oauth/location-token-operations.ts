import { z } from 'zod';
import { refuseLocation } from '../api/enforcement.ts';
import type { OperationRules } from '../api/operation.ts';
import { nothing, operation } from '../api/operation.ts';
import { queryNumber, requiredText } from '../api/validation.ts';
import type { Reply } from '../http/messages.ts';
import { jsonReply } from '../http/messages.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import type { Consent } from './grants.ts';
import { toTokenAnswer } from './token-answer.ts';

const mint: OperationRules = {
  method: 'POST',
  path: '/oauth/locationToken',
  access: ['Agency-Access-Only'],
  scopes: ['oauth.write'],
  surface: 'before v3',
};

const list: OperationRules = {
  method: 'GET',
  path: '/oauth/installedLocations',
  access: ['Agency-Access-Only'],
  scopes: ['oauth.readonly'],
  surface: 'before v3',
};

const mintBody = z.strictObject({ companyId: requiredText, locationId: requiredText });

const filters = {
  companyId: requiredText,
  appId: requiredText,
  query: z.string().optional(),
  isInstalled: z.stringbool().optional(),
  versionId: z.string().optional(),
  onTrial: z.string().optional(),
  planId: z.string().optional(),
  locationId: z.string().optional(),
};

const listQuery = z.strictObject({
  ...filters,
  skip: queryNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  limit: queryNumber(1, 500).default(20),
});

const listQueryV3 = z.strictObject({
  ...filters,
  restrictToUserLocations: z.string().optional(),
  pageSize: queryNumber(1, 100).default(20),
  pageToken: queryNumber(0, Number.MAX_SAFE_INTEGER).default(0),
});

export const locationTokenOperations = [
  operation(mint, nothing, mintBody, (call, world) => mintLocationToken(call.grant, call.body, world)),
  operation({ ...mint, path: '/oauth/location-token', surface: 'v3' }, nothing, mintBody, (call, world) =>
    mintLocationToken(call.grant, call.body, world),
  ),
  operation(list, listQuery, nothing, (call, world) => {
    const { skip, limit } = call.query;
    const locations = installedLocations(call.grant, call.query, world).slice(skip, skip + limit);
    return jsonReply(200, {
      locations,
      count: world.directory.locations.length,
      installToFutureLocations: call.grant.installToFutureLocations,
      traceId: world.random.uuid(),
    });
  }),
  operation(
    { ...list, path: '/oauth/installed-locations', surface: 'v3' },
    listQueryV3,
    nothing,
    (call, world) => {
      const { pageSize, pageToken: start } = call.query;
      const found = installedLocations(call.grant, call.query, world);
      const items = found.slice(start, start + pageSize);
      const next = start + pageSize < found.length ? String(start + pageSize) : null;
      const prev = start > 0 ? String(Math.max(0, start - pageSize)) : null;
      return jsonReply(200, {
        items,
        pagination: {
          totalRecords: found.length,
          hasNextPage: next !== null,
          hasPrevPage: prev !== null,
          nextPageToken: next,
          prevPageToken: prev,
          currentPageSize: items.length,
        },
        metadata: {},
        installToFutureLocations: call.grant.installToFutureLocations,
        traceId: world.random.uuid(),
      });
    },
  ),
];

function mintLocationToken(grant: Consent, body: z.infer<typeof mintBody>, world: World): Reply {
  if (body.companyId !== grant.companyId) throw refuseLocation();
  if (world.directory.location(body.locationId) === undefined) throw refuseLocation();
  if (world.installations.location(body.locationId) === undefined) {
    throw refuse(400, 'The app is not installed on this location.');
  }
  const consent: Consent = {
    ...grant,
    userType: 'Location',
    locationId: body.locationId,
    approvedLocations: [],
    approveAllLocations: false,
    installToFutureLocations: false,
  };
  return jsonReply(200, {
    ...toTokenAnswer(consent, world.grants.issueTokens(consent)),
    expires_in: 86_400,
    appId: world.app.appId,
    versionId: world.app.versionId,
    traceId: world.random.uuid(),
  });
}

type Filters = Pick<
  z.infer<typeof listQuery>,
  'companyId' | 'appId' | 'query' | 'isInstalled' | 'locationId'
>;

function installedLocations(grant: Consent, filter: Filters, world: World): Record<string, unknown>[] {
  if (filter.companyId !== grant.companyId) throw refuseLocation();
  if (filter.appId !== world.app.appId)
    throw refuse(400, `No integration found with the ID: ${filter.appId}`);
  return world.directory.locations
    .filter((location) => filter.locationId === undefined || filter.locationId === location.id)
    .filter((location) => location.name.toLowerCase().includes((filter.query ?? '').toLowerCase()))
    .map((location) => {
      const installed = world.installations.location(location.id);
      return {
        _id: location.id,
        name: location.name,
        address: `${location.address}, ${location.city}, ${location.state} ${location.postalCode}`,
        isInstalled: installed !== undefined,
        ...(installed && { versionId: world.app.versionId, installedAt: installed.installedAt }),
      };
    })
    .filter((location) => filter.isInstalled === undefined || filter.isInstalled === location.isInstalled);
}
