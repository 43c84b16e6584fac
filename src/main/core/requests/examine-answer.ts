/** What an answer is expected to be, and what is taken from it: pure, over the bytes that came. */
import { jsonpath, type JSONPathNodeList, type JSONValue } from 'json-p3';
import type { CheckResult, RequestCheck, ResolvedRequestDraft } from '../../../shared/model/request.ts';
import type { Taken } from '../variables/types.ts';

/** As much of an answer as checks and captures look at. */
export type ExaminedAnswer = {
  /** Null when no answer came. */
  readonly status: number | null;
  /** Content decoding undone. */
  readonly body: Uint8Array;
  /** From the first byte sent to the last received; null when no answer came. */
  readonly totalMs: number | null;
};

/** So much of a value is shown beside its check. */
const shownCharacters = 200;

/** A pattern of the developer's own may backtrack without end; longer values are not searched. */
const searchedCharacters = 10_000;

type Found = { readonly nodes: JSONPathNodeList; readonly isSingular: boolean };

/** The answer's checks and captures; its JSON is read once, and only where one of them asks for it. */
export function examineAnswer(
  { checks, captures }: Pick<ResolvedRequestDraft, 'checks' | 'captures'>,
  answer: ExaminedAnswer,
): { readonly checks: CheckResult[]; readonly taken: Taken[] } {
  const find = finder(answer);
  return {
    checks: checks.map((check) => ({ check, ...outcomeOf(check, answer, find) })),
    taken: captures.map((capture) => ({ ...capture, ...take(capture.path, find) })),
  };
}

type Outcome = Pick<CheckResult, 'ok' | 'saw'>;
type Find = (path: string) => Found | string;

/** Finds by path; a text says why nothing can be found. */
function finder(answer: Pick<ExaminedAnswer, 'body'>): Find {
  let read: { readonly json: JSONValue } | string | null = null;
  return (path) => {
    read ??= readJson(answer.body);
    if (typeof read === 'string') return read;
    try {
      const query = jsonpath.compile(path);
      return { nodes: query.query(read.json), isSingular: query.singularQuery() };
    } catch (error) {
      return `"${path}" is no JSON path: ${error instanceof Error ? error.message : String(error)}.`;
    }
  };
}

function readJson(body: Uint8Array): { readonly json: JSONValue } | string {
  if (body.length === 0) return 'The answer has no body.';
  try {
    const json: JSONValue = JSON.parse(new TextDecoder().decode(body));
    return { json };
  } catch {
    return 'The answer is not JSON.';
  }
}

function outcomeOf(check: RequestCheck, { status, totalMs }: ExaminedAnswer, find: Find): Outcome {
  switch (check.kind) {
    case 'status': {
      if (status === null) return { ok: false, saw: 'no answer' };
      const wanted = check.value.replace('xx', '');
      return { ok: String(status).startsWith(wanted), saw: String(status) };
    }
    case 'time':
      if (totalMs === null || status === null) return { ok: false, saw: 'no answer' };
      return { ok: totalMs <= check.withinMs, saw: `${Math.round(totalMs)} ms` };
    case 'json': {
      const found = find(check.path);
      return typeof found === 'string' ? { ok: false, saw: found } : jsonOutcome(check, found);
    }
  }
}

function jsonOutcome(check: RequestCheck & { kind: 'json' }, { nodes, isSingular }: Found): Outcome {
  const value = nodes.nodes[0]?.value;
  const isThere = nodes.length > 0;
  const more = nodes.length > 1 ? ` and ${nodes.length - 1} more` : '';
  const saw = isThere ? `${shortened(textOf(value))}${more}` : 'nothing';
  switch (check.test) {
    case 'exists':
      return { ok: isThere, saw };
    case 'absent':
      return { ok: !isThere, saw };
    case 'count': {
      // `$.contacts` counts what the list holds, `$.contacts[*]` what it matches.
      const count = isSingular && Array.isArray(value) ? value.length : nodes.length;
      return { ok: String(count) === check.value.trim(), saw: String(count) };
    }
    case 'equals':
      return { ok: isThere && isEqual(value, check.value), saw };
    case 'contains':
      return { ok: isThere && doesContain(value, check.value), saw };
    case 'matches':
      return isThere ? { ...matches(textOf(value), check.value, saw) } : { ok: false, saw };
    case 'less':
    case 'greater':
      return { ok: isThere && isBeyond(check.test, textOf(value), check.value), saw };
  }
}

function isEqual(value: JSONValue, wanted: string): boolean {
  if (textOf(value) === wanted) return true;
  if (typeof value === 'string' || value === undefined) return false;
  try {
    return JSON.stringify(JSON.parse(wanted)) === JSON.stringify(value);
  } catch {
    return false;
  }
}

function doesContain(value: JSONValue, wanted: string): boolean {
  return Array.isArray(value) ? value.some((one) => isEqual(one, wanted)) : textOf(value).includes(wanted);
}

function matches(text: string, pattern: string, saw: string): Outcome {
  if (text.length > searchedCharacters) {
    return { ok: false, saw: `a value of ${text.length} characters, too long for a pattern` };
  }
  try {
    return { ok: new RegExp(pattern, 'u').test(text), saw };
  } catch {
    return { ok: false, saw: `"${pattern}" is no regular expression` };
  }
}

function isBeyond(test: 'less' | 'greater', text: string, wanted: string): boolean {
  if (text.trim() === '' || wanted.trim() === '') return false;
  const [found, limit] = [Number(text), Number(wanted)];
  return test === 'less' ? found < limit : found > limit;
}

function take(
  path: string,
  find: Find,
): Pick<Taken & { value: string }, 'value' | 'problem'> | Pick<Taken & { value: null }, 'value' | 'problem'> {
  const found = find(path);
  if (typeof found === 'string') return { value: null, problem: found };
  const node = found.nodes.nodes[0];
  if (node === undefined) return { value: null, problem: `The answer has nothing at ${path}.` };
  if (node.value === null) return { value: null, problem: `The answer has null at ${path}.` };
  if (typeof node.value === 'number' && Number.isInteger(node.value) && !Number.isSafeInteger(node.value)) {
    return { value: null, problem: `The number at ${path} has too many digits to be kept exactly.` };
  }
  return { value: textOf(node.value), problem: null };
}

/** A text as it is, everything else as JSON. */
const textOf = (value: JSONValue): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

const shortened = (text: string): string =>
  text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
