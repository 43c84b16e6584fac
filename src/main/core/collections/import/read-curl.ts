/** cURL commands, one or several in a text, such as a shell script. */
import * as z from 'zod';
import { parseCurl } from '../../../../shared/curl/parse-curl.ts';
import { splitCommands } from '../../../../shared/curl/split-commands.ts';
import { AppError } from '../../../../shared/model/app-error.ts';
import { savedRequest } from '../../../../shared/model/collection.ts';
import { readAddress } from './address.ts';
import { keptHeaders } from './headers.ts';
import { createNotes, type FindOperation, type ImportedFile, type ImportedRequest } from './types.ts';

/** @throws AppError `bad_input` where the text holds no command */
export function readCurl(text: string, name: string, findOperation: FindOperation): ImportedFile {
  const notes = createNotes();
  const requests: ImportedRequest[] = [];
  const commands = splitCommands(text).filter(({ command }) => /\bcurl(\.exe)?\s/.test(command));
  for (const [index, { command, title }] of commands.entries()) {
    try {
      const from = command.search(/(?<=^|[\s/|])curl(\.exe)?\s/);
      const read = parseCurl(command.slice(Math.max(0, from)));
      const address = readAddress(read.method, read.url, {}, new Map(), findOperation);
      const names = title?.split(' / ').map((part) => part.trim()) ?? [];
      const called = names.at(-1) || `${read.method} ${address.path}`;
      const folder = names.slice(0, -1).filter((part) => part !== '');
      const where = [...folder, called];
      if (address.note !== null) notes.add(where, address.note);
      for (const left of read.leftOut) notes.add(where, left);
      if (/\|\s*(\S*\/)?curl/.test(command)) notes.add(where, 'The body that was piped to it was left out.');
      const on = true;
      const { headers } = keptHeaders(
        read.headers.map((header) => ({ ...header, on })),
        { version: address.version, ownType: read.bodyKind !== 'binary' },
      );
      const request = savedRequest.parse({
        method: read.method,
        path: address.path,
        pathParams: address.pathParams,
        operationId: address.operationId,
        query: read.query.map((pair) => ({ ...pair, on })),
        headers,
        bodyKind: read.bodyKind,
        body: read.bodyKind === 'json' ? read.body : null,
        parts: read.parts.map((part) => ({ ...part, on })),
      });
      requests.push({ folder, name: called, request });
    } catch (error) {
      notes.add([`Command ${index + 1}`], `It was left out: ${whyNot(error)}`);
    }
  }
  if (requests.length === 0) {
    const [first] = notes.list();
    throw new AppError('bad_input', first?.note ?? `“${name}” holds no cURL command.`);
  }
  const folders = foldersOf(requests);
  const base = name.replace(/\.\w+$/, '') || 'cURL';
  return { kind: 'curl', name: base, description: '', folders, requests, notes: notes.list(), variables: [] };
}

function whyNot(error: unknown): string {
  if (error instanceof z.ZodError) return 'It is no request that can be saved.';
  return error instanceof Error ? error.message : String(error);
}

/** Every folder that a request lies in, each before those inside it. */
export function foldersOf(requests: readonly ImportedRequest[]): (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const { folder } of requests)
    for (let depth = 1; depth <= folder.length; depth += 1) {
      const path = folder.slice(0, depth);
      found.set(JSON.stringify(path), path);
    }
  return [...found.values()];
}
