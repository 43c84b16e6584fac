import { oc } from '@orpc/contract';
import * as z from 'zod';
import { appErrorCodes, type AppErrorCode } from '../model/app-error.ts';

const errorData = z
  .object({
    remedy: z.string().optional(),
    exchangeId: z.string().optional(),
    retryable: z.boolean().optional(),
    logReference: z.string().optional(),
  })
  .optional();

const errorMap = Object.fromEntries(appErrorCodes.map((code) => [code, { data: errorData }])) as Record<
  AppErrorCode,
  { data: typeof errorData }
>;

/** Every procedure of the contract starts here, so that all of them fail with the same closed set of errors. */
export const procedure = oc.errors(errorMap);

/** For procedures that answer nothing but success. */
export const nothing = z.object({}).strict();
