/** What an entry of a file must be to become an exchange. */
import type * as z from 'zod';
import type { ExchangeCapture } from '../../exchanges/types.ts';
import type { ExchangeId } from '../../../../shared/model/ids.ts';

/** An exchange out of a file, as it would be stored. */
export type ReadEntry = ExchangeCapture & { readonly id: ExchangeId };

/** An entry that is no exchange; the message is one sentence for the user. */
export class UnusableEntry extends Error {}

/** The first thing that is wrong, by the name of its field. */
export function problemOf(error: z.ZodError): UnusableEntry {
  const [issue] = error.issues;
  if (issue === undefined) return new UnusableEntry('It is not an exchange.');
  const field = issue.path.join('.');
  if (field !== '' && issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return new UnusableEntry(`Its field ${field} is missing.`);
  const what = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  return new UnusableEntry(
    field === '' ? `It is no exchange: ${what}.` : `Its field ${field} is wrong: ${what}.`,
  );
}
