/** What of a Postman test script the companion can do by itself: checks, and values taken from the answer. */
import * as z from 'zod';
import {
  requestCapture,
  requestCheck,
  requestSettings,
  type RequestCapture,
  type RequestCheck,
} from '../../../../shared/model/request.ts';

export type ReadScript = {
  readonly captures: RequestCapture[];
  readonly checks: RequestCheck[];
  /** Of our own export alone. */
  readonly settings: z.input<typeof requestSettings> | null;
  readonly locationId: string | null;
  /** Lines that do something else. */
  readonly left: number;
};

/** Stands in front of what our own export writes for itself. */
export const ownMark = '// highlevel-companion:';

const own = z.object({
  captures: z.array(requestCapture).default([]),
  checks: z.array(requestCheck).default([]),
  settings: requestSettings.partial().nullable().default(null),
  locationId: z.string().nullable().default(null),
});

/** Of a longer script nothing is read: it is a program, and its patterns would be searched for long. */
const mostCharacters = 20_000;

export function readScript(lines: readonly string[]): ReadScript {
  const marked = lines.find((line) => line.trim().startsWith(ownMark));
  const written = marked === undefined ? null : readOwn(marked);
  if (written !== null) return { ...written, left: 0 };
  const text = lines.join('\n').replaceAll(/\s{50,}/g, (blanks) => (blanks.includes('\n') ? '\n' : ' '));
  if (text.length > mostCharacters) {
    return { captures: [], checks: [], settings: null, locationId: null, left: countOf(text, '\n') + 1 };
  }
  const captures: RequestCapture[] = [];
  const checks: RequestCheck[] = [];
  let left = 0;
  const answers = new Set(['pm.response.json()']);
  let depth = 0;
  for (const statement of statementsOf(text)) {
    if (/^[})\]]+$/.test(statement)) {
      depth = Math.max(0, depth - 1);
      continue;
    }
    const alias =
      /^(?:const|let|var)\s+(\w+)\s*=\s*(?:pm\.response\.json\(\)|JSON\.parse\(responseBody\))$/.exec(
        statement,
      )?.[1];
    if (alias !== undefined) {
      answers.add(alias);
      continue;
    }
    const capture = captureOf(statement, answers);
    // What is looked at under a condition is not looked at always.
    const check = depth === 0 ? checkOf(statement, answers) : null;
    if (capture !== null) captures.push(capture);
    else if (check !== null) checks.push(check);
    else {
      left += 1;
      depth = Math.max(0, depth + countOf(statement, '{') - countOf(statement, '}'));
    }
  }
  return { captures, checks, settings: null, locationId: null, left };
}

function readOwn(line: string): Omit<ReadScript, 'left'> | null {
  try {
    return own.parse(JSON.parse(line.trim().slice(ownMark.length)));
  } catch {
    return null;
  }
}

/** Statements without comments and without the `pm.test` around them. */
function statementsOf(text: string): string[] {
  return (
    text
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .replaceAll(/(^|[^:])\/\/[^\n]*/g, '$1')
      .replaceAll(
        /pm\.test\(\s*(?:"[^"\n]*"|'[^'\n]*'|`[^`]*`)\s*,\s*(?:async\s*)?(?:function\s*\(\)|\(\)\s*=>)\s*\{/g,
        '\n',
      )
      .replaceAll(/(^|\n)\s*\}\s*\)\s*;?/g, '\n')
      // What stands on one line with its test: `… }) ;`
      .replaceAll(/;?\s*\}\s*\)\s*;?\s*(?=\n|$)/g, '\n')
      .split(/[;\n]/)
      .map((statement) => statement.trim())
      .filter((statement) => statement !== '')
  );
}

const countOf = (text: string, unit: string): number => text.split(unit).length - 1;

const quoted = String.raw`(?:"([^"]*)"|'([^']*)')`;
const setCall = new RegExp(
  String.raw`^(?:pm\.(?:environment|collectionVariables|globals|variables)\.set|postman\.set(?:Environment|Global)Variable)\(\s*${quoted}\s*,\s*(.+?)\s*\)$`,
);

function captureOf(statement: string, answers: ReadonlySet<string>): RequestCapture | null {
  const match = setCall.exec(statement);
  const path = match === null ? null : pathOf(match[3] ?? '', answers);
  if (match === null || path === null) return null;
  const read = requestCapture.safeParse({ variable: match[1] ?? match[2] ?? '', path });
  return read.success ? read.data : null;
}

/** `jsonData.contact.tags[0]` as `$.contact.tags[0]`. */
function pathOf(expression: string, answers: ReadonlySet<string>): string | null {
  const answer = [...answers].find(
    (name) =>
      expression === name || (/^[.[?]/.test(expression.slice(name.length)) && expression.startsWith(name)),
  );
  if (answer === undefined) return null;
  const path = expression.slice(answer.length).replaceAll('?.', '.').replaceAll(/\.\[/g, '[');
  return /^(?:\.[A-Za-z_$][\w$]*|\[\d+\]|\[(?:"[^"]*"|'[^']*')\])*$/.test(path) ? `$${path}` : null;
}

const equality = String.raw`(?:be\.)?(?:deep\.)?(?:equal|equals|eql|eq)`;

function checkOf(statement: string, answers: ReadonlySet<string>): RequestCheck | null {
  const status =
    /^pm\.response\.to\.have\.status\((\d{3})\)$/.exec(statement)?.[1] ??
    new RegExp(String.raw`^pm\.expect\(pm\.response\.code\)\.to\.${equality}\((\d{3})\)$`).exec(
      statement,
    )?.[1];
  if (status !== undefined) return { kind: 'status', value: status };
  if (/^pm\.response\.to\.be\.(ok|success)$/.test(statement)) return { kind: 'status', value: '2xx' };
  const time = /^pm\.expect\(pm\.response\.responseTime\)\.to\.be\.(?:below|lessThan)\((\d+)\)$/.exec(
    statement,
  )?.[1];
  if (time !== undefined && Number(time) > 0) return { kind: 'time', withinMs: Number(time) };
  const json = /^pm\.expect\((.+)\)\.to\.(.+)$/.exec(statement);
  const path = json === null ? null : pathOf(json[1]?.trim() ?? '', answers);
  if (json === null || path === null) return null;
  const [, , what = ''] = json;
  if (/^(?:exist|not\.be\.(?:undefined|null))$/.test(what))
    return { kind: 'json', path, test: 'exists', value: '' };
  if (/^(?:be\.undefined|not\.exist)$/.test(what)) return { kind: 'json', path, test: 'absent', value: '' };
  const compared = new RegExp(
    String.raw`^(${equality}|include|contain|be\.above|be\.below|have\.lengthOf|have\.length)\((?:${quoted}|(-?\d+(?:\.\d+)?|true|false))\)$`,
  ).exec(what);
  if (compared === null) return null;
  const [, verb = '', double, single, plain] = compared;
  return { kind: 'json', path, test: testOf(verb), value: double ?? single ?? plain ?? '' };
}

function testOf(verb: string): (RequestCheck & { kind: 'json' })['test'] {
  if (verb === 'include' || verb === 'contain') return 'contains';
  if (verb === 'be.above') return 'greater';
  if (verb === 'be.below') return 'less';
  return verb.startsWith('have.length') ? 'count' : 'equals';
}
