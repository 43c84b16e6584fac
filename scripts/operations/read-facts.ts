import type { FieldType } from '../../src/shared/highlevel/operations/operation.ts';

export type FactField = { name: string; type: FieldType; required: boolean };

/** One row of a facts table: what HighLevel declares about an operation. */
export type Facts = {
  method: string;
  path: string;
  /** A `Version` value; `none`: no header needed; empty: nothing declared. */
  version: string;
  /** `S` sub-account, `A` agency, `SA` both; `none`: no token needed; empty: nothing declared. */
  access: string;
  scopes: string[];
  flags: string[];
  /** null where the row says nothing. */
  body: { kind: 'json' | 'form' | 'multipart'; list: boolean; fields: FactField[] | null } | null;
  /** Folder name of the service; only in rows of operations that the client lacks. */
  service: string;
  query: FactField[];
};

const fieldTypes: readonly string[] = ['string', 'number', 'boolean', 'object', 'array', 'file', 'any'];

/** Parses a table of tab-separated columns with a header row. `file` names it in errors. */
export function readFacts(file: string, table: string): Facts[] {
  const [header = '', ...lines] = table.trimEnd().split('\n');
  const columns = header.split('\t');
  return lines.map((line, index) => {
    const cells = line.split('\t');
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    try {
      return {
        method: cell('method'),
        path: cell('path'),
        version: cell('version'),
        access: cell('access'),
        scopes: words(cell('scopes')),
        flags: words(cell('flags')),
        body: body(cell('body')),
        service: cell('service'),
        query: words(cell('query')).map(field),
      };
    } catch (error) {
      throw new Error(
        `${file} line ${index + 2}: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  });
}

function words(cell: string): string[] {
  return cell.split(' ').filter((word) => word !== '');
}

function body(cell: string): Facts['body'] {
  const [kind, ...rest] = words(cell);
  if (kind === undefined) return null;
  const name = kind.replace('[]', '');
  if (name !== 'json' && name !== 'form' && name !== 'multipart')
    throw new Error(`"${kind}" is not a body kind (json, form, multipart)`);
  const fields = rest.map(field);
  return { kind: name, list: kind.endsWith('[]'), fields: fields.length > 0 ? fields : null };
}

/** `name!:string` is a required string, `name:string` an optional one. */
function field(word: string): FactField {
  const [, name, mark, type] = /^(.+?)(!?):(\w+)$/.exec(word) ?? [];
  if (name === undefined || !isFieldType(type)) throw new Error(`"${word}" is not name:type or name!:type`);
  return { name, type, required: mark === '!' };
}

function isFieldType(type: string | undefined): type is FieldType {
  return type !== undefined && fieldTypes.includes(type);
}
