import * as z from 'zod';
import { requestToSend } from './request.ts';

/** In the order of the menu; the first is taken where nobody has chosen. */
export const codeLanguages = [
  { id: 'curl', label: 'cURL' },
  { id: 'sdk', label: 'HighLevel SDK (Node.js)' },
  { id: 'fetch', label: 'JavaScript (fetch)' },
  { id: 'axios', label: 'Node.js (axios)' },
  { id: 'python', label: 'Python (requests)' },
  { id: 'php', label: 'PHP (cURL)' },
  { id: 'go', label: 'Go' },
  { id: 'java', label: 'Java' },
  { id: 'csharp', label: 'C#' },
  { id: 'ruby', label: 'Ruby' },
  { id: 'powershell', label: 'PowerShell 7' },
  { id: 'httpie', label: 'HTTPie' },
] as const;

export type CodeLanguage = (typeof codeLanguages)[number]['id'];
export const codeLanguage = z.enum(codeLanguages.map(({ id }) => id));

export const codeWish = z.object({
  /** The bytes of its files are not read; code names the files. */
  draft: requestToSend,
  language: codeLanguage,
  /** `named` leaves every `{{variable}}` as it is; `filled` those without a value and secret ones. */
  variables: z.enum(['filled', 'named']).default('filled'),
});
export type CodeWish = z.input<typeof codeWish>;

/** A program that sends a request. The token stands in the environment variable `HIGHLEVEL_TOKEN`. */
export const writtenCode = z.object({
  code: z.string(),
  /** What to know before it is run, in sentences. */
  notes: z.array(z.string()),
});
export type WrittenCode = z.infer<typeof writtenCode>;
