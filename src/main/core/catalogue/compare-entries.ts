import { setImmediate as pause } from 'node:timers/promises';
import type { CatalogueDifference, ComparedOperation } from '../../../shared/model/catalogue.ts';
import { changesBetween } from './difference.ts';
import type { Entry } from './entry.ts';
import { callKey } from './import/read-openapi.ts';
import { detailOf } from './operation-detail.ts';
import { factsOf } from './operation-facts.ts';
import type { OperationUse } from './operation-use.ts';

/** Compared without a pause, so that nobody waits long for this thread. */
const atOnce = 20;

/** Two states of a catalogue, operation by operation. `useOf` says who calls an operation of the earlier one. */
export async function compareEntries(
  before: readonly Entry[],
  after: readonly Entry[],
  useOf: (entry: Entry) => OperationUse,
): Promise<CatalogueDifference> {
  const known = new Map(before.map((entry) => [callKey(entry.operation), entry]));
  const there = new Set(after.map(({ operation }) => callKey(operation)));
  const difference: CatalogueDifference = { added: [], removed: [], changed: [], same: 0 };
  for (const entry of before) {
    if (!there.has(callKey(entry.operation))) difference.removed.push(compared(entry, useOf(entry)));
  }
  let looked = 0;
  for (const entry of after) {
    looked += 1;
    if (looked % atOnce === 0) await pause();
    const earlier = known.get(callKey(entry.operation));
    if (earlier === undefined) difference.added.push(compared(entry, { calls: 0, saved: [] }));
    // The very same object: nothing was said of it.
    if (earlier === undefined || earlier === entry) continue;
    const changes = changesBetween(factsOf(await detailOf(earlier)), factsOf(await detailOf(entry)));
    if (changes.length === 0) difference.same += 1;
    else difference.changed.push({ ...compared(entry, useOf(earlier)), changes });
  }
  return difference;
}

function compared({ operation }: Entry, { calls, saved }: OperationUse): ComparedOperation {
  const { id, method, path, summary } = operation;
  return { id, method, path, summary, calls, saved: [...saved] };
}
