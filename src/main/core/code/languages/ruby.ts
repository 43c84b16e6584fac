import { twoEscapesText } from '../literals.ts';
import type { CodePart } from '../types.ts';
import { put, type Language } from './language.ts';

const place = /request\.body = "<body>"/;

export const ruby: Language = {
  target: 'ruby',
  client: 'native',
  text: twoEscapesText,
  withToken: (before) => `${twoEscapesText(before)} + ENV['HIGHLEVEL_TOKEN']`,
  body: (code, body) => {
    switch (body.kind) {
      case 'text':
        return put(code, place, `request.body = ${twoEscapesText(body.text)}`);
      case 'file':
        return put(code, place, `request.body = File.binread(${twoEscapesText(body.file.name)})`);
      case 'multipart': {
        const parts = body.parts.map((part) => `  ${partOf(part)},\n`).join('');
        return put(code, place, `request.set_form([\n${parts}], 'multipart/form-data')`);
      }
    }
  },
};

function partOf({ name, value, file }: CodePart): string {
  if (file === null) return `[${twoEscapesText(name)}, ${twoEscapesText(value)}]`;
  const path = twoEscapesText(file.name);
  const facts = `{ filename: ${path}, content_type: ${twoEscapesText(file.type)} }`;
  return `[${twoEscapesText(name)}, File.open(${path}, 'rb'), ${facts}]`;
}
