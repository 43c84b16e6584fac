/** A refused input in one sentence that names the field and the value. */
import * as z from 'zod';

type Issue = {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
};

/** Values of these fields never stand in a sentence. */
const secretField = /secret|passphrase|password|authtoken|token$|code$/i;

/** What zod says beside the message, read with care: another schema library may have made the issue. */
const details = z.object({
  code: z.string(),
  origin: z.string().optional(),
  maximum: z.number().optional(),
  minimum: z.number().optional(),
  expected: z.string().optional(),
  format: z.string().optional(),
  values: z.array(z.unknown()).optional(),
  keys: z.array(z.string()).optional(),
});
type Details = z.infer<typeof details>;

const units: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  object: ' fields',
};

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function size(issue: Details, limit: string): string {
  const unit = units[issue.origin ?? ''];
  return unit === undefined ? `it must be ${limit}` : `it must have ${limit}${unit}`;
}

/** What the field would have taken. A message the schema's author wrote is kept as it is. */
function rule(message: string, issue: Details | undefined): string {
  if (issue === undefined || !/^(invalid|too |unrecognized)/i.test(message)) return message;
  switch (issue.code) {
    case 'too_big':
      return size(issue, `at most ${String(issue.maximum)}`);
    case 'too_small':
      return size(issue, `at least ${String(issue.minimum)}`);
    case 'invalid_type':
      return `it must be ${withArticle(issue.expected === 'int' ? 'whole number' : (issue.expected ?? 'value'))}`;
    case 'invalid_value':
      return `it must be ${(issue.values ?? []).map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'it must be a full URL such as https://example.com' : message;
    default:
      return message;
  }
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/**
 * One sentence on the first thing that was refused.
 * @param issues what the schema found, at least one
 * @param data the input as it came; values of secret fields are left out of the sentence
 */
export function inputSentence(issues: readonly Issue[], data: unknown): string {
  const issue = issues[0];
  if (issue === undefined) return 'The input was refused.';
  const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
  const detail = details.safeParse(issue).data;
  const unknownKey = detail?.keys?.[0];
  if (unknownKey !== undefined) return `There is no field "${[...path, unknownKey].map(String).join('.')}".`;
  const field = path.length === 0 ? 'the input' : path.map(String).join('.');
  const value = valueAt(data, path);
  const reason = rule(issue.message, detail).replace(/\.$/, '');
  if (value === undefined) return `A value is missing for ${field}: ${reason}.`;
  if (path.some((key) => secretField.test(String(key))))
    return `The value given for ${field} was refused: ${reason}.`;
  return `${shown(value)} cannot be used for ${field}: ${reason}.`;
}
