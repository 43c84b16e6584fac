/** What an answer is expected to be, and what is taken from it: pure, over the bytes that came. */
import { jsonpath, type JSONPathNode, type JSONPathNodeList, type JSONValue } from 'json-p3';
import type { CheckResult, RequestCheck, ResolvedRequestDraft } from '../../../shared/model/request.ts';
import type { Taken } from '../variables/types.ts';
import { placeholder } from '../vault/redaction/cuts.ts';
import { looksGenerated, secretField } from '../vault/redaction/field-names.ts';
import { withinTime } from './within-time.ts';

/** As much of an answer as checks and captures look at. */
export type ExaminedAnswer = {
  /** Null when no answer came. */
  readonly status: number | null;
  /** Content decoding undone. */
  readonly body: Uint8Array;
  /** From the first byte sent to the last received; null when no answer came. */
  readonly totalMs: number | null;
  /** Cuts secrets out of a text. */
  readonly redact: (text: string) => string;
};

/** So much of a value is shown beside its check. */
const shownCharacters = 200;

/** Secrets are cut out of so much of it before: none is longer. */
const redactedCharacters = 20_000;

/** Longer values are not searched for a pattern. */
const searchedCharacters = 10_000;

/** A pattern or a path of somebody else's may be looked for without end. */
const longestSearchMs = 500;
const longestWayMs = 5000;

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
      const { json } = read;
      const found = withinTime(longestWayMs, () => {
        const query = jsonpath.compile(path);
        return { nodes: query.query(json), isSingular: query.singularQuery() };
      });
      return found === null ? `"${path}" takes too long to be looked for.` : found.value;
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

function outcomeOf(check: RequestCheck, { status, totalMs, redact }: ExaminedAnswer, find: Find): Outcome {
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
      return typeof found === 'string' ? { ok: false, saw: found } : jsonOutcome(check, found, redact);
    }
  }
}

function jsonOutcome(
  check: RequestCheck & { kind: 'json' },
  { nodes, isSingular }: Found,
  redact: ExaminedAnswer['redact'],
): Outcome {
  const [node] = nodes.nodes;
  const value = node?.value;
  const isThere = nodes.length > 0;
  const more = nodes.length > 1 ? ` and ${nodes.length - 1} more` : '';
  const saw = node === undefined ? 'nothing' : `${shown(node, redact)}${more}`;
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
    const found = withinTime(longestSearchMs, () => new RegExp(pattern, 'u').test(text));
    return found === null
      ? { ok: false, saw: `"${pattern}" takes too long to be searched for` }
      : { ok: found.value, saw };
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

/** A value for the eye: secrets cut out before it is shortened, so that none is left in part. */
function shown({ value, location }: JSONPathNode, redact: ExaminedAnswer['redact']): string {
  const whole = textOf(value);
  const field = secretField(String(location.at(-1) ?? ''));
  if (field !== null && (field.always || looksGenerated(whole))) return placeholder;
  const text = redact(whole.slice(0, redactedCharacters));
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
