import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { tamperKeys, tamperProgress, tamperReport, tamperRun } from '../model/tamper.ts';
import { procedure } from './base.ts';

export const tamper = {
  /** The report as it grows, whole each time. Closing the stream cancels what has not been sent. */
  run: procedure.input(tamperRun).output(eventIterator(tamperProgress)),
  /** The last finished report of each address, newest first. */
  reports: procedure.output(z.array(tamperReport)),
  /** Made at the first call. Rejects with `vault_locked` while the vault is. */
  keys: procedure.output(tamperKeys),
};
