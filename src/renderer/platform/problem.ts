/** Any failure as the window shows it: a sentence, what to do about it, and where it can be seen. */
import { ORPCError } from '@orpc/client';
import * as z from 'zod';

export type Problem = {
  readonly code: string;
  readonly message: string;
  readonly remedy: string | null;
  readonly exchangeId: string | null;
};

const appData = z.object({
  remedy: z.string().optional(),
  exchangeId: z.string().optional(),
  logReference: z.string().optional(),
});
const refusalData = z.object({
  issues: z
    .array(z.object({ message: z.string(), path: z.array(z.union([z.string(), z.number()])).optional() }))
    .min(1),
});

export function toProblem(error: unknown): Problem {
  if (error instanceof ORPCError) {
    const refusal = refusalData.safeParse(error.data);
    if (refusal.success) {
      const [issue] = refusal.data.issues;
      const field = issue?.path?.join('.') ?? '';
      const message = field === '' ? (issue?.message ?? error.message) : `${field}: ${issue?.message ?? ''}`;
      return { code: 'bad_input', message, remedy: null, exchangeId: null };
    }
    const data = appData.safeParse(error.data);
    const known = data.success ? data.data : {};
    const log = known.logReference === undefined ? null : `The log has it under ${known.logReference}.`;
    return {
      code: error.code,
      message: error.message,
      remedy: known.remedy ?? log,
      exchangeId: known.exchangeId ?? null,
    };
  }
  return {
    code: 'connection',
    message: 'The companion did not answer.',
    remedy: 'It is tried again as soon as the connection is back.',
    exchangeId: null,
  };
}
