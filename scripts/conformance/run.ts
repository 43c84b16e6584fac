import type { OpenApiDocument, Schema } from '../shapes/openapi.ts';
import { operationsOf, successOf } from '../shapes/openapi.ts';
import type { DocumentedOperation } from '../shapes/openapi.ts';
import type { Account } from './account.ts';
import { createAnswerCheck } from './answer-check.ts';
import type { AnswerCheck } from './answer-check.ts';
import { hintsFor } from './hints.ts';
import { createKnownIds } from './known-ids.ts';
import { sampleRequest } from './request.ts';

export interface Result {
  /** `GET /contacts/{contactId}`. */
  readonly operation: string;
  readonly status: number;
  /** Whether the document says what the answer looks like. */
  readonly declaresAnswer: boolean;
  /** What is wrong: the refusal, or how the answer differs from its schema. */
  readonly problem: string | null;
}

interface Task {
  readonly document: OpenApiDocument;
  readonly check: AnswerCheck;
  readonly method: string;
  readonly template: string;
  readonly operation: DocumentedOperation;
}

/**
 * Calls every operation of the documents once, with input made from them and with ids that earlier answers have told, and
 * checks each answer. What is refused is tried again when all the others have told their ids; deletions come last.
 *
 * @param version sent with every call, instead of what the documents declare
 */
export async function runConformance(
  documents: readonly OpenApiDocument[],
  account: Account,
  version: string | null,
): Promise<Result[]> {
  const ids = createKnownIds(account.known);

  async function call(task: Task): Promise<Result> {
    const { document, method, template, operation } = task;
    const name = `${method} ${template}`;
    const request = sampleRequest(document, template, operation, ids, hintsFor(name, account, ids));
    const declared = operation.parameters?.find((param) => /^version$/i.test(param.name))?.schema?.enum?.[0];
    const response = await fetch(account.url + request.target, {
      method,
      headers: {
        ...request.headers,
        authorization: `Bearer ${account.tokenFor(operation.security ?? [])}`,
        version: version ?? String(declared ?? '2021-07-28'),
      },
      ...(request.body !== undefined && { body: request.body }),
    });
    const text = await response.text();
    const answer = parse(text);
    const { schema } = successOf(operation);
    const result = { operation: name, status: response.status, declaresAnswer: schema !== undefined };
    if (!response.ok) return { ...result, problem: refusal(answer, text) };
    if (method === 'DELETE') ids.forget(request.path);
    else ids.learn(request.path, answer);
    return { ...result, problem: schema === undefined ? null : checkAnswer(task.check, schema, answer) };
  }

  const tasks = documents.flatMap(tasksOf);
  const results = new Map<Task, Result>();
  for (const task of tasks.filter((each) => each.method !== 'DELETE').sort(byDepth)) {
    results.set(task, await call(task));
  }
  for (const [task, result] of results) {
    if (result.status >= 400) results.set(task, await call(task));
  }
  for (const task of tasks.filter((each) => each.method === 'DELETE').sort(byEnd)) {
    results.set(task, await call(task));
  }
  return [...results.values()];
}

function tasksOf(document: OpenApiDocument): Task[] {
  const check = createAnswerCheck(document);
  return [...operationsOf(document)].map(({ method, path, operation }) => ({
    document,
    check,
    method: method.toUpperCase(),
    template: path,
    operation,
  }));
}

const METHOD_ORDER = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'];

/** What is nearer to the root comes first, since it tells the ids for what is below. */
function byDepth(a: Task, b: Task): number {
  const params = (task: Task): number => task.template.split('{').length;
  const length = (task: Task): number => task.template.split('/').length;
  const method = (task: Task): number => METHOD_ORDER.indexOf(task.method);
  return params(a) - params(b) || length(a) - length(b) || method(a) - method(b);
}

/** What takes others along, or ends the tokens, in the order in which it may go. */
const LAST = ['/contacts/{contactId}', '/marketplace/app/{appId}/installations', '/locations/{locationId}'];

/** What is furthest from the root goes first. */
function byEnd(a: Task, b: Task): number {
  return LAST.indexOf(a.template) - LAST.indexOf(b.template) || byDepth(b, a);
}

function checkAnswer(check: AnswerCheck, schema: Schema, answer: unknown): string | null {
  try {
    return check(schema, answer);
  } catch (error) {
    return `its schema cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function refusal(answer: unknown, text: string): string {
  const message: unknown =
    typeof answer === 'object' && answer !== null && 'message' in answer ? answer.message : text;
  return `refused: ${typeof message === 'string' ? message : JSON.stringify(message)}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
