import { parseSync } from 'oxc-parser';
import type { Declaration, ParamPattern, Program, TSSignature, TSType } from 'oxc-parser';
import type { BodyField, FieldType } from '../../src/shared/highlevel/operations/operation.ts';

/** What the declaration file of a service says about one of its methods. */
export type MethodTypes = {
  params: BodyField[];
  /** null: takes no body; `fields: null`: takes one of unknown shape. */
  body: { list: boolean; fields: BodyField[] | null } | null;
};

type Interfaces = ReadonlyMap<string, readonly TSSignature[]>;

/** Reads the parameter and body types of every method of the class that a service declares. */
export function readMethodTypes(
  file: string,
  declarations: string,
  models: string,
): ReadonlyMap<string, MethodTypes> {
  const interfaces = readInterfaces(models);
  const methods = new Map<string, MethodTypes>();
  for (const statement of parse(file, declarations)) {
    const declaration = exported(statement);
    if (declaration?.type !== 'ClassDeclaration') continue;
    for (const member of declaration.body.body) {
      if (!('key' in member) || member.key.type !== 'Identifier' || !('value' in member)) continue;
      if (member.value?.type !== 'TSEmptyBodyFunctionExpression') continue;
      methods.set(member.key.name, methodTypes(member.value.params, interfaces));
    }
  }
  return methods;
}

function parse(file: string, source: string): Program['body'] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0)
    throw new Error(`${file} cannot be parsed: ${errors[0]?.message ?? 'unknown reason'}`);
  return program.body;
}

function exported(statement: Program['body'][number]): Declaration | null {
  return statement.type === 'ExportNamedDeclaration' ? statement.declaration : null;
}

function readInterfaces(models: string): Interfaces {
  const interfaces = new Map<string, readonly TSSignature[]>();
  for (const statement of parse('models.d.ts', models)) {
    const declaration = exported(statement);
    if (declaration?.type === 'TSInterfaceDeclaration')
      interfaces.set(declaration.id.name, declaration.body.body);
  }
  return interfaces;
}

function methodTypes(parameters: readonly ParamPattern[], interfaces: Interfaces): MethodTypes {
  const types: MethodTypes = { params: [], body: null };
  for (const parameter of parameters) {
    if (parameter.type !== 'Identifier') continue;
    const type = parameter.typeAnnotation?.typeAnnotation;
    if (parameter.name === 'params' && type?.type === 'TSTypeLiteral') types.params = fieldsOf(type.members);
    if (parameter.name === 'requestBody') types.body = bodyOf(type, interfaces);
  }
  return types;
}

function bodyOf(type: TSType | undefined, interfaces: Interfaces): NonNullable<MethodTypes['body']> {
  if (type?.type === 'TSArrayType') return { ...bodyOf(type.elementType, interfaces), list: true };
  const members = interfaces.get(typeName(type) ?? '');
  const fields = members === undefined ? [] : fieldsOf(members);
  return { list: false, fields: fields.length > 0 ? fields : null };
}

function typeName(type: TSType | undefined): string | null {
  if (type?.type !== 'TSTypeReference') return null;
  if (type.typeName.type === 'Identifier') return type.typeName.name;
  return type.typeName.type === 'TSQualifiedName' ? type.typeName.right.name : null;
}

function fieldsOf(members: readonly TSSignature[]): BodyField[] {
  return members.flatMap((member) => {
    if (member.type !== 'TSPropertySignature') return [];
    const name = propertyName(member.key);
    if (name === null) return [];
    return [{ name, type: fieldType(member.typeAnnotation?.typeAnnotation), required: !member.optional }];
  });
}

function propertyName(key: { type: string; name?: unknown; value?: unknown }): string | null {
  if (key.type === 'Identifier' && typeof key.name === 'string') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : null;
}

const fieldTypes: Readonly<Partial<Record<TSType['type'], FieldType>>> = {
  TSStringKeyword: 'string',
  TSNumberKeyword: 'number',
  TSBooleanKeyword: 'boolean',
  TSArrayType: 'array',
  TSTypeReference: 'object',
  TSTypeLiteral: 'object',
};

function fieldType(type: TSType | undefined): FieldType {
  return (type && fieldTypes[type.type]) ?? 'any';
}
