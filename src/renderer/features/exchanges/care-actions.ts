/** Pinning, deleting and its undoing, with the words that go with them. */
import type { Deletion, ExchangeSelection } from '../../../shared/model/care.ts';
import { exchangeId } from '../../../shared/model/ids.ts';
import { toast } from '../../lib/notices.ts';
import { createValue } from '../../lib/value.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { queryClient } from '../../platform/queries.ts';

/** The exchange whose note is being written; null while none is. */
export const noteBeingWritten = createValue<string | null>(null);

/** What this window has deleted and can bring back, the last one at the end. */
const undoable = createValue<readonly Deletion[]>([]);
export const lastDeletion = undoable;

export const counted = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'exchange' : 'exchanges'}`;

export const selectionOf = (...ids: readonly string[]): ExchangeSelection => ({
  ids: ids.map((id) => exchangeId.parse(id)),
});

const renewDeletions = (): void => {
  for (const key of ['deletions', 'retention']) void queryClient.invalidateQueries({ queryKey: [key] });
};

export function pin(selection: ExchangeSelection, pinned: boolean): void {
  run(async () => {
    const { count } = await rpc.exchanges.pin({ selection, pinned });
    if (count !== 1) toast(`${pinned ? 'Pinned' : 'Unpinned'} ${counted(count)}.`);
  });
}

export async function undoDeletion(number: number): Promise<void> {
  undoable.set(undoable.get().filter((one) => one.number !== number));
  const { count } = await rpc.exchanges.undoDelete({ number });
  renewDeletions();
  toast(`${counted(count)} ${count === 1 ? 'is' : 'are'} back.`);
}

/** Brings back what was deleted last in this window. */
export function undoLast(): void {
  const last = undoable.get().at(-1);
  if (last === undefined) toast('Nothing was deleted here that could be brought back.');
  else run(() => undoDeletion(last.number));
}

/** Deletes at once, and offers to undo it. */
export async function remove(selection: ExchangeSelection): Promise<void> {
  const deletion = await rpc.exchanges.delete({ selection });
  undoable.set([...undoable.get(), deletion]);
  renewDeletions();
  toast(`${counted(deletion.count)} deleted.`, {
    label: 'Undo',
    run: () => run(() => undoDeletion(deletion.number)),
  });
}

/** The ids of a selection, at most so many. */
export async function idsOf(selection: ExchangeSelection, most: number): Promise<string[]> {
  if ('ids' in selection) return selection.ids.slice(0, most);
  const found: string[] = [];
  let after = 0;
  while (found.length < most) {
    const page = await rpc.exchanges.page({
      ...selection.filter,
      after,
      before: selection.upTo + 1,
      limit: Math.min(1000, most - found.length),
    });
    found.push(...page.items.map((item) => item.id));
    after = page.items.at(-1)?.seq ?? after;
    if (!page.more) break;
  }
  return found;
}
