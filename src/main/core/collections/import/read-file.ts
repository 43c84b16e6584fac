/** Which tool a file comes from, told by what is in it; its name is not trusted. */
import { AppError } from '../../../../shared/model/app-error.ts';
import { readCurl } from './read-curl.ts';
import { readHar } from './read-har.ts';
import { readOpenApi } from './read-openapi.ts';
import { readPostman } from './read-postman.ts';
import type { FindOperation, ImportedFile } from './types.ts';

const known = 'Files of Postman (collection 2.1), HAR files, OpenAPI 3 documents and cURL commands are read.';

/** @throws AppError `bad_input` in one sentence on what the file is not */
export function readForeignFile(content: string, name: string, findOperation: FindOperation): ImportedFile {
  const text = content.replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new AppError('bad_input', `“${name}” is empty.`);
  if (/^\s*(?:openapi|swagger)\s*:/m.test(text.slice(0, 10_000)))
    return readOpenApi(text, name, findOperation);
  if (!/^\s*[[{]/.test(text)) {
    if (/\bcurl(\.exe)?\s/.test(text)) return readCurl(text, name, findOperation);
    throw new AppError('bad_input', `“${name}” is no file that requests can be read from.`, {
      remedy: known,
    });
  }
  const value = parsed(text, name);
  const fields = Array.isArray(value) ? new Set<string>() : new Set(Object.keys(value));
  if (fields.has('openapi') || fields.has('swagger')) return readOpenApi(text, name, findOperation);
  if (fields.has('log')) return readHar(value, name, findOperation);
  if (fields.has('info') && fields.has('item')) return readPostman(value, name, findOperation);
  // Postman's own interface wraps a collection once more.
  const { collection } = value as { collection?: unknown };
  if (typeof collection === 'object' && collection !== null)
    return readPostman(collection, name, findOperation);
  if (fields.has('values') && fields.has('name')) {
    throw new AppError('bad_input', `“${name}” is a Postman environment, not a collection.`, {
      remedy: 'Import it where the variables are.',
    });
  }
  throw new AppError('bad_input', `“${name}” is JSON, but not of a tool whose requests are read.`, {
    remedy: known,
  });
}

function parsed(text: string, name: string): object {
  try {
    return JSON.parse(text) as object;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : '';
    throw new AppError('bad_input', `“${name}” is no valid JSON: ${why}.`, { cause });
  }
}
