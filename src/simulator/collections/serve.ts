import { z } from 'zod';
import type { Contract } from '../../shared/highlevel/operations/shapes/index.ts';
import { contracts } from '../../shared/highlevel/operations/shapes/index.ts';
import type { Call, Operation, OperationRules } from '../api/operation.ts';
import { validate } from '../api/validation.ts';
import { checkCall } from '../generic/check-call.ts';
import type { Incoming } from '../http/messages.ts';
import { jsonReply } from '../http/messages.ts';
import type { EventFields } from '../webhooks/announce.ts';
import { announce } from '../webhooks/announce.ts';
import type { World } from '../world/world.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A call on a family's records. */
export interface FamilyCall<Query, Body> extends Call {
  readonly query: Query;
  readonly body: Body;
  /** The instant of the call, in ISO 8601. */
  readonly now: string;
  /** Sends a webhook once the call has been answered. */
  readonly announce: (type: string, ownerId: string, fields: EventFields) => void;
  /** Puts work off until the call has been answered. */
  readonly later: (work: () => void) => void;
}

interface Shape<Query extends object, Body extends object> {
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** For a published contract that HighLevel itself does not hold callers to. */
  readonly isLenient?: boolean;
}

/**
 * An operation of HighLevel's with the work it does. Token level, scopes, status and the check of the call's fields
 * come from the published contract, what `handle` returns is the answer.
 *
 * @param route method and path as HighLevel writes them: `GET /opportunities/{id}`
 * @param shape how `handle` reads the fields; they come as they are where it says nothing
 */
export function serve<Query extends Fields = Fields, Body extends Fields = Fields>(
  route: string,
  shape: Shape<Query, Body>,
  handle: (call: FamilyCall<Query, Body>, world: World) => object,
): Operation {
  const query = shape.query ?? (anyFields as unknown as z.ZodType<Query>);
  const body = shape.body ?? (anyFields as unknown as z.ZodType<Body>);
  const published = contractsOf(route);
  return {
    ...rulesOf(published),
    run(call, fields, world) {
      const contract = contractFor(published, call.request);
      const checked =
        shape.isLenient === true || call.isWithin === true
          ? fields
          : checkCall(contract, call.request, call.params);
      const later: (() => void)[] = [];
      const familyCall: FamilyCall<Query, Body> = {
        ...call,
        query: validate(query, checked.query),
        body: validate(body, checked.body),
        now: new Date(world.clock.now()).toISOString(),
        announce: (type, ownerId, event) => void later.push(() => announce(type, ownerId, event, world)),
        later: (work) => void later.push(work),
      };
      const answer = handle(familyCall, world);
      const traced = Array.isArray(answer) ? answer : { ...answer, traceId: world.random.uuid() };
      return { ...jsonReply(contract.status, traced), after: () => later.forEach((work) => work()) };
    },
  };
}

const anyFields = z.looseObject({});

type Contracts = readonly [Contract, ...Contract[]];

/** One contract, or one for the versions before `v3` and one for `v3`. */
function contractsOf(route: string): Contracts {
  const [first, ...others] = byRoute.get(route) ?? [];
  if (first === undefined) throw new Error(`HighLevel publishes no operation ${route}.`);
  return [first, ...others];
}

const byRoute = Map.groupBy(contracts, ({ method, path }) => `${method} ${path}`);

function contractFor(published: Contracts, request: Incoming): Contract {
  const surface = request.headers['version'] === 'v3' ? 'v3' : 'before v3';
  return published.find((contract) => contract.surface === surface) ?? published[0];
}

function rulesOf(published: Contracts): OperationRules {
  const [{ method, path, access, scopes, surface }] = published;
  return { method, path, access, scopes, surface: published.length > 1 ? 'every version' : surface };
}
