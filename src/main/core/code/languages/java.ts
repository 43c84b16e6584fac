import { jsonText } from '../literals.ts';
import type { CodePart } from '../types.ts';
import { put, type Language } from './language.ts';

const place = /HttpRequest\.BodyPublishers\.ofString\("<body>"\)/;
const publishers = 'HttpRequest.BodyPublishers';
const boundary = 'highlevel-companion-part-5f1c8a';

export const java: Language = {
  target: 'java',
  client: 'nethttp',
  text: jsonText,
  withToken: (before) => `${jsonText(before)} + System.getenv("HIGHLEVEL_TOKEN")`,
  body: (code, body) => {
    switch (body.kind) {
      case 'text':
        return put(code, place, `${publishers}.ofString(${jsonText(body.text)})`);
      case 'file':
        return put(code, place, `${publishers}.ofFile(Path.of(${jsonText(body.file.name)}))`);
      case 'multipart': {
        const end = `${publishers}.ofString(${jsonText(`--${boundary}--\r\n`)})`;
        const parts = [...body.parts.flatMap(partOf), end].join(',\n        ');
        const header = `.header("Content-Type", "multipart/form-data; boundary=${boundary}")\n    .method(`;
        return put(put(code, place, `${publishers}.concat(\n        ${parts})`), /\.method\(/, header);
      }
    }
  },
  finish: (code) => {
    const imports = ['java.net.URI', 'java.net.http.HttpClient', 'java.net.http.HttpRequest'];
    imports.push('java.net.http.HttpResponse', ...(code.includes('Path.of(') ? ['java.nio.file.Path'] : []));
    const inside = code.trimEnd().replaceAll(/^(?=.)/gm, '        ');
    return [
      ...imports.map((name) => `import ${name};`),
      '',
      'public class SendRequest {',
      '    public static void main(String[] args) throws Exception {',
      inside,
      '    }',
      '}',
      '',
    ].join('\n');
  },
};

/** Java has no multipart body of its own: its pieces are put one behind the other. */
function partOf({ name, value, file }: CodePart): string[] {
  const quoted = (text: string): string => text.replaceAll('"', '%22').replaceAll(/[\r\n]/g, ' ');
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`;
  if (file === null) return [`${publishers}.ofString(${jsonText(`${head}\r\n\r\n${value}\r\n`)})`];
  const named = `${head}; filename="${quoted(file.name)}"\r\nContent-Type: ${file.type}\r\n\r\n`;
  return [
    `${publishers}.ofString(${jsonText(named)})`,
    `${publishers}.ofFile(Path.of(${jsonText(file.name)}))`,
    `${publishers}.ofString(${jsonText('\r\n')})`,
  ];
}
