/** Many requests at once, in their folders, after what is there already. */
import type { ImportedRequest } from './import/types.ts';
import type { ItemOperations } from './item-operations.ts';

/**
 * @param top the folder of the collection they go into
 * @param folders names that lead to each folder, outer ones first
 */
export async function addAll(
  items: ItemOperations,
  top: string,
  folders: readonly (readonly string[])[],
  requests: readonly ImportedRequest[],
): Promise<void> {
  const paths = new Map([[JSON.stringify([]), top]]);
  const next = new Map<string, number>();
  const orderIn = async (folder: string): Promise<number> => {
    const order = next.get(folder) ?? (await items.lastOrder(folder));
    next.set(folder, order + 10);
    return order;
  };
  const folderAt = async (names: readonly string[]): Promise<string> => {
    const key = JSON.stringify(names);
    const known = paths.get(key);
    if (known !== undefined) return known;
    const outer = await folderAt(names.slice(0, -1));
    const { path } = await items.addFolder(outer, names.at(-1) ?? '', await orderIn(outer));
    paths.set(key, path);
    return path;
  };
  for (const names of folders) await folderAt(names);
  for (const { folder, name, request } of requests) {
    const at = await folderAt(folder);
    await items.add(at, name, request, await orderIn(at));
  }
}
