import { shellText } from '../literals.ts';
import type { CodePart } from '../types.ts';
import { put, type Language } from './language.ts';

export const httpie: Language = {
  target: 'shell',
  client: 'httpie',
  text: shellText,
  withToken: (before) => `"${before}$HIGHLEVEL_TOKEN"`,
  body: (code, body) => {
    const bare = put(code, /^echo '<body>' \| +\\\n +/, '');
    switch (body.kind) {
      case 'text':
        return put(bare, /^http /, `http --raw ${shellText(body.text)} `);
      case 'file':
        return `${bare} < ${shellText(body.file.name)}`;
      case 'multipart':
        return [put(bare, /^http /, 'http --multipart '), ...body.parts.map(part)].join(' \\\n  ');
    }
  },
  // Without it HTTPie waits for a body on the standard input of whatever runs it.
  finish: (code) => (code.includes(' < ') ? code : put(code, /^http /, 'http --ignore-stdin ')),
};

function part({ name, value, file }: CodePart): string {
  const key = name.replaceAll(/[:=@\\]/g, (one) => `\\${one}`);
  return file === null ? shellText(`${key}=${value}`) : shellText(`${key}@${file.name};type=${file.type}`);
}
