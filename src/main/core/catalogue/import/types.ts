import type { Operation } from '../../../../shared/highlevel/operations/operation.ts';
import type { JsonSchema } from '../../../../shared/highlevel/operations/shapes/json-schema.ts';

/** What is wrong with a document, and where in it: `GET /contacts/`, or a reference. */
export type DocumentProblem = { readonly where: string; readonly problem: string };

/**
 * A schema as it is kept: what `JsonSchema` knows, with references and `allOf` still in place, so that a schema that
 * contains itself stays small.
 */
export type KeptSchema = Omit<JsonSchema, 'properties' | 'additionalProperties' | 'items' | 'anyOf'> & {
  /** A key of the document's table of schemas. */
  readonly ref?: string;
  readonly properties?: Readonly<Record<string, KeptSchema>>;
  readonly additionalProperties?: KeptSchema;
  readonly items?: KeptSchema;
  readonly anyOf?: readonly KeptSchema[];
  readonly allOf?: readonly KeptSchema[];
};

export type SchemaTable = Readonly<Record<string, KeptSchema>>;

export type ReadParam = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly type: string | null;
  readonly values: readonly string[] | null;
  /** What the document gives as an example or default. */
  readonly example: string | null;
};

export type ReadBody = {
  /** The first kind of content the companion can write, else the first there is. */
  readonly contentType: string;
  readonly required: boolean;
  readonly schema: KeptSchema;
  /** A whole body the document gives as an example, as text. */
  readonly example: string | null;
};

/** One operation of a document, with everything needed to list, open and send it. */
export type ReadOperation = Pick<
  Operation,
  | 'service'
  | 'method'
  | 'path'
  | 'summary'
  | 'access'
  | 'accessSource'
  | 'oauthTokenOnly'
  | 'version'
  | 'scopes'
  | 'deprecated'
> & {
  /** Unique in its document: made from the operationId, or from method and path. */
  readonly slug: string;
  readonly params: readonly ReadParam[];
  readonly body: ReadBody | null;
};

/** An OpenAPI document, read. */
export type ReadDocument = {
  readonly title: string;
  /** Of what it describes, as the document says. */
  readonly version: string;
  /** Of OpenAPI: `3.0.1`. */
  readonly openapi: string;
  readonly operations: readonly ReadOperation[];
  readonly schemas: SchemaTable;
  readonly problems: readonly DocumentProblem[];
};
