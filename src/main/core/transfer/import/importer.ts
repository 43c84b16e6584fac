/** Reads one file, piece by piece, and stores what it holds. */
import { hash } from 'node:crypto';
import { AppError } from '../../../../shared/model/app-error.ts';
import type { ExchangeId } from '../../../../shared/model/ids.ts';
import type { ImportReport } from '../../../../shared/model/transfer.ts';
import { headerValue } from '../../../../shared/highlevel/headers.ts';
import type { CapturedBody, ExchangeStore } from '../../exchanges/types.ts';
import type { Redactor } from '../../vault/types.ts';
import { mergeMarks } from '../body-change.ts';
import { UnusableEntry, type ReadEntry } from './entry.ts';
import { readHarEntry } from './read-har-entry.ts';
import { readRecord } from './read-record.ts';
import { createEntrySplitter } from './split-entries.ts';

export type ImporterDeps = {
  readonly store: Pick<ExchangeStore, 'append' | 'get'>;
  readonly redactor: Redactor;
  readonly fileName: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly dryRun: boolean;
};

export type Importer = {
  push(bytes: Uint8Array): Promise<ImportReport>;
  end(): Promise<ImportReport>;
};

const MOST_PROBLEMS = 100;
/** Written together, in one transaction where the store has the time. */
const AT_ONCE = 64;

/** Nothing that is stored is ever changed: an id that is there already is counted as a duplicate. */
export function createImporter({ store, redactor, fileName, at, dryRun }: ImporterDeps): Importer {
  const splitter = createEntrySplitter(fileName);
  const decoder = new TextDecoder('utf-8');
  const problems: ImportReport['problems'] = [];
  /** In a dry run nothing is stored that a second one could be found by. */
  const seen = new Set<ExchangeId>();
  const occurrences = new Map<string, number>();
  const counts = { read: 0, imported: 0, duplicates: 0, skipped: 0 };
  let from: number | null = null;
  let to: number | null = null;

  const report = (): ImportReport => ({
    kind: splitter.kind(),
    ...counts,
    problems: [...problems],
    from,
    to,
  });

  const skip = (entry: number, problem: string): void => {
    counts.skipped += 1;
    if (problems.length < MOST_PROBLEMS) problems.push({ entry, problem });
  };

  const read = (text: string): ReadEntry => {
    const value = parse(text);
    if (splitter.kind() !== 'har') return readRecord(value);
    const digest = hash('sha256', text);
    const occurrence = occurrences.get(digest) ?? 0;
    occurrences.set(digest, occurrence + 1);
    return readHarEntry(value, digest, occurrence);
  };

  const isStored = (id: ExchangeId): Promise<boolean> =>
    store.get(id).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AppError && error.code === 'not_found') return false;
        throw error;
      },
    );

  /** @returns whether it was new */
  const put = async (entry: ReadEntry): Promise<boolean> => {
    if (dryRun) return !(await isStored(entry.id));
    try {
      await store.append({ ...withoutSecrets(entry, redactor), imported: { file: fileName, at } });
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'conflict') return false;
      throw error;
    }
  };

  const count = (entry: ReadEntry, isNew: boolean): void => {
    if (!isNew) {
      counts.duplicates += 1;
      return;
    }
    counts.imported += 1;
    from = Math.min(from ?? entry.receivedAt, entry.receivedAt);
    to = Math.max(to ?? entry.receivedAt, entry.receivedAt);
  };

  const takeAll = async (texts: readonly string[]): Promise<void> => {
    for (let start = 0; start < texts.length; start += AT_ONCE) {
      const entries: ReadEntry[] = [];
      for (const text of texts.slice(start, start + AT_ONCE)) {
        counts.read += 1;
        try {
          const entry = read(text);
          if (seen.has(entry.id)) counts.duplicates += 1;
          else entries.push(entry);
          seen.add(entry.id);
        } catch (error) {
          if (!(error instanceof UnusableEntry)) throw error;
          skip(counts.read, error.message);
        }
      }
      const isNew = await Promise.all(entries.map(put));
      for (const [index, entry] of entries.entries()) count(entry, isNew[index] === true);
    }
  };

  return {
    async push(bytes) {
      await takeAll(splitter.push(decoder.decode(bytes, { stream: true })));
      return report();
    },
    async end() {
      await takeAll(splitter.push(decoder.decode()));
      const { entries, cutOff } = splitter.end();
      await takeAll(entries);
      if (cutOff)
        skip(
          counts.read + 1,
          counts.read === 0 && splitter.kind() === 'har'
            ? 'The file has no list log.entries: it is no HAR, or it breaks off before.'
            : 'The file breaks off here.',
        );
      else if (counts.read === 0) skip(1, 'The file holds no exchanges.');
      return report();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnusableEntry(`It is not valid JSON: ${text.trim().slice(0, 40)}…`);
  }
}

/** As at a capture: URL and headers always, bodies of what went out. */
function withoutSecrets(entry: ReadEntry, redactor: Redactor): ReadEntry {
  const body = (given: CapturedBody, contentType: string | null): CapturedBody => {
    const { bytes, marks = [] } = redactor.body(given.bytes, contentType);
    return marks.length === 0 ? given : { ...given, bytes, marks: mergeMarks(given.marks ?? [], marks) };
  };
  const { answer } = entry;
  const redacted = {
    ...entry,
    url: redactor.url(entry.url),
    requestHeaders: redactor.headers(entry.requestHeaders),
    ...(answer && {
      answer: {
        ...answer,
        headers: redactor.headers(answer.headers),
        body: body(answer.body, headerValue(answer.headers, 'content-type')),
        error: answer.error ? redactor.text(answer.error) : null,
      },
    }),
  };
  if (entry.purpose === 'webhook' || entry.purpose === 'inbound') return redacted;
  return {
    ...redacted,
    requestBody: body(entry.requestBody, headerValue(entry.requestHeaders, 'content-type')),
  };
}
