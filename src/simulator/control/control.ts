import { z } from 'zod';
import { validate } from '../api/validation.ts';
import { formatFault, parseFault } from '../http/faults.ts';
import { pageReply } from '../http/html.ts';
import type { Incoming, Reply } from '../http/messages.ts';
import { emptyReply, jsonReply, redirectReply } from '../http/messages.ts';
import { requireOwnOrigin } from '../http/own-origin.ts';
import { parseBody } from '../http/parse-body.ts';
import { Refusal, refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import { controlPage } from './control-page.ts';
import { simulatorInfo, simulatorState } from './info.ts';

const webUrl = z.string().refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text));

const appBody = z.strictObject({
  redirectUrls: z.array(webUrl).optional(),
  webhookUrl: webUrl.nullable().optional(),
  scopes: z.array(z.string().min(1)).optional(),
  providers: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        type: z.enum(['SMS', 'Email', 'Call']),
        deliveryUrl: webUrl,
        isDefault: z.boolean().default(false),
      }),
    )
    .optional(),
});
const faultsBody = z.strictObject({ faults: z.array(z.string()) });
const clockBody = z.strictObject({ advanceMs: z.number().min(0) });
const locationBody = z.strictObject({ active: z.boolean() });

const privateTokenBody = z.strictObject({
  /** Left out, the token is the agency's. */
  locationId: z.string().optional(),
  scopes: z.array(z.string().min(1)),
  /** Whether the lower rate limits of a sandbox account hold for it. */
  sandbox: z.boolean().optional(),
});

const rateLimitsBody = z.strictObject({
  burst: z.number().int().min(1).optional(),
  intervalMs: z.number().int().min(1).optional(),
  /** null: no limit a day. */
  daily: z.number().int().min(1).nullable().optional(),
});

/** The simulator's own page and API, for the companion's screens and for test suites. Not part of HighLevel. */
export interface Control {
  owns(path: string): boolean;
  answer(request: Incoming): Promise<Reply>;
}

export function createControl(world: World): Control {
  const { app, webhooks } = world;

  function changeApp(request: Incoming): Reply {
    const changes = validate(appBody, parseBody(request));
    if (changes.redirectUrls !== undefined) app.redirectUrls = changes.redirectUrls;
    if (changes.webhookUrl !== undefined) app.webhookUrl = changes.webhookUrl;
    if (changes.scopes !== undefined) app.scopes = changes.scopes;
    if (changes.providers !== undefined) {
      // A provider keeps its id through changes, as long as it keeps its name.
      const known = new Map(app.providers.map(({ name, id }) => [name, id]));
      app.providers = changes.providers.map((provider) => ({
        ...provider,
        id: known.get(provider.name) ?? world.random.hex(24),
      }));
    }
    return jsonReply(200, simulatorInfo(world));
  }

  function changeFaults(request: Incoming): Reply {
    const { faults } = validate(faultsBody, parseBody(request));
    try {
      world.faults.set(faults.map(parseFault));
    } catch (error) {
      throw refuse(422, error instanceof Error ? error.message : 'A fault cannot be used.');
    }
    return jsonReply(200, { faults: world.faults.list().map(formatFault) });
  }

  function changeLocation(request: Incoming, id: string): Reply {
    const location = world.directory.location(id);
    if (location === undefined) throw refuse(404, `There is no location ${id}.`);
    location.active = validate(locationBody, parseBody(request)).active;
    return jsonReply(200, { id, name: location.name, active: location.active });
  }

  /** As Settings > Private Integrations does, for an account of the simulator. */
  function addPrivateToken(request: Incoming): Reply {
    const { locationId, scopes, sandbox = false } = validate(privateTokenBody, parseBody(request));
    const { company, users } = world.directory;
    if (locationId !== undefined && world.directory.location(locationId) === undefined) {
      throw refuse(404, `There is no location ${locationId}.`);
    }
    const account = { companyId: company.id, ...(locationId !== undefined && { locationId }) };
    const token = world.grants.issuePrivateToken({
      userType: locationId === undefined ? 'Company' : 'Location',
      ...account,
      userId: users[0].id,
      scopes,
      approvedLocations: [],
      approveAllLocations: false,
      installToFutureLocations: false,
      isSandbox: sandbox,
    });
    return jsonReply(201, { token, ...account });
  }

  function changeRateLimits(request: Incoming): Reply {
    const { burst, intervalMs, daily } = validate(rateLimitsBody, parseBody(request));
    world.rateLimits.change({
      ...(burst !== undefined && { burst }),
      ...(intervalMs !== undefined && { intervalMs }),
      ...(daily !== undefined && { daily }),
    });
    return jsonReply(200, world.rateLimits.settings());
  }

  async function resend(request: Incoming, webhookId: string): Promise<Reply> {
    const delivery = await webhooks.resend(webhookId);
    if (delivery === undefined) throw refuse(404, `There is no delivery ${webhookId}.`);
    return isForm(request) ? redirectReply(303, '/#deliveries') : jsonReply(200, delivery);
  }

  async function route(request: Incoming): Promise<Reply> {
    const [, , area, id, action] = request.path.split('/');
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const call = [method, area, id === undefined ? '' : '{id}', action ?? ''].join(' ').trim();
    switch (call) {
      case 'GET':
        return pageReply(controlPage(world));
      case 'GET info':
        return jsonReply(200, simulatorInfo(world));
      case 'GET state':
        return jsonReply(200, simulatorState(world));
      case 'PUT app':
        return changeApp(request);
      case 'GET faults':
        return jsonReply(200, { faults: world.faults.list().map(formatFault) });
      case 'PUT faults':
        return changeFaults(request);
      case 'GET rate-limits':
        return jsonReply(200, world.rateLimits.settings());
      case 'PUT rate-limits':
        return changeRateLimits(request);
      case 'GET deliveries':
        return jsonReply(200, { deliveries: webhooks.deliveries() });
      case 'POST deliveries {id} resend':
        return resend(request, id ?? '');
      case 'PUT locations {id}':
        return changeLocation(request, id ?? '');
      case 'POST private-tokens':
        return addPrivateToken(request);
      case 'POST clock': {
        world.clock.advance(validate(clockBody, parseBody(request)).advanceMs);
        return jsonReply(200, { now: new Date(world.clock.now()).toISOString() });
      }
      case 'POST reset':
        world.reset();
        return isForm(request) ? redirectReply(303, '/') : emptyReply(204);
      default:
        throw refuse(404, `Cannot ${request.method} ${request.target}`);
    }
  }

  return {
    owns: (path) => path === '/' || path.startsWith('/_simulator/'),
    async answer(request) {
      try {
        requireOwnOrigin(request, world.url);
        return await route(request);
      } catch (error) {
        if (error instanceof Refusal) return jsonReply(error.status, error.body);
        throw error;
      }
    },
  };
}

function isForm(request: Incoming): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}
