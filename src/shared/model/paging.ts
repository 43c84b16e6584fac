import * as z from 'zod';
import { pageSizeFields, pageStyles } from '../highlevel/paging.ts';

/** How a list is cut into pages; `highlevel/paging.ts` says what each field means. */
export const paging = z.object({
  style: z.enum(pageStyles),
  place: z.enum(['query', 'body']),
  sizeField: z.enum(pageSizeFields).nullable(),
});
