import { AppError } from '../../../shared/model/app-error.ts';
import type { HealthCheck } from '../../../shared/model/health.ts';

export type Finding = Omit<HealthCheck, 'id'>;

export const ok = (sentence: string): Finding => ({ verdict: 'ok', sentence, remedy: null });
export const warn = (sentence: string, remedy: string | null = null): Finding => ({
  verdict: 'warn',
  sentence,
  remedy,
});
export const fail = (sentence: string, remedy: string | null = null): Finding => ({
  verdict: 'fail',
  sentence,
  remedy,
});

/** A failure that was thrown, in its own words; what has none is said to be unexpected. */
export const failed = (error: unknown, remedy: string): Finding =>
  error instanceof AppError
    ? fail(error.message, error.remedy ?? remedy)
    : fail('The check itself failed.', remedy);
