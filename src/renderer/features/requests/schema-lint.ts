/** What is wrong with a JSON body by its schema, with the places in the text. */
import { parseTree, type Node } from 'jsonc-parser';
import type { JsonSchema } from '../../../shared/highlevel/operations/shapes/json-schema.ts';
import { choicesOf, wordsFor } from './schema-at.ts';

export type Finding = {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
};

/** Empty for a text that is no JSON: the parser says so itself. */
export function findingsIn(text: string, schema: JsonSchema): Finding[] {
  const tree = parseTree(text);
  return tree === undefined ? [] : check(tree, schema, 'The body');
}

function check(node: Node, schema: JsonSchema, name: string): Finding[] {
  if (schema.anyOf !== undefined) {
    const each = choicesOf(schema).map((choice) => check(node, choice, name));
    return each.toSorted((a, b) => a.length - b.length)[0] ?? [];
  }
  if (isVariable(node) || (node.type === 'null' && schema.nullable === true)) return [];
  if (schema.enum !== undefined) {
    const fits = schema.enum.some((one) => one === node.value);
    return fits ? [] : [wrong(node, `${name} must be ${wordsFor(schema)}.`)];
  }
  if (schema.type !== undefined && !isType(node, schema.type)) {
    return [wrong(node, `${name} must be ${article(wordsFor(schema))}.`)];
  }
  if (node.type === 'object') return checkObject(node, schema, name);
  if (node.type === 'array') return checkList(node, schema, name);
  return checkBounds(node, schema, name);
}

function checkObject(node: Node, schema: JsonSchema, name: string): Finding[] {
  const given = (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key === undefined ? [] : [{ key, value, name: String(key.value) }];
  });
  const missing = (schema.required ?? []).filter((one) => given.every((other) => other.name !== one));
  const findings = missing.map((one): Finding => ({
    from: node.offset,
    to: node.offset + 1,
    severity: 'error',
    message: `${name} lacks "${one}", which is required.`,
  }));
  for (const { key, value, name: field } of given) {
    const inner = schema.properties?.[field] ?? schema.additionalProperties;
    if (inner !== undefined) {
      if (value !== undefined) findings.push(...check(value, inner, `"${field}"`));
    } else if (schema.properties !== undefined && Object.keys(schema.properties).length > 0) {
      findings.push({
        ...wrong(key, `HighLevel does not publish a field "${field}" here.`),
        severity: 'warning',
      });
    }
  }
  return findings;
}

function checkList(node: Node, schema: JsonSchema, name: string): Finding[] {
  const items = node.children ?? [];
  const { items: inner, minItems = 0, maxItems = Infinity } = schema;
  const findings =
    inner === undefined ? [] : items.flatMap((item) => check(item, inner, `An item of ${name}`));
  if (items.length < minItems) findings.push(wrong(node, `${name} must have at least ${minItems}.`));
  if (items.length > maxItems) findings.push(wrong(node, `${name} may have at most ${maxItems}.`));
  return findings;
}

function checkBounds(node: Node, schema: JsonSchema, name: string): Finding[] {
  const value: unknown = node.value;
  if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum)
      return [wrong(node, `${name} must be at least ${schema.minimum}.`)];
    if (schema.maximum !== undefined && value > schema.maximum)
      return [wrong(node, `${name} may be at most ${schema.maximum}.`)];
  }
  if (typeof value === 'string') {
    if (schema.maxLength !== undefined && value.length > schema.maxLength)
      return [wrong(node, `${name} may have at most ${schema.maxLength} characters.`)];
    if (schema.minLength !== undefined && value.length < schema.minLength)
      return [wrong(node, `${name} must have at least ${schema.minLength} characters.`)];
  }
  return [];
}

/** A variable may stand for anything. */
function isVariable(node: Node): boolean {
  return node.type === 'string' && String(node.value).includes('{{');
}

function isType(node: Node, type: NonNullable<JsonSchema['type']>): boolean {
  return type === 'integer' ? Number.isInteger(node.value) : node.type === type;
}

function wrong(node: Node, message: string): Finding {
  return { from: node.offset, to: node.offset + node.length, severity: 'error', message };
}

function article(words: string): string {
  return /^(list|number|whole|time)/.test(words) ? `a ${words}` : words === 'object' ? 'an object' : words;
}
