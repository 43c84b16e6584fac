import { jsonText, pythonValue } from '../literals.ts';
import type { CodePart } from '../types.ts';
import { put, type Language } from './language.ts';

const place = /payload = "<body>"/;
const sent = /data=payload/;

export const python: Language = {
  target: 'python',
  client: 'requests',
  text: jsonText,
  withToken: (before) => `${jsonText(before)} + os.environ["HIGHLEVEL_TOKEN"]`,
  body: (code, body) => {
    switch (body.kind) {
      case 'text': {
        const value = body.isJson ? pythonValue(body.text, '') : null;
        if (value === null) return put(code, place, `payload = ${jsonText(body.text)}.encode()`);
        return put(put(code, place, `payload = ${value}`), sent, 'json=payload');
      }
      case 'file':
        return put(code, place, `payload = open(${jsonText(body.file.name)}, "rb")`);
      case 'multipart': {
        const parts = body.parts.map((part) => `  ${partOf(part)},\n`).join('');
        return put(put(code, place, `payload = [\n${parts}]`), sent, 'files=payload');
      }
    }
  },
  finish: (code, { hasToken }) => (hasToken ? `import os\n${code}` : code),
};

/** A part without a file has no file name: `None`. */
function partOf({ name, value, file }: CodePart): string {
  const content =
    file === null
      ? `(None, ${jsonText(value)})`
      : `(${jsonText(file.name)}, open(${jsonText(file.name)}, "rb"), ${jsonText(file.type)})`;
  return `(${jsonText(name)}, ${content})`;
}
