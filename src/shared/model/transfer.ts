import * as z from 'zod';
import { exchangeFilter } from './exchange.ts';
import { exchangeId } from './ids.ts';

/** What exchanges can be written as. */
export const exportFormats = ['har', 'curl', 'json', 'ndjson', 'fixture'] as const;
export const exportFormat = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormat>;

/** Content type and ending of each format's file. */
export const exportFiles: Readonly<
  Record<ExportFormat, { readonly type: string; readonly extension: string }>
> = {
  har: { type: 'application/json', extension: 'har' },
  curl: { type: 'text/x-shellscript', extension: 'sh' },
  json: { type: 'application/json', extension: 'json' },
  ndjson: { type: 'application/x-ndjson', extension: 'ndjson' },
  fixture: { type: 'application/json', extension: 'fixture.json' },
};

/** `exchanges-20261125-1504.har`; the time is local. `at` in ms since the epoch. */
export function exportFileName(format: ExportFormat, at: number): string {
  const time = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}`;
  const name = format === 'fixture' ? 'webhooks' : 'exchanges';
  return `${name}-${day}-${two(time.getHours())}${two(time.getMinutes())}.${exportFiles[format].extension}`;
}

/** Some exchanges by name, or all that match. */
export const transferSelection = z.union([
  z.object({ ids: z.array(exchangeId).min(1).max(100_000) }).strict(),
  z.object({ filter: exchangeFilter }).strict(),
]);
export type TransferSelection = z.infer<typeof transferSelection>;

/** Kinds of personal data that can be replaced, each by data of the same form. */
export const replacedKinds = [
  'names',
  'emails',
  'phones',
  'ids',
  'addresses',
  'birthdays',
  'text',
  'dates',
] as const;
export const replacedKind = z.enum(replacedKinds);
export type ReplacedKind = z.infer<typeof replacedKind>;

/** What a new export replaces unless it is told otherwise: all but the times of events. */
export const usualKinds: readonly ReplacedKind[] = replacedKinds.filter((kind) => kind !== 'dates');

export const replacement = z.object({
  kinds: z.array(replacedKind).min(1),
  /** The same seed gives the same replacements in every export; without one each export has its own. */
  seed: z.string().min(1).max(200).optional(),
  /** Signs changed webhooks anew with the development key; otherwise their signatures no longer hold. */
  sign: z.boolean().default(false),
});
export type Replacement = z.infer<typeof replacement>;

export const exportRequest = z.object({
  format: exportFormat,
  selection: transferSelection,
  replace: replacement.nullable().default(null),
});
export type ExportRequest = z.infer<typeof exportRequest>;

/** The next piece of the file, and how far the export has come. */
export const exportStep = z.object({
  text: z.string(),
  done: z.int(),
  /** Of the selection when the export began; what arrives later is left out. */
  total: z.int(),
  /** Exchanges the format has no place for: a test fixture holds webhooks only. */
  skipped: z.int(),
  /** Exchanges out of which a secret was cut now, such as one that stood in the body of a webhook. */
  cut: z.int(),
});
export type ExportStep = z.infer<typeof exportStep>;

export const replacementPreview = z.object({
  /** Exchanges looked at: the newest ones of the selection. */
  looked: z.int(),
  total: z.int(),
  kinds: z.array(
    z.object({
      kind: replacedKind,
      /** Places, in what was looked at. */
      count: z.int(),
      samples: z.array(z.object({ before: z.string(), after: z.string() })),
    }),
  ),
  /** Exchanges whose bytes change. */
  changed: z.int(),
  /** Webhooks among them whose signature holds and then no longer would. */
  signaturesLost: z.int(),
  /** Bodies that are no text, which are left out since nobody can look inside. */
  leftOut: z.int(),
});
export type ReplacementPreview = z.infer<typeof replacementPreview>;

export const testRunner = z.enum(['node', 'vitest', 'jest']);
export type TestRunner = z.infer<typeof testRunner>;

export const importKind = z.enum(['har', 'ndjson', 'json']);
export type ImportKind = z.infer<typeof importKind>;

/** What was found in a file so far. */
export const importReport = z.object({
  /** Null until enough was read to tell. */
  kind: importKind.nullable(),
  read: z.int(),
  /** Stored, or, in a dry run, those that would be. */
  imported: z.int(),
  /** Here already, or twice in the file. */
  duplicates: z.int(),
  skipped: z.int(),
  /** The first hundred, one sentence each; entries are counted from 1. */
  problems: z.array(z.object({ entry: z.int(), problem: z.string() })),
  /** Times of the first and last of those that are imported, ms since the epoch. */
  from: z.number().nullable(),
  to: z.number().nullable(),
});
export type ImportReport = z.infer<typeof importReport>;
