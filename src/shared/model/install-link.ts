import * as z from 'zod';
import { lintCodes, lintFields, lintSeverities } from '../highlevel/link-linter.ts';

/** Something the linter found in an install link. */
export const linkFinding = z.object({
  code: z.enum(lintCodes),
  severity: z.enum(lintSeverities),
  field: z.enum(lintFields),
  /** What will happen, one sentence. */
  what: z.string(),
  /** The whole link with this one thing put right. */
  fix: z.object({ label: z.string(), link: z.string() }).nullable(),
});

export const linkLint = z.object({
  /** The link that was looked at. */
  link: z.string(),
  findings: z.array(linkFinding),
  /** The link after the fix of every plain mistake; null where there is none. */
  fixed: z.string().nullable(),
});
export type LinkLint = z.infer<typeof linkLint>;
