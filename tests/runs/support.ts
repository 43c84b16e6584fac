/** A core that can be closed and opened again over its data folder, with the simulator's app installed in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { createCore } from '../../src/main/core/create-core.ts';
import type { Core } from '../../src/main/core/services.ts';
import { contracts } from '../../src/shared/highlevel/operations/shapes/index.ts';
import type { ProfileId } from '../../src/shared/model/ids.ts';
import type { Run, RunId } from '../../src/shared/model/run.ts';
import {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/create-simulator.ts';
import { nodePorts } from '../contract/support.ts';
import { simulated } from '../oauth/bench.ts';
import type { List, ListFacts } from './lists.ts';

export type RunBench = {
  readonly dataDir: string;
  readonly simulator: Simulator;
  readonly profileId: ProfileId;
  readonly facts: ListFacts;
  core(): Core;
  close(): Promise<void>;
  reopen(): Promise<Core>;
  /** Everything a list holds, asked for at once. */
  whole(list: List): Promise<unknown[]>;
  dispose(): Promise<void>;
};

/** Installed on the first sub-account and on the agency, with every scope. */
export async function createRunBench(options: SimulatorOptions = {}): Promise<RunBench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hlc-runs-'));
  const simulator = await createSimulator(options);
  simulator.setScopes([...new Set(contracts.flatMap(({ scopes }) => scopes))]);
  let core = await createCore(nodePorts(dataDir), { ingressPort: 0 });
  const profile = await core.profiles.addSimulator(simulator.url);
  const { company, locations } = await simulated(simulator);
  const locationId = locations[0]?.id ?? '';
  const install = async (fields: Readonly<Record<string, string>>): Promise<void> => {
    const { installUrl } = await core.install.begin(profile.id, { openBrowser: false });
    const url = new URL(installUrl);
    const form = new URLSearchParams({ ...Object.fromEntries(url.searchParams), ...fields });
    const page = await fetch(url.origin + url.pathname, { method: 'POST', body: form });
    await page.arrayBuffer();
  };
  await install({ target: `location:${locationId}` });
  await install({ target: `company:${company.id}`, approved: locations[1]?.id ?? '' });

  const ask = async (path: string, query: Readonly<Record<string, string>>): Promise<unknown> => {
    const pairs = Object.entries(query).map(([name, value]) => ({ name, value }));
    return answerOf(core, { method: 'GET', path, query: pairs, locationId, profileId: profile.id });
  };
  const conversations = (await ask('/conversations/search', { locationId })) as {
    conversations: { id: string }[];
  };
  const [base] = listIn(await ask('/knowledge-bases/', { locationId })) as { id?: string; _id?: string }[];
  const facts: ListFacts = {
    locationId,
    companyId: company.id,
    conversationId: conversations.conversations[0]?.id ?? '',
    knowledgeBaseId: base?.id ?? base?._id ?? '',
  };
  const [contact] = listIn(await ask('/contacts/', { locationId })) as { id: string }[];
  const add = (path: string, fields: object): Promise<unknown> =>
    answerOf(core, {
      profileId: profile.id,
      method: 'POST',
      path,
      body: JSON.stringify(fields),
      locationId,
    });
  const dueDate = '2026-05-01T10:00:00.000Z';
  for (const title of ['one', 'two', 'three', 'four', 'five']) {
    const message = { type: 'SMS', conversationId: facts.conversationId, message: title };
    await add('/conversations/messages/inbound', message);
    await add(`/contacts/${contact?.id}/tasks`, { title, dueDate, completed: false });
    await add('/objects/custom_objects.pets/records', { locationId, properties: { name: title } });
  }

  return {
    dataDir,
    simulator,
    profileId: profile.id,
    facts,
    core: () => core,
    close: () => core.dispose(),
    async reopen() {
      core = await createCore(nodePorts(dataDir), { ingressPort: 0 });
      return core;
    },
    async whole(list) {
      const draft = { ...list.draft(facts), profileId: profile.id };
      const size = { [list.size]: list.most };
      const sent =
        draft.body === undefined || draft.body === null
          ? { ...draft, query: [...(draft.query ?? []), { name: list.size, value: String(list.most) }] }
          : { ...draft, body: JSON.stringify({ ...JSON.parse(draft.body), ...size }) };
      const answer = await answerOf(core, sent);
      return listIn(answer);
    },
    async dispose() {
      await core.dispose();
      await simulator.dispose();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function answerOf(core: Core, draft: Parameters<Core['requests']['send']>[0]): Promise<unknown> {
  const { exchangeId, status } = await core.requests.send(draft, { pace: { waits: () => {} } });
  const { bytes } = await core.exchanges.body(exchangeId, 'response', 0, 50_000_000);
  const text = Buffer.from(bytes).toString('utf8');
  if (status !== 200 && status !== 201) throw new Error(`${draft.method} ${draft.path}: ${status} ${text}`);
  return JSON.parse(text);
}

/** The only list of objects in an answer, written anew so that it shares no mistake with what is tested. */
function listIn(answer: unknown): unknown[] {
  const values = Array.isArray(answer) ? [answer] : Object.values(answer as object);
  const found = values.find((value) => Array.isArray(value) && value.length > 0);
  if (Array.isArray(found)) return found as unknown[];
  const inner = values.find((value) => typeof value === 'object' && value !== null);
  if (inner === undefined) throw new Error(`No list in ${JSON.stringify(answer).slice(0, 300)}`);
  return listIn(inner);
}

/** Waits until a run has come to rest. */
export async function settled(core: Core, id: RunId): Promise<Run> {
  return vi.waitFor(
    () => {
      const found = core.runs.list().find((run) => run.id === id);
      expect(found?.state).not.toBe('running');
      if (found === undefined) throw new Error('The run is gone.');
      return found;
    },
    { timeout: 50_000, interval: 20 },
  );
}

export async function allRows(core: Core, id: RunId): Promise<unknown[]> {
  const { rows } = await core.runs.rows(id, 0, 500);
  return rows.map((row) => JSON.parse(row) as unknown);
}

/** What tells rows apart, sorted. */
export const idsOf = (rows: readonly unknown[]): string[] =>
  rows
    .map((row) => {
      const { id, _id } = row as { id?: string; _id?: string };
      return id ?? _id ?? JSON.stringify(row);
    })
    .toSorted();
