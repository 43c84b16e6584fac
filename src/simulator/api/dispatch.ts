import type { Incoming, Reply } from '../http/messages.ts';
import { emptyReply, jsonReply } from '../http/messages.ts';
import { parseBody, peekBody } from '../http/parse-body.ts';
import { coded, Refusal, refuse } from '../http/refusal.ts';
import { answerTokenRequest } from '../oauth/token-endpoint.ts';
import type { World } from '../world/world.ts';
import type { Caller } from './enforcement.ts';
import {
  authenticate,
  notFound,
  requireAccess,
  requireLocation,
  requireSurface,
  requireVersion,
} from './enforcement.ts';
import { locationsNamed } from './locations-named.ts';
import type { Match } from './match-operation.ts';
import { createOperationMatcher } from './match-operation.ts';
import { catalogueRoutes } from './operations.ts';
import type { Spender } from './rate-limits.ts';

/** Answers everything a client of the API may ask; errors become bodies with a trace id. */
export function createDispatch(world: World): (request: Incoming) => Reply {
  const matcher = createOperationMatcher(catalogueRoutes());

  function answer(request: Incoming): Reply {
    if (request.method === 'OPTIONS') return answerOptions(request);
    if (request.method === 'POST' && request.path === '/oauth/token')
      return answerTokenRequest(request, world);
    if (request.method === 'POST' && request.path === '/oauth/reconnect') {
      throw refuse(400, 'API endpoint has been removed');
    }
    return answerOperation(request);
  }

  function answerOptions(request: Incoming): Reply {
    const methods = request.path === '/oauth/token' ? ['POST'] : matcher.methodsOf(request.path);
    if (methods.length === 0) throw notFound(request);
    return emptyReply(204, { allow: [...methods, 'OPTIONS'].join(', ') });
  }

  function answerOperation(request: Incoming): Reply {
    const matches = matcher.match(request.method === 'HEAD' ? 'GET' : request.method, request.path);
    if (matches.length === 0) throw notFound(request);
    const grant = authenticate(request, world);
    const limit = world.rateLimits.take(spenderOf(grant, world));
    const limited = (reply: Reply): Reply => ({ ...reply, headers: { ...reply.headers, ...limit.headers } });
    if (!limit.allowed) return limited(refused(refuse(429, 'Too Many Requests'), world));
    let found: Match | undefined;
    try {
      const version = requireVersion(request, matches);
      found = requireSurface(matches, version, request, world);
      const { operation, params } = found;
      requireAccess(operation, grant);
      const body = operation.readsOwnBody === true ? peekBody(request) : parseBody(request);
      requireLocation(grant, locationsNamed(found, request, body), world);
      const query = Object.fromEntries(request.query);
      return limited(operation.run({ request, grant, params }, { query, body }, world));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const isCoded = found?.contract?.errors === 'coded';
      return limited(refused(isCoded ? coded(error) : error, world));
    }
  }

  return (request) => {
    try {
      return answer(request);
    } catch (error) {
      if (error instanceof Refusal) return refused(error, world);
      throw error;
    }
  };
}

function spenderOf(grant: Caller, world: World): Spender {
  const resource = grant.locationId ?? grant.companyId;
  if (grant.isPrivate !== true) return { client: world.app.clientId, resource };
  return { client: 'private', resource, isSandbox: grant.isSandbox === true };
}

function refused(refusal: Refusal, world: World): Reply {
  return jsonReply(refusal.status, { ...refusal.body, traceId: world.random.uuid() });
}
