import { twoEscapesText } from '../literals.ts';
import type { CodePart } from '../types.ts';
import { put, type Language } from './language.ts';

export const php: Language = {
  target: 'php',
  client: 'curl',
  text: twoEscapesText,
  withToken: (before) => `${twoEscapesText(before)} . getenv('HIGHLEVEL_TOKEN')`,
  body: (code, body) => put(code, /"<body>"/, valueOf(body)),
};

function valueOf(body: Parameters<Language['body']>[1]): string {
  switch (body.kind) {
    case 'text':
      return twoEscapesText(body.text);
    case 'file':
      return `file_get_contents(${twoEscapesText(body.file.name)})`;
    case 'multipart':
      return `[\n${body.parts.map((part) => `    ${partOf(part)},\n`).join('')}  ]`;
  }
}

function partOf({ name, value, file }: CodePart): string {
  if (file === null) return `${twoEscapesText(name)} => ${twoEscapesText(value)}`;
  const path = twoEscapesText(file.name);
  return `${twoEscapesText(name)} => new CURLFile(${path}, ${twoEscapesText(file.type)}, ${path})`;
}
