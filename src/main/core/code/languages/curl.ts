import { shellText } from '../literals.ts';
import type { CodeFile, CodePart } from '../types.ts';
import { put, type Language } from './language.ts';

export const curl: Language = {
  target: 'shell',
  client: 'curl',
  text: shellText,
  withToken: (before) => `"${before}$HIGHLEVEL_TOKEN"`,
  body: (code, body) => put(code, /--data '<body>'/, argumentsOf(body)),
};

function argumentsOf(body: Parameters<Language['body']>[1]): string {
  switch (body.kind) {
    case 'text':
      // Any other option would take a text that begins with @ for the name of a file.
      return `--data-raw ${shellText(body.text)}`;
    case 'file':
      return `--data-binary ${shellText(`@${body.file.name}`)}`;
    case 'multipart':
      return body.parts.map(part).join(' \\\n  ');
  }
}

function part({ name, value, file }: CodePart): string {
  return file === null
    ? `--form-string ${shellText(`${name}=${value}`)}`
    : `--form ${shellText(`${name}=@${quoted(file)};type=${file.type}`)}`;
}

/** Between quotes the name may hold commas and semicolons. */
function quoted({ name }: CodeFile): string {
  return /[",;\\]/.test(name) ? `"${name.replaceAll(/["\\]/g, (one) => `\\${one}`)}"` : name;
}
