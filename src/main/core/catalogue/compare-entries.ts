import { setImmediate as pause } from 'node:timers/promises';
import type {
  CatalogueDifference,
  ComparedOperation,
  OperationChange,
} from '../../../shared/model/catalogue.ts';
import { changesBetween } from './difference.ts';
import type { Entry } from './entry.ts';
import { depthThatFits, expandTo } from './import/expand-schema.ts';
import { callKey } from './import/read-openapi.ts';
import { detailOf } from './operation-detail.ts';
import { factsOf, type OperationFacts } from './operation-facts.ts';
import type { OperationUse } from './operation-use.ts';
import { createSameness } from './same-operations.ts';

/** ms without a pause, so that nobody waits long for this thread. */
const atOnce = 15;

/** Two states of a catalogue, operation by operation. `useOf` says who calls an operation of the earlier one. */
export async function compareEntries(
  before: readonly Entry[],
  after: readonly Entry[],
  useOf: (entry: Entry) => OperationUse,
): Promise<CatalogueDifference> {
  const known = new Map(before.map((entry) => [callKey(entry.operation), entry]));
  const there = new Set(after.map(({ operation }) => callKey(operation)));
  const areSame = createSameness();
  const difference: CatalogueDifference = { added: [], removed: [], changed: [], same: 0 };
  for (const entry of before) {
    if (!there.has(callKey(entry.operation))) difference.removed.push(compared(entry, useOf(entry)));
  }
  let since = performance.now();
  for (const entry of after) {
    if (performance.now() - since > atOnce) {
      await pause();
      since = performance.now();
    }
    const earlier = known.get(callKey(entry.operation));
    if (earlier === undefined) difference.added.push(compared(entry, { calls: 0, saved: [] }));
    // The very same object: nothing was said of it.
    if (earlier === undefined || earlier === entry) continue;
    const changes = areSame(earlier, entry) ? [] : await changesOf(earlier, entry);
    if (changes.length === 0) difference.same += 1;
    else difference.changed.push({ ...compared(entry, useOf(earlier)), changes });
  }
  return difference;
}

/** Bodies are compared as deep as both can be shown. */
async function changesOf(before: Entry, after: Entry): Promise<OperationChange[]> {
  const [earlier, later] = [await detailOf(before), await detailOf(after)];
  const depth = Math.min(depthShown(before), depthShown(after));
  const facts = (detail: typeof earlier): OperationFacts =>
    factsOf({
      ...detail,
      body: detail.body === null ? null : { ...detail.body, schema: expandTo(detail.body.schema, {}, depth) },
    });
  return changesBetween(facts(earlier), facts(later));
}

/** What is built in is small enough to be shown whole. */
function depthShown({ read }: Entry): number {
  return depthThatFits(read?.operation.body?.schema ?? {}, read?.schemas ?? {});
}

function compared({ operation }: Entry, { calls, saved }: OperationUse): ComparedOperation {
  const { id, method, path, summary } = operation;
  return { id, method, path, summary, calls, saved: [...saved] };
}
