/** Texts and JSON values as the source code of other languages. */

/** A text in single quotes for a POSIX shell. */
export function shellText(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A text for languages that take JSON's escapes: Python, Java, Go and JavaScript. */
export function jsonText(text: string): string {
  // What JSON leaves as it is, and old JavaScript does not take.
  return JSON.stringify(text)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}

/** A text in single quotes for JavaScript. */
export function scriptText(text: string): string {
  const inside = jsonText(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return `'${inside.replaceAll("'", String.raw`\'`)}'`;
}

/** A text in single quotes for PHP and Ruby, where only two characters need a backslash. */
export function twoEscapesText(text: string): string {
  return `'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
}

/** A text for Go: raw where it can be, so that JSON stays readable. */
export function goText(text: string): string {
  return text.includes('`') || text.includes('\r') || !text.includes('\n') ? jsonText(text) : `\`${text}\``;
}

/** A verbatim text for C#. */
export function csharpText(text: string): string {
  return /["\\\n\r]/.test(text) ? `@"${text.replaceAll('"', '""')}"` : `"${text}"`;
}

/** A text in single quotes for PowerShell, which takes four kinds of quote for the same. */
export function powershellText(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, (quote) => quote + quote)}'`;
}

type Words = {
  readonly text: (value: string) => string;
  readonly key: (name: string) => string;
  readonly yes: string;
  readonly no: string;
  readonly nothing: string;
};

const script: Words = {
  text: scriptText,
  key: (name) => {
    // In a literal this name would set the prototype.
    if (name === '__proto__') return "['__proto__']";
    return /^[A-Za-z_$][\w$]*$/.test(name) ? name : scriptText(name);
  },
  yes: 'true',
  no: 'false',
  nothing: 'null',
};

const python: Words = { text: jsonText, key: jsonText, yes: 'True', no: 'False', nothing: 'None' };

/** A JSON text as a literal of JavaScript; null where parsing it would change it. */
export const scriptValue = (json: string, indent: string): string | null => valueOf(json, indent, script);

/** A JSON text as a literal of Python; null where parsing it would change it. */
export const pythonValue = (json: string, indent: string): string | null => valueOf(json, indent, python);

function valueOf(json: string, indent: string, words: Words): string | null {
  const value = exactly(json);
  return value === undefined ? null : written(value.parsed, indent, words);
}

/** The value of a JSON text whose numbers and order of keys survive being read, else undefined. */
function exactly(json: string): { readonly parsed: unknown } | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    const dense = json.replaceAll(/"(?:[^"\\]|\\.)*"|\s+/gs, (piece) => (piece.startsWith('"') ? piece : ''));
    return JSON.stringify(parsed) === dense ? { parsed } : undefined;
  } catch {
    // Not JSON: a text like any other.
    return undefined;
  }
}

function written(value: unknown, indent: string, words: Words): string {
  if (value === null) return words.nothing;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'string') return words.text(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((item: unknown) => written(item, inner, words))
    : Object.entries(value).map(([name, item]) => `${words.key(name)}: ${written(item, inner, words)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return `${open}${close}`;
  return `${open}\n${entries.map((entry) => `${inner}${entry},\n`).join('')}${indent}${close}`;
}
