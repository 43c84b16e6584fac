/** Writes saved requests as other tools read them, secrets cut out once more: anybody may have edited the files. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { Collection, CollectionId } from '../../../shared/model/collection.ts';
import type {
  SavedExport,
  SavedExportFormat,
  TransferNote,
} from '../../../shared/model/collection-transfer.ts';
import { cutRequest, cutText } from './cut-secrets.ts';
import { toCurl } from './export/to-curl.ts';
import { toHar } from './export/to-har.ts';
import { toPostman } from './export/to-postman.ts';
import type { ExportedEntry, ExportedSet } from './export/types.ts';
import { createNotes, type FindOperation } from './import/types.ts';
import { fileNameOf } from './item-names.ts';
import type { SecretSearch } from './refuse-secrets.ts';
import type { Collections } from './types.ts';

export type ExportDeps = {
  readonly collections: Pick<Collections, 'get' | 'read'>;
  readonly redactor: SecretSearch;
  readonly finder: () => FindOperation;
  /** Of the companion. */
  readonly version: string;
  readonly now: () => number;
};

/** @param path a folder or one request; empty for the whole collection. @throws AppError `not_found` */
export async function exportRequests(
  deps: ExportDeps,
  { collection: id, path, format }: { collection: CollectionId; path: string; format: SavedExportFormat },
): Promise<SavedExport> {
  const collection = await deps.collections.get(id);
  const { set, notes } = await setOf(deps, collection, path, format);
  if (!set.entries.some(({ kind }) => kind === 'request')) {
    throw new AppError('bad_input', `“${set.name}” holds no request that can be exported.`);
  }
  const base = fileNameOf(set.name);
  switch (format) {
    case 'postman':
      return { fileName: `${base}.postman_collection.json`, content: toPostman(set), notes };
    case 'har':
      return { fileName: `${base}.har`, content: toHar(set, deps.version, deps.now()), notes };
    case 'curl':
      return { fileName: `${base}.sh`, content: toCurl(set), notes };
  }
}

async function setOf(
  { collections, redactor, finder }: ExportDeps,
  { id, name, description, items }: Collection,
  path: string,
  format: SavedExportFormat,
): Promise<{ set: ExportedSet; notes: TransferNote[] }> {
  const chosen = items.find((item) => item.path === path);
  if (path !== '' && chosen === undefined) {
    throw new AppError('not_found', `There is no “${path}” in the collection “${name}”.`);
  }
  const find = finder();
  const notes = createNotes();
  const names = new Map<string, readonly string[]>([['', []]]);
  // What is chosen stands at the top; the folders around it are left behind.
  if (chosen !== undefined) names.set(chosen.kind === 'folder' ? chosen.path : chosen.folder, []);
  const entries: ExportedEntry[] = [];
  for (const item of items) {
    const isInside = path === '' || item.path === path || item.path.startsWith(`${path}/`);
    if (!isInside) continue;
    const folder = names.get(item.folder) ?? [];
    if (item.kind === 'folder') {
      if (item.path === path) continue;
      names.set(item.path, [...folder, item.name]);
      entries.push({ kind: 'folder', folder, name: cutText(item.name, redactor) });
      continue;
    }
    const where = [...folder, item.name];
    if (item.problem !== null) {
      notes.add(where, `It was left out: ${item.problem}`);
      continue;
    }
    const read = await collections.read({ collection: id, path: item.path });
    const { request, cut } = cutRequest(read.request, redactor);
    if (cut) notes.add(where, 'A secret in it was cut out.');
    const hasFile = request.file !== null || request.parts.some(({ file }) => file !== null);
    if (hasFile && format !== 'har') notes.add(where, 'Its files are named, not taken along.');
    const version = find(request.method, request.path)?.version ?? null;
    entries.push({ kind: 'request', folder, name: cutText(item.name, redactor), request, version });
  }
  const set = {
    name: cutText(chosen?.name ?? name, redactor),
    description: cutText(description, redactor),
    entries,
  };
  return { set, notes: notes.list() };
}
