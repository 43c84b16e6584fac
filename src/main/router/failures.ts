/** Whatever goes wrong below crosses the boundary as one of the contract's errors, or as `internal` with a log reference. */
import { randomBytes } from 'node:crypto';
import { ORPCError, ValidationError } from '@orpc/server';
import { AppError, type AppErrorCode, type AppErrorData } from '../../shared/model/app-error.ts';
import type { Log } from '../core/ports.ts';
import { inputSentence } from './input-sentence.ts';

type ContractError = ORPCError<AppErrorCode, AppErrorData>;

function contractError(code: AppErrorCode, message: string, data: AppErrorData): ContractError {
  return new ORPCError(code, { defined: true, message, data });
}

/** The fields that are set; undefined ones would only travel as nothing. */
function dataOf(error: AppError): AppErrorData {
  return {
    ...(error.remedy !== undefined && { remedy: error.remedy }),
    ...(error.exchangeId !== undefined && { exchangeId: error.exchangeId }),
    ...(error.retryable && { retryable: true }),
  };
}

/** What the log keeps of an unknown failure; of a schema that refused, the places and never the values. */
function logFields(error: unknown): Record<string, unknown> {
  if (error instanceof ORPCError && error.cause instanceof ValidationError) {
    return {
      error,
      issues: error.cause.issues.map((issue) => `${JSON.stringify(issue.path)}: ${issue.message}`),
    };
  }
  return { error };
}

/**
 * The error a caller sees. `path` names the procedure in the log. A cause is logged and never sent.
 */
export function toContractError(error: unknown, path: readonly string[], log: Log): ContractError {
  const procedure = path.join('.');
  if (error instanceof AppError) {
    if (error.cause !== undefined) {
      log('warn', error.message, { procedure, code: error.code, cause: error.cause });
    }
    return contractError(error.code, error.message, dataOf(error));
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    return contractError('bad_input', inputSentence(error.cause.issues, error.cause.data), {});
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return contractError('cancelled', 'This was cancelled before it ended.', {});
  }
  const logReference = randomBytes(4).toString('hex');
  log('error', 'a call failed in a way nobody foresaw', { procedure, logReference, ...logFields(error) });
  return contractError(
    'internal',
    `Something went wrong inside the companion (log reference ${logReference}).`,
    {
      remedy: `The log in the data folder says more beside ${logReference}.`,
      logReference,
    },
  );
}
