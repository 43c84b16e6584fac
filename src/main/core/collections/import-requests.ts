/** Takes the requests of another tool's file over into a collection. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { CollectionId } from '../../../shared/model/collection.ts';
import type { SavedImportReport, SavedImportStart } from '../../../shared/model/collection-transfer.ts';
import { secretField } from '../vault/redaction/field-names.ts';
import { cutRequest, cutText } from './cut-secrets.ts';
import { readForeignFile } from './import/read-file.ts';
import { createNotes, type FindOperation, type ImportedFile } from './import/types.ts';
import { holdsSecret, type SecretSearch } from './refuse-secrets.ts';
import type { Collections } from './types.ts';

export type ImportDeps = {
  readonly collections: Pick<Collections, 'create' | 'update' | 'remove' | 'addAll'>;
  readonly redactor: SecretSearch;
  /** The operations there are now. */
  readonly finder: () => FindOperation;
};

const mostItems = 1000;
const mostNotes = 500;
const mostRequests = 5000;

/** @throws AppError `bad_input` for a file that is none of those read, or as writing does */
export async function importRequests(
  { collections, redactor, finder }: ImportDeps,
  { fileName, content, into, name, dryRun }: SavedImportStart,
): Promise<SavedImportReport> {
  const file = cutFile(readForeignFile(content, fileName, finder()), redactor);
  if (file.requests.length === 0) {
    throw new AppError('bad_input', `“${fileName}” holds no request.`);
  }
  if (file.requests.length > mostRequests) {
    throw new AppError(
      'bad_input',
      `“${fileName}” holds ${file.requests.length} requests; a collection takes ${mostRequests} at most.`,
    );
  }
  const called = (name ?? file.name).trim().slice(0, 200) || 'Imported';
  const collection = dryRun ? null : await keep(collections, file, called, into);
  return { ...reportOf(file, called), collection };
}

async function keep(
  collections: ImportDeps['collections'],
  file: ImportedFile,
  name: string,
  into: SavedImportStart['into'],
): Promise<CollectionId> {
  if (into !== null) {
    await collections.addAll(into, file.folders, file.requests);
    return into.collection;
  }
  const { id } = await collections.create({ name, location: null });
  try {
    if (file.description !== '')
      await collections.update(id, { description: file.description.slice(0, 10_000) });
    await collections.addAll({ collection: id, folder: '' }, file.folders, file.requests);
    return id;
  } catch (error) {
    // Half of a collection is none.
    await collections.remove(id).catch(() => undefined);
    throw error;
  }
}

function cutFile(file: ImportedFile, redactor: SecretSearch): ImportedFile {
  const notes = createNotes();
  for (const { where, note } of file.notes) notes.add(where === '' ? [] : [where], cutText(note, redactor));
  const requests = file.requests.map((one) => {
    const { request, cut } = cutRequest(one.request, redactor);
    const called = cutText(one.name, redactor);
    if (cut) notes.add([...one.folder, called], 'A secret in it was cut out: put a variable in its place.');
    return { ...one, name: called, request };
  });
  const isSecret = ({ name, value }: { name: string; value: string }): boolean =>
    secretField(name) !== null || holdsSecret(value, redactor);
  const secret = file.variables.filter(isSecret).map(({ name }) => `{{${name}}}`);
  if (secret.length > 0) notes.add([], `The values of ${secret.join(', ')} look secret and were left out.`);
  return {
    ...file,
    requests,
    notes: notes.list(),
    variables: file.variables.filter((one) => !isSecret(one)),
  };
}

function reportOf(file: ImportedFile, name: string): Omit<SavedImportReport, 'collection'> {
  const { kind, requests, folders, notes, variables } = file;
  return {
    kind,
    name,
    requests: requests.length,
    folders: folders.length,
    items: requests.slice(0, mostItems).map(({ folder, name: called, request }) => ({
      folder: folder.join(' / '),
      name: called,
      method: request.method,
      path: request.path,
      linked: request.operationId !== null,
    })),
    linked: requests.filter(({ request }) => request.operationId !== null).length,
    notes: notes.slice(0, mostNotes),
    notesInAll: notes.length,
    variables: [...variables],
  };
}
