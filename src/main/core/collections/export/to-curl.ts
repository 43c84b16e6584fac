/** A shell script of cURL commands; the token is read from the environment variable that `hlc token --env` writes. */
import { tokenVariable } from '../../transfer/formats/curl.ts';
import { addressOf, contentTypeOf, formText, goesToApi, headersOf, switchedOn } from './as-sent.ts';
import type { ExportedRequest, ExportedSet } from './types.ts';

export function toCurl({ entries }: ExportedSet): string {
  const commands = entries.flatMap((entry) => (entry.kind === 'request' ? [commandOf(entry)] : []));
  return `#!/bin/sh\n\n${commands.join('\n\n')}\n`;
}

function commandOf(entry: ExportedRequest): string {
  const { request, folder, name } = entry;
  const type = contentTypeOf(entry);
  const title = [...folder, name].join(' / ').replaceAll(/[\r\n]+/g, ' ');
  // cURL writes the type of a multipart body, which names its boundary, by itself.
  const own =
    type === null || request.bodyKind === 'multipart' ? [] : [{ name: 'Content-Type', value: type }];
  const lines = [
    `curl --globoff --request ${quoted(request.method)} ${quoted(addressOf(request))}`,
    ...(goesToApi(request) ? [`--header 'Authorization: Bearer '"$${tokenVariable}"`] : []),
    ...[...headersOf(entry), ...own].map((header) => `--header ${quoted(`${header.name}: ${header.value}`)}`),
    ...bodyOf(entry),
  ];
  return `# ${title}\n${lines.join(' \\\n  ')}`;
}

function bodyOf({ request }: ExportedRequest): string[] {
  const { bodyKind, body, parts, file } = request;
  switch (bodyKind) {
    case 'none':
      return [];
    case 'json':
    case null:
      return body === null ? [] : [`--data-raw ${quoted(body)}`];
    case 'form':
      return [`--data-raw ${quoted(formText(parts))}`];
    case 'multipart':
      return switchedOn(parts).map((part) =>
        part.file === null
          ? `--form-string ${quoted(`${part.name}=${part.value}`)}`
          : `--form ${quoted(`${part.name}=@${part.file.name}`)}`,
      );
    case 'binary':
      return [`--data-binary ${quoted(`@${file?.name ?? 'file'}`)}`];
  }
}

/** For the shell: as it stands, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
