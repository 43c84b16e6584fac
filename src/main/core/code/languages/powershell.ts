import { powershellText } from '../literals.ts';
import type { CodePart } from '../types.ts';
import { put, type Language } from './language.ts';

const place = /-Body '<body>'/;
const standInType = 'text/stand-in';

export const powershell: Language = {
  target: 'powershell',
  client: 'restmethod',
  text: powershellText,
  withToken: (before) => `"${before}$env:HIGHLEVEL_TOKEN"`,
  standInType,
  body: (code, body) => {
    switch (body.kind) {
      case 'text':
        return put(code, place, `-Body ${bytesOf(body.text)}`);
      case 'file':
        return put(code, place, `-InFile ${powershellText(body.file.name)}`);
      case 'multipart': {
        const form = `$form = @{\n${body.parts.map((part) => `    ${partOf(part)}\n`).join('')}}\n$response =`;
        const untyped = put(put(code, / -ContentType '[^']*'/, ''), /^.*text\/stand-in.*\n/m, '');
        return put(put(untyped, place, '-Form $form'), /\$response =/, form);
      }
    }
  },
  finish: (code) => `${code.trimEnd()}\n$response | ConvertTo-Json -Depth 20\n`,
};

/** Before 7.4 PowerShell sends a text as Latin-1. */
function bytesOf(text: string): string {
  const quoted = powershellText(text);
  return /^[\0-\x7f]*$/.test(text) ? quoted : `([Text.Encoding]::UTF8.GetBytes(${quoted}))`;
}

function partOf({ name, value, file }: CodePart): string {
  const content =
    file === null ? powershellText(value) : `Get-Item -LiteralPath ${powershellText(file.name)}`;
  return `${powershellText(name)} = ${content}`;
}
