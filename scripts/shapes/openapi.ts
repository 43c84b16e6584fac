import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of OpenAPI 3.0 that HighLevel's documents use. */
export type Schema = {
  readonly $ref?: string;
  readonly schema?: Schema;
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly (string | number)[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
};

export type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
};

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export type DocumentedOperation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
};

export type OpenApiDocument = {
  /** File name, such as `contacts.json`. */
  readonly file: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly schemas: Readonly<Record<string, Schema>>;
};

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI documents of a folder, by file name. @throws Error where the folder holds none */
export function readDocuments(folder: string): OpenApiDocument[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const documents = files.map((file) => readDocument(folder, file));
  if (documents.length === 0) throw new Error(`${folder} holds no OpenAPI document (*.json).`);
  return documents;
}

function readDocument(folder: string, file: string): OpenApiDocument {
  // What is read are published documents; a shape that differs fails where it is used.
  const json = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    paths?: OpenApiDocument['paths'];
    components?: { schemas?: OpenApiDocument['schemas'] };
  };
  if (json.paths === undefined) throw new Error(`${file} is no OpenAPI document: it has no paths.`);
  return { file, paths: json.paths, schemas: json.components?.schemas ?? {} };
}

/** Method, path and declaration of every operation of a document. */
export function* operationsOf(
  document: OpenApiDocument,
): Generator<{ method: (typeof METHODS)[number]; path: string; operation: DocumentedOperation }> {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = methods[method];
      if (operation !== undefined) yield { method, path, operation };
    }
  }
}

/** The lowest status of success that is declared, and the schema of its JSON answer. */
export function successOf(operation: DocumentedOperation): { status: number; schema: Schema | undefined } {
  const [status = '200'] = Object.keys(operation.responses)
    .filter((code) => code.startsWith('2'))
    .sort();
  return {
    status: Number(status),
    schema: operation.responses[status]?.content?.['application/json']?.schema,
  };
}
