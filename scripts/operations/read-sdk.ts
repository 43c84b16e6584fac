import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import type { Argument, Expression, Function as FunctionNode } from 'oxc-parser';
import { readMethodTypes } from './sdk-types.ts';
import type { MethodTypes } from './sdk-types.ts';

/** One operation as HighLevel's published client encodes it. */
export type SdkOperation = {
  service: string;
  /** Name of the client's method: `getContact`. */
  name: string;
  method: string;
  path: string;
  summary: string;
  params: { name: string; in: string }[];
  /** Security classes: `bearer`, `Location-Access`, `Agency-Access-Only`, ... */
  security: string[];
  formEncoded: boolean;
  /** Arguments of the method before its options. */
  takes: ('params' | 'requestBody')[];
  types: MethodTypes;
};

/** Sources of one service of the client. */
export type SdkService = { service: string; code: string; declarations: string; models: string };

/** Reads the files of every service in the client's `dist/lib/code` folder; nothing is executed. */
export function loadServices(codeFolder: string): SdkService[] {
  return readdirSync(codeFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      service: name,
      code: readFileSync(join(codeFolder, name, `${name}.js`), 'utf8'),
      declarations: readFileSync(join(codeFolder, name, `${name}.d.ts`), 'utf8'),
      models: readFileSync(join(codeFolder, name, 'models', `${name}.d.ts`), 'utf8'),
    }));
}

/** The client has 584 operations; far fewer means that its files are no longer understood. */
const fewestOperations = 570;

/** Derives the operations of all services. @throws when there are too few to be all of them */
export function readAllOperations(services: readonly SdkService[]): SdkOperation[] {
  const operations = services.flatMap(readOperations);
  if (operations.length >= fewestOperations) return operations;
  throw new Error(
    `only ${operations.length} operations were found in @gohighlevel/api-client, at least ${fewestOperations} are expected`,
  );
}

/** Derives the operations of one service: each is a class method that calls `buildUrl` with a path template. */
function readOperations({ service, code, declarations, models }: SdkService): SdkOperation[] {
  const types = readMethodTypes(`${service}.d.ts`, declarations, models);
  const { program, comments, errors } = parseSync(`${service}.js`, code);
  if (errors.length > 0)
    throw new Error(`${service}.js cannot be parsed: ${errors[0]?.message ?? 'unknown reason'}`);
  const comment = new Map(comments.map(({ end, value }) => [end, value]));

  return program.body.flatMap((statement) => {
    if (statement.type !== 'ClassDeclaration') return [];
    return statement.body.body.flatMap((member) => {
      if (member.type !== 'MethodDefinition' || member.key.type !== 'Identifier') return [];
      const request = readRequest(member.value);
      if (request === null) return [];
      const before = code.slice(0, member.start).trimEnd().length;
      return [
        {
          service,
          name: member.key.name,
          ...request,
          summary: firstLine(comment.get(before) ?? ''),
          types: types.get(member.key.name) ?? { params: [], body: null },
        },
      ];
    });
  });
}

type Request = Pick<SdkOperation, 'method' | 'path' | 'params' | 'security' | 'formEncoded' | 'takes'>;

/** Reads the constants a client method builds its request from; null for a method that sends none itself. */
function readRequest(method: FunctionNode): Request | null {
  const constants = new Map<string, Expression>();
  for (const statement of method.body?.body ?? []) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === 'Identifier' && init) constants.set(id.name, init);
    }
  }
  const config = properties(constants.get('config'));
  const template = config.get('url');
  if (template?.type !== 'CallExpression') return null;
  return {
    method: text(config.get('method')),
    path: text(argument(template.arguments[0])),
    params: elements(constants.get('paramDefs')).map((element) => ({
      name: text(properties(element).get('name')),
      in: text(properties(element).get('in')),
    })),
    security: elements(constants.get('requirements')).map((element) => text(element)),
    formEncoded: text(properties(config.get('headers')).get('Content-Type'), '').includes('form-urlencoded'),
    takes: method.params.flatMap((param) => {
      const name = param.type === 'Identifier' ? param.name : '';
      return name === 'params' || name === 'requestBody' ? [name] : [];
    }),
  };
}

function properties(node: Expression | undefined): ReadonlyMap<string, Expression> {
  const values = new Map<string, Expression>();
  if (node?.type !== 'ObjectExpression') return values;
  for (const property of node.properties) {
    if (property.type !== 'Property') continue;
    const { key } = property;
    if (key.type === 'Identifier') values.set(key.name, property.value);
    if (key.type === 'Literal' && typeof key.value === 'string') values.set(key.value, property.value);
  }
  return values;
}

function elements(node: Expression | undefined): Expression[] {
  if (node?.type !== 'ArrayExpression')
    throw new Error('a method of the client lacks its list of parameters');
  return node.elements.flatMap((element) => argument(element) ?? []);
}

function argument(node: Argument | null | undefined): Expression | undefined {
  return node && node.type !== 'SpreadElement' ? node : undefined;
}

function text(node: Expression | undefined, fallback?: string): string {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (fallback !== undefined) return fallback;
  throw new Error('a method of the client does not spell its method, path or parameters as plain strings');
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&#x60;': '`',
  '&#x2F;': '/',
  '&#x3D;': '=',
};

function firstLine(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^[\s*]+/, '').trim());
  const line = lines.find((candidate) => candidate !== '') ?? '';
  return line.replace(/&#?\w+;/g, (entity) => entities[entity] ?? entity);
}
