import type { Contract } from '../../shared/highlevel/operations/shapes/index.ts';
import { notFound } from '../api/enforcement.ts';
import { segmentsOf } from '../api/match-operation.ts';
import type { Call, Operation } from '../api/operation.ts';
import type { Reply } from '../http/messages.ts';
import { emptyReply, jsonReply } from '../http/messages.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import { listPlaceOf } from './answer-layout.ts';
import type { CheckedCall } from './check-call.ts';
import { checkCall } from './check-call.ts';
import type { Item } from './collections.ts';
import type { AnswerFacts } from './make-answer.ts';
import { makeAnswer } from './make-answer.ts';
import { pageFacts, pageFor } from './page-facts.ts';
import type { Plan } from './plan.ts';
import { createPlanner } from './plan.ts';

/** When made-up things happened that belong to no object: 2026-01-15, 10:00 UTC. */
const MADE_AT = Date.UTC(2026, 0, 15, 10);

/**
 * Answers for operations without state of their own: the right shape, the same for the same seed, and with a memory for
 * what is created, changed and removed. `reader` finds the stateful operation that reads an object, by route key.
 */
export function createGenericOperations(
  contracts: readonly Contract[],
  reader: (key: string) => Operation | undefined,
): (contract: Contract) => Operation {
  const planFor = createPlanner(contracts);
  return (contract) => {
    let plan: Plan | undefined;
    return {
      method: contract.method,
      path: contract.path,
      access: contract.access,
      scopes: contract.scopes,
      surface: contract.surface,
      readsOwnBody: true,
      run: (call, _fields, world) => {
        plan ??= planFor(contract);
        const checked = checkCall(contract, call.request, call.params);
        const ownerFacts = ownersOf(call, checked, world);
        const item = requireIds(plan, call, ownerFacts.owners, world, reader);
        return reply(contract, plan, { call, checked, ...ownerFacts, item }, world);
      },
    };
  };
}

interface Work {
  readonly call: Call;
  readonly checked: CheckedCall;
  /** Whose objects the call may see; the first one's it lists and creates. */
  readonly owners: readonly [string, ...string[]];
  readonly everywhere: ReadonlyMap<string, unknown>;
  /** The object that the end of the path names. */
  readonly item: Item | undefined;
}

function reply(contract: Contract, plan: Plan, work: Work, world: World): Reply {
  const { call, checked, item, owners, everywhere } = work;
  const { collections } = world;
  const collection = collectionPath(call, plan.collectionLength);
  const facts: AnswerFacts = {
    seed: world.seed,
    key: `${contract.method} ${call.request.path} ${owners[0]}`,
    time: item?.createdAt ?? MADE_AT,
    everywhere,
    above: new Map(Object.entries(checked.body)),
    idName: plan.idName,
    item,
  };
  switch (plan.kind) {
    case 'list': {
      const page = pageFor(collections.list(collection, owners[0]), checked);
      const place = contract.answer === undefined ? 'items' : listPlaceOf(contract.answer, plan.idName);
      const above = pageFacts(page, (afterId) => nextUrl(call, afterId, world));
      const list = { place: place ?? 'items', items: page.items };
      return send(contract, { ...facts, above, list });
    }
    case 'first':
      return send(contract, { ...facts, item: collections.list(collection, owners[0])[0] });
    case 'create':
      return send(contract, { ...facts, item: collections.create(collection, owners[0], checked.body) });
    case 'update':
      return send(contract, { ...facts, item: item && collections.update(item, checked.body) });
    case 'delete':
      if (item !== undefined) collections.remove(item);
      return send(contract, facts);
    case 'read':
    case 'other':
      return send(contract, facts);
  }
}

function send({ status, answer }: Contract, facts: AnswerFacts): Reply {
  if (status === 204) return emptyReply(status);
  return jsonReply(status, makeAnswer(answer ?? 'object', facts));
}

/** The path a collection is known by: the same with and without a trailing slash. */
function collectionPath(call: Call, length: number): string {
  return `/${segmentsOf(call.request.path).slice(0, length).join('/')}`;
}

/** The location a call is about, or else the company; and what its answers call them. */
function ownersOf(
  call: Call,
  { query, body }: CheckedCall,
  world: World,
): Pick<Work, 'owners' | 'everywhere'> {
  const { company, locations } = world.directory;
  const named = ['locationId', 'altId', 'location_id']
    .flatMap((name) => [call.params.get(name), query[name], body[name]])
    .find((id) => locations.some((location) => location.id === id));
  const locationId = typeof named === 'string' ? named : call.grant.locationId;
  const everywhere = new Map<string, unknown>([
    ...call.params,
    ['companyId', company.id],
    ['altId', locationId ?? company.id],
    ['altType', locationId === undefined ? 'company' : 'location'],
  ]);
  if (locationId !== undefined) everywhere.set('locationId', locationId);
  everywhere.delete('id');
  if (call.grant.userType === 'Location') return { owners: [locationId ?? company.id], everywhere };
  const all = [company.id, ...locations.map((location) => location.id)];
  return { owners: [locationId ?? company.id, ...all], everywhere };
}

/** @returns the object at the end of the path @throws Refusal 404 where an id names nothing the caller may see */
function requireIds(
  plan: Plan,
  call: Call,
  owners: readonly string[],
  world: World,
  reader: (key: string) => Operation | undefined,
): Item | undefined {
  const length = segmentsOf(call.request.path).length;
  let last: Item | undefined;
  for (const { name, index, readKey, isTold } of plan.ids) {
    const id = call.params.get(name) ?? '';
    const stateful = reader(readKey);
    if (name === 'locationId') continue;
    if (name === 'companyId' || stateful !== undefined) {
      requireRead(stateful, call, index, id, world);
    } else if (isTold) {
      const item = world.collections.find(collectionPath(call, index), owners, id);
      if (item === undefined) throw refuse(404, `${label(name)} with id ${id} not found`);
      if (index === length - 1) last = item;
    }
  }
  return last;
}

/** Asks the operation that reads the object, as the same caller would. */
function requireRead(
  stateful: Operation | undefined,
  call: Call,
  index: number,
  id: string,
  world: World,
): void {
  if (stateful === undefined) {
    if (id !== world.directory.company.id) throw notFound(call.request);
    return;
  }
  const end = segmentsOf(stateful.path).at(-1) ?? '';
  const path = `${collectionPath(call, index)}/${encodeURIComponent(id)}`;
  const request = { ...call.request, method: 'GET', path, target: path, body: Buffer.alloc(0) };
  // Of the parameters, only those that stand before it belong to its path.
  const before = [...call.params].slice(
    0,
    segmentsOf(stateful.path).filter((segment) => segment.startsWith('{')).length - 1,
  );
  const params = new Map([...before, [end.slice(1, -1), id]]);
  stateful.run(
    { ...call, request, params, isWithin: true },
    { query: Object.fromEntries(call.request.query), body: {} },
    world,
  );
}

function label(param: string): string {
  const words = param.replace(/_?[iI]d$/, '') || 'object';
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function nextUrl(call: Call, afterId: string, world: World): string {
  const query = new URLSearchParams(call.request.query);
  query.set('startAfterId', afterId);
  return `${world.url}${call.request.path}?${query.toString()}`;
}
