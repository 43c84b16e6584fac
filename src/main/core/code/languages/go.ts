import { goText, jsonText } from '../literals.ts';
import type { CodePart } from '../types.ts';
import { put, type Language } from './language.ts';

const place = /strings\.NewReader\("<body>"\)/;

export const go: Language = {
  target: 'go',
  client: 'native',
  text: goText,
  withToken: (before) => `${jsonText(before)}+os.Getenv("HIGHLEVEL_TOKEN")`,
  body: (code, body) => {
    switch (body.kind) {
      case 'text':
        return put(code, place, `strings.NewReader(${goText(body.text)})`);
      case 'file':
        return put(code, /payload := strings\.NewReader\("<body>"\)/, opened('payload', body.file.name));
      case 'multipart': {
        const lines = [
          'payload := &bytes.Buffer{}',
          'form := multipart.NewWriter(payload)',
          ...body.parts.flatMap(partOf),
          'form.Close()',
        ];
        const formed = put(code, /payload := strings\.NewReader\("<body>"\)/, lines.join('\n\t'));
        const type = '\n\treq.Header.Add("Content-Type", form.FormDataContentType())\n\n\tres, _ :=';
        return put(formed, /\n\tres, _ :=/, type);
      }
    }
  },
  // An import that is not used does not compile.
  finish: (code) => {
    const named = ['bytes', 'fmt', 'io', 'mime/multipart', 'net/http', 'os', 'strings'];
    const used = named.filter((name) => code.includes(`${name.split('/').at(-1)}.`));
    return put(code, /import \([^)]*\)/, `import (\n${used.map((name) => `\t"${name}"\n`).join('')})`);
  },
};

function opened(variable: string, name: string): string {
  return `${variable}, err := os.Open(${jsonText(name)})\n\tif err != nil {\n\t\tpanic(err)\n\t}`;
}

function partOf({ name, value, file }: CodePart, index: number): string[] {
  if (file === null) return [`form.WriteField(${jsonText(name)}, ${jsonText(value)})`];
  const [source, part] = [`file${index + 1}`, `part${index + 1}`];
  return [
    `${source}, err := os.Open(${jsonText(file.name)})`,
    'if err != nil {\n\t\tpanic(err)\n\t}',
    `${part}, _ := form.CreateFormFile(${jsonText(name)}, ${jsonText(file.name)})`,
    `io.Copy(${part}, ${source})`,
  ];
}
