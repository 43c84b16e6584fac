import { reasonFor } from './exceptions.ts';
import type { Result } from './run.ts';

/** How many operations answered, how many answers fit their schema, and each exception with its reason. */
export function reportLines(results: readonly Result[]): string[] {
  const answered = results.filter(isAnswered);
  const refused = results.filter((result) => !isAnswered(result));
  const declared = answered.filter((result) => result.declaresAnswer);
  const valid = declared.filter((result) => result.problem === null);
  const invalid = declared.filter((result) => result.problem !== null);
  const withoutSchema = results.filter((result) => !result.declaresAnswer).length;
  return [
    `operations                ${results.length}`,
    `answered 2xx              ${answered.length} (${percent(answered.length, results.length)})`,
    `valid against their schema ${valid.length} of ${declared.length} (${percent(valid.length, declared.length)})`,
    `declare no answer schema  ${withoutSchema}`,
    ...section('refused', refused),
    ...section('invalid', invalid),
  ];
}

/** Shares of the operations that answer 2xx, and of the answers with a schema that fit it. */
export function shares(results: readonly Result[]): { answered: number; valid: number } {
  const answered = results.filter(isAnswered);
  const declared = answered.filter((result) => result.declaresAnswer);
  const valid = declared.filter((result) => result.problem === null);
  return { answered: answered.length / results.length, valid: valid.length / declared.length };
}

function isAnswered({ status }: Result): boolean {
  return status >= 200 && status < 300;
}

function section(title: string, results: readonly Result[]): string[] {
  if (results.length === 0) return [];
  return ['', `${title}: ${results.length}`, ...results.map(line)];
}

function line({ operation, status, problem }: Result): string {
  const reason = reasonFor(operation);
  return `  ${operation}  ${status}  ${problem ?? ''}${reason === null ? '' : ` (${reason})`}`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((part / whole) * 100).toFixed(1)} %`;
}
