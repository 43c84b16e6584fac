import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Collection } from '../../../shared/model/collection.ts';
import type { ContractClient } from '../node/owner-client.ts';

/** A collection by its name, or by the path of its folder: what is no collection's name may be one. */
export async function findCollection(client: ContractClient, name: string): Promise<Collection> {
  const place = resolve(name);
  const isPath = /[/\\]/.test(name) || name === '.' || name === '..';
  if (isPath) return client.collections.find({ nameOrLocation: place });
  try {
    return await client.collections.find({ nameOrLocation: name });
  } catch (error) {
    if (!existsSync(place)) throw error;
    return client.collections.find({ nameOrLocation: place });
  }
}

/** Where a folder or a request lies in it, by its path or its name; empty for all of it. */
export function pathIn({ items, name }: Collection, wanted: string | undefined): string {
  if (wanted === undefined) return '';
  const path = wanted.replaceAll('\\', '/').replaceAll(/^\/+|\/+$/g, '');
  const found = items.find((item) => item.path === path) ?? items.find((item) => item.name === wanted);
  if (found !== undefined) return found.path;
  throw new AppError('not_found', `There is no folder and no request “${wanted}” in “${name}”.`);
}
