import { readErrorBody } from '../../../shared/highlevel/error-body.ts';
import type { HttpAnswer } from '../requests/http-client.ts';

/** 401 answers that a new token of the same kind would get as well: wrong Version, missing scope, wrong level. */
const notTheToken = /version header|for this scope|user type/i;

/** Whether an answer refuses the access token itself, so that a fresh one is worth a second attempt. */
export function refusesToken(answer: Pick<HttpAnswer, 'status' | 'body'>): boolean {
  if (answer.status !== 401) return false;
  const { messages } = readErrorBody(new TextDecoder().decode(answer.body.subarray(0, 65_536)));
  return !notTheToken.test(messages.join('\n'));
}
