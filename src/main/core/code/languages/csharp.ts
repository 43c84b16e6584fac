import { csharpText } from '../literals.ts';
import type { CodePart } from '../types.ts';
import { put, type Language } from './language.ts';

/** The content with the type that the library gives it. */
const place = /new StringContent\("<body>"\)(?:\n {4}\{\n {8}Headers =\n {8}\{\n[^}]*\}\n {4}\})?/;

export const csharp: Language = {
  target: 'csharp',
  client: 'httpclient',
  text: csharpText,
  withToken: (before) => `${csharpText(before)} + Environment.GetEnvironmentVariable("HIGHLEVEL_TOKEN")`,
  body: (code, body, type) => {
    switch (body.kind) {
      case 'text':
        return put(code, place, content(`new StringContent(${csharpText(body.text)})`, type));
      case 'file':
        return put(code, place, content(read(body.file.name), type));
      case 'multipart':
        return put(
          code,
          place,
          `new MultipartFormDataContent\n    {\n${body.parts.map((part) => `        ${partOf(part)},\n`).join('')}    }`,
        );
    }
  },
};

function content(made: string, type: string): string {
  const header = `ContentType = MediaTypeHeaderValue.Parse(${csharpText(type)})`;
  return `${made}\n    {\n        Headers = { ${header} }\n    }`;
}

function read(name: string): string {
  return `new ByteArrayContent(File.ReadAllBytes(${csharpText(name)}))`;
}

function partOf({ name, value, file }: CodePart): string {
  if (file === null) return `{ new StringContent(${csharpText(value)}), ${csharpText(name)} }`;
  const header = `Headers = { ContentType = MediaTypeHeaderValue.Parse(${csharpText(file.type)}) }`;
  return `{ ${read(file.name)} { ${header} }, ${csharpText(name)}, ${csharpText(file.name)} }`;
}
