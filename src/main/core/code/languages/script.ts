/** JavaScript: `fetch` and axios in Node.js. */
import { scriptText, scriptValue } from '../literals.ts';
import type { CodePart } from '../types.ts';
import { put, type Language } from './language.ts';

const withToken = (before: string): string => `\`${before}\${process.env.HIGHLEVEL_TOKEN}\``;

type Place = { readonly key: 'body' | 'data'; readonly json: (value: string) => string };

function bodyAt({ key, json }: Place): Language['body'] {
  const place = new RegExp(`${key}: '<body>'`);
  return (code, body) => {
    switch (body.kind) {
      case 'text': {
        const value = body.isJson ? scriptValue(body.text, '  ') : null;
        return put(code, place, `${key}: ${value === null ? scriptText(body.text) : json(value)}`);
      }
      case 'file': {
        const read = `${key}: await readFile(${scriptText(body.file.name)})`;
        return `import { readFile } from 'node:fs/promises';\n${put(code, place, read)}`;
      }
      case 'multipart': {
        const files = body.parts.some(({ file }) => file !== null);
        const form = ['const form = new FormData();', ...body.parts.map(appended), ''].join('\n');
        const reading = files ? `import { readFile } from 'node:fs/promises';\n` : '';
        return `${reading}${put(put(code, place, `${key}: form`), /^(?=const )/m, `${form}\n`)}`;
      }
    }
  };
}

/** A part as a line that adds it to `form`; the file must be read with `readFile`. */
export function appended({ name, value, file }: CodePart): string {
  if (file === null) return `form.append(${scriptText(name)}, ${scriptText(value)});`;
  const [path, type] = [scriptText(file.name), scriptText(file.type)];
  return `form.append(${scriptText(name)}, new File([await readFile(${path})], ${path}, { type: ${type} }));`;
}

export const fetchScript: Language = {
  target: 'node',
  client: 'fetch',
  text: scriptText,
  withToken,
  body: bodyAt({ key: 'body', json: (value) => `JSON.stringify(${value})` }),
};

export const axiosScript: Language = {
  target: 'node',
  client: 'axios',
  text: scriptText,
  withToken,
  body: bodyAt({ key: 'data', json: (value) => value }),
};
