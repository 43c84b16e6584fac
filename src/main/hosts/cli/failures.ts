import { CommanderError } from 'commander';
import { ORPCError } from '@orpc/client';
import * as z from 'zod';
import { AppError, appErrorCodes, type AppErrorCode } from '../../../shared/model/app-error.ts';

export type Failure = {
  readonly code: AppErrorCode;
  readonly message: string;
  readonly remedy: string | null;
  /** 1, or 2 for wrong usage. */
  readonly exitCode: number;
};

/** A command line that cannot be carried out as it was typed. */
export class UsageError extends Error {}

const contractData = z.object({ remedy: z.string().optional() }).catch({});
const codeOf = z.enum(appErrorCodes);

const usage = (message: string): Failure => ({
  code: 'bad_input',
  message,
  remedy: 'Run it with --help to see what it takes.',
  exitCode: 2,
});

/** Any failure as one sentence; null for what is none, such as `--help`. `unknown` gets what nobody foresaw. */
export function toFailure(error: unknown, unknown: (error: unknown) => void): Failure | null {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return null;
    return usage(sentence(error.message.replace(/^error: /, '')));
  }
  if (error instanceof UsageError) return usage(error.message);
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, remedy: error.remedy ?? null, exitCode: 1 };
  }
  if (error instanceof ORPCError) {
    const code = codeOf.safeParse(error.code);
    const remedy = contractData.parse(error.data).remedy ?? null;
    if (code.success) return { code: code.data, message: error.message, remedy, exitCode: 1 };
  }
  unknown(error);
  return {
    code: 'internal',
    message: 'Something went wrong inside the companion.',
    remedy: 'The log in the data folder says more.',
    exitCode: 1,
  };
}

function sentence(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const begun = line.charAt(0).toUpperCase() + line.slice(1);
  return /[.!?)]$/.test(begun) ? begun : `${begun}.`;
}
