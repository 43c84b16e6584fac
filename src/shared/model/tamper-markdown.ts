import type { TamperCase, TamperDelivery, TamperExpectation, TamperReport, TamperVerdict } from './tamper.ts';

export const verdictWords: Readonly<Record<TamperVerdict, string>> = {
  'as-it-should': 'as it should',
  'too-lax': 'too lax',
  'too-strict': 'too strict',
  failed: 'failed',
  'no-answer': 'no answer',
};

export const expectationWords: Readonly<Record<TamperExpectation, string>> = {
  accept: 'accept (2xx)',
  reject: 'refuse (4xx)',
  'accept-once': 'accept once',
  either: 'accept or refuse',
};

/** What an endpoint answered, in a few words: `200, 409`. */
export function answerWords(deliveries: readonly TamperDelivery[]): string {
  return deliveries.map(({ status }) => status ?? 'no answer').join(', ');
}

/** A report as Markdown: the conclusion, a table of all cases, and what to do. */
export function tamperMarkdown(report: TamperReport): string {
  const { url, startedAt, cases, conclusion } = report;
  const advice = cases.filter((one): one is TamperCase & { advice: string } => one.advice !== null);
  return [
    `# Tamper bench: ${url}`,
    '',
    new Date(startedAt).toISOString(),
    ...(conclusion === null ? [] : ['', conclusion]),
    '',
    '| case | should | answered | verdict | |',
    '|---|---|---|---|---|',
    ...cases.map(({ title, expected, deliveries, verdict, sentence }) =>
      row([title, expectationWords[expected], answerWords(deliveries), verdictWords[verdict], sentence]),
    ),
    ...(advice.length === 0 ? [] : ['', '## What to do', '']),
    ...advice.map(({ title, advice: text }) => `- **${title}**: ${text}`),
    '',
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')).join(' | ')} |`;
}
