import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { exchangeId } from '../model/ids.ts';
import {
  exportRequest,
  exportStep,
  importReport,
  replacement,
  replacementPreview,
  testRunner,
  transferSelection,
} from '../model/transfer.ts';
import { nothing, procedure } from './base.ts';

const open = z.object({ id: z.uuid() });

/** Exchanges out of the companion and into it. */
export const transfer = {
  /** The file in pieces; closing the stream ends the export. */
  export: procedure.input(exportRequest).output(eventIterator(exportStep)),
  /** One request as a command for a POSIX shell. */
  curl: procedure.input(z.object({ id: exchangeId })).output(z.object({ command: z.string() })),
  /** What replacing personal data would change, looked up in the newest exchanges of the selection. */
  preview: procedure
    .input(z.object({ selection: transferSelection, replace: replacement }))
    .output(replacementPreview),
  /** A test that checks the webhooks of a fixture file with nothing but Node. */
  fixtureTest: procedure
    .input(z.object({ runner: testRunner, fixture: z.string().min(1).max(300) }))
    .output(z.object({ fileName: z.string(), code: z.string() })),
  /**
   * Begins to read a file, which then comes in pieces. A dry run stores nothing and reports the same. At most eight are
   * open at a time: another one ends the oldest.
   */
  openImport: procedure
    .input(z.object({ fileName: z.string().min(1).max(300), dryRun: z.boolean() }))
    .output(open),
  /** The next piece: at most 4 MiB. Rejects with `not_found` for an import that has ended. */
  importPiece: procedure.input(open.extend({ base64: z.base64().max(5_600_000) })).output(importReport),
  /** The file ends here. */
  closeImport: procedure.input(open).output(importReport),
  /** What is stored stays. */
  cancelImport: procedure.input(open).output(nothing),
};
