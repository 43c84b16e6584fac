import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import {
  collection,
  collectionId,
  folderPath,
  itemName,
  itemPath,
  openedRequest,
  savedRequest,
} from '../model/collection.ts';
import { collectionRunStart, collectionRunStep } from '../model/collection-run.ts';
import {
  savedExport,
  savedExportFormat,
  savedImportReport,
  savedImportStart,
} from '../model/collection-transfer.ts';
import { nothing, procedure } from './base.ts';

const one = z.object({ id: collectionId });
const item = z.object({ collection: collectionId, path: itemPath });
const placed = z.object({ path: itemPath });

/** Requests that are kept as files, in folders a team can share. */
export const collections = {
  list: procedure.output(z.array(collection)),
  /** Follows the files, whoever changes them. */
  watch: procedure.output(eventIterator(z.array(collection))),
  /** By its name, or by the whole path of its folder, which is not remembered. */
  find: procedure.input(z.object({ nameOrLocation: z.string().min(1).max(4000) })).output(collection),
  /** Sends its requests one after the other. Closing the stream cancels the one under way. */
  run: procedure.input(collectionRunStart).output(eventIterator(collectionRunStep)),
  /** What a file of another tool holds, and with `dryRun: false` takes it over. */
  import: procedure.input(savedImportStart).output(savedImportReport),
  /** A collection, a folder or one request as another tool reads it, without secrets. */
  export: procedure
    .input(z.object({ collection: collectionId, path: folderPath.default(''), format: savedExportFormat }))
    .output(savedExport),
  /** A new one, in the data folder unless another folder is given. */
  create: procedure
    .input(z.object({ name: itemName, location: z.string().min(1).max(4000).nullable().default(null) }))
    .output(collection),
  /** A folder that somebody else made: it is remembered. */
  open: procedure.input(z.object({ location: z.string().min(1).max(4000) })).output(collection),
  /** Forgets a folder that was opened; its files stay. */
  close: procedure.input(one).output(nothing),
  update: procedure
    .input(one.extend({ name: itemName.optional(), description: z.string().max(10_000).optional() }))
    .output(collection),
  /** Until `undoRemove` its files lie aside. */
  remove: procedure.input(one).output(nothing),
  /** Puts back what was removed last. */
  undoRemove: procedure.output(nothing),
  read: procedure.input(item).output(openedRequest),
  /** A new request; a name that is taken gets a number in its file name. */
  add: procedure
    .input(z.object({ collection: collectionId, folder: folderPath, name: itemName, request: savedRequest }))
    .output(openedRequest),
  /** On top of a revision: fails as `conflict` when the file has changed since. */
  save: procedure
    .input(item.extend({ revision: z.string().max(100), request: savedRequest }))
    .output(openedRequest),
  addFolder: procedure
    .input(z.object({ collection: collectionId, folder: folderPath, name: itemName }))
    .output(placed),
  rename: procedure.input(item.extend({ name: itemName })).output(placed),
  /** Into a folder, before another item of it or at its end. */
  move: procedure
    .input(item.extend({ folder: folderPath, before: itemPath.nullable().default(null) }))
    .output(placed),
  duplicate: procedure.input(item).output(placed),
  removeItem: procedure.input(item).output(nothing),
};
