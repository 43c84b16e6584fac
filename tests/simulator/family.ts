import { expect } from 'vitest';
import { documentedFields } from '../../src/shared/highlevel/event-fields.ts';
import { contracts } from '../../src/shared/highlevel/operations/shapes/index.ts';
import { checkValue } from '../../src/simulator/generic/check-value.ts';
import { toRecord } from './receiver.ts';
import type { Answer, TestWorld } from './world.ts';
import { createTestWorld, firstLocation, installed, otherLocation } from './world.ts';

/** Places where what HighLevel publishes is wrong: the type of these fields contradicts their example. */
const MISPRINTS = [
  /^body\.(event\.|events\.\d+\.)?(startTime|endTime|dateAdded|dateUpdated) must be an object$/,
  /^body\.(opportunities\.\d+|opportunity)\.(notes|tasks|calendarEvents|followers)\.\d+ must be an array$/,
  /^body\.pipelines\.\d+\.stages\.\d+ must be an array$/,
  /^body\.tasks\.\d+ must be an array$/,
  /\.?(invoiceItems|items)\.\d+ must be a string$/,
  /^body\.(data\.\d+\.)?(status|altType) must be an object$/,
  /\b(first|second)Object(Label|Key) must be an object$|\.associationType must be an object$/,
  /^body\.(record|records\.\d+)\.properties must be a string$/,
  // The id of the call stands beside the days of free slots.
  /^body\.traceId must be an object$/,
  // HighLevel answers null for what a record does not have.
  / should not be null$/,
];

/** An app that holds every scope, installed on the first sub-account. */
export interface FamilyWorld extends TestWorld {
  readonly location: string;
  /**
   * Calls with the sub-account's token, and holds the answer against the published contract: its status, and every
   * field that the contract knows.
   *
   * @param route `GET /opportunities/{id}`
   * @param target path and query after the route's own, or the whole of it where that has parameters
   */
  ask(route: string, target?: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Calls with the sub-account's token. */
  send(method: string, target: string, body?: unknown): Promise<Answer>;
  /** The events sent since the last look, by type, once all are delivered. Each holds documented fields alone. */
  events(): Promise<Map<string, Record<string, unknown>>>;
  /** Status of a call with another sub-account's token. */
  statusElsewhere(method: string, target: string, body?: unknown): Promise<number>;
}

export async function createFamilyWorld(): Promise<FamilyWorld> {
  const world = await createTestWorld({ rateLimits: { burst: 10_000, intervalMs: 10_000, daily: 200_000 } });
  world.simulator.setScopes([...new Set(contracts.flatMap(({ scopes }) => scopes))]);
  const token = await installed(world);
  const other = await world.exchange(await world.codeFor(otherLocation(world)));
  let seen = 2;
  const send = (method: string, target: string, body?: unknown): Promise<Answer> =>
    world.call(token, method, target, body);
  return {
    ...world,
    location: firstLocation(world),
    send,
    async ask(route, target, body) {
      const [method = '', path = ''] = route.split(' ');
      const answer = await send(
        method,
        target?.startsWith('/') === true ? target : path + (target ?? ''),
        body,
      );
      expectPublished(route, answer);
      return answer.body;
    },
    async events() {
      await world.simulator.idle();
      const sent = world.receiver.received.slice(seen).map((one) => one.body);
      seen = world.receiver.received.length;
      for (const event of sent.filter(({ type }) => type !== 'INSTALL')) expectDocumented(event);
      return new Map(sent.map((event) => [String(event['type']), event]));
    },
    async statusElsewhere(method, target, body) {
      return (await world.call(String(other.body['access_token']), method, target, body)).status;
    },
  };
}

function expectPublished(route: string, answer: Answer): void {
  const contract = contracts.find(
    ({ method, path, surface }) => `${method} ${path}` === route && surface !== 'v3',
  );
  if (contract === undefined) throw new Error(`HighLevel publishes no operation ${route}`);
  const wrong = contract.answer === undefined ? [] : checkValue(contract.answer, filled(answer.body), 'body');
  const misses = wrong.filter(
    (message) =>
      !message.includes(' should not exist') && !MISPRINTS.some((misprint) => misprint.test(message)),
  );
  const told = misses.length === 0 && answer.status === contract.status ? {} : answer.body;
  expect({ route, status: answer.status, misses, told }).toEqual({
    route,
    status: contract.status,
    misses: [],
    told: {},
  });
}

/** An empty text is as good as any. */
function filled(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body, (_name, value: unknown) => (value === '' ? 'empty' : value)));
}

const ENVELOPE = ['type', 'appId', 'versionId', 'timestamp', 'webhookId', 'locationId', 'companyId'];

/** Every field of the event is one that its documentation names, on every level. */
function expectDocumented(event: Record<string, unknown>): void {
  const type = String(event['type']);
  const documented = documentedFields(type);
  if (documented === null) throw new Error(`HighLevel documents no event ${type}`);
  const names = new Set([...documented.map(({ path }) => path.split('.')[0]), ...ENVELOPE]);
  const unknown = Object.keys(event).filter((name) => !names.has(name));
  expect({ type, unknown }).toEqual({ type, unknown: [] });
}

/** Pages until a page is the last, and returns all ids. */
export async function allIds(
  next: (last: Record<string, unknown> | undefined, count: number) => Promise<readonly unknown[]>,
): Promise<string[]> {
  const ids: string[] = [];
  let last: Record<string, unknown> | undefined;
  for (;;) {
    const rows = (await next(last, ids.length)).map(toRecord);
    if (rows.length === 0) return ids;
    ids.push(...rows.map((row) => String(row['id'] ?? row['_id'])));
    last = rows.at(-1);
  }
}
