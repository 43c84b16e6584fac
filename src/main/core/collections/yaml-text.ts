/** YAML that people edit beside us: what they wrote around our fields stays, comments included. */
import {
  Document,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

export type Plain = string | number | boolean | readonly Plain[] | PlainMap;
export type PlainMap = { readonly [name: string]: Plain };

/** The names that are ours: at the top, and inside other fields. */
export type KnownFields = {
  readonly top: ReadonlySet<string>;
  readonly nested: ReadonlySet<string>;
  /** Fields whose names are all the developer's own, and so go with them. */
  readonly open: ReadonlySet<string>;
};

/** Words that other readers of YAML take for booleans are quoted; lines are never folded. */
const style = { lineWidth: 0, blockQuote: 'literal', indentSeq: true } as const;

/** A text that was read, with what its writer is used to. */
export type YamlText = {
  readonly document: Document;
  readonly indent: number;
  /** Whether the dashes of a list stand further in than its name. */
  readonly indentSeq: boolean;
  readonly lineEnd: string;
};

/** @throws Error in one sentence that names the line */
export function parseYaml(text: string): YamlText {
  const document = parseDocument(text, { compat: 'yaml-1.1' });
  const [error] = document.errors;
  if (error !== undefined) {
    const sentence = (error.message.split('\n')[0] ?? '').replace(/:$/, '');
    throw new Error(`It is no valid YAML: ${sentence}.`);
  }
  // Of what stands below a name: text of a body has indentation of its own.
  const indent = /^[^\s#-].*:[ \t]*(?:#.*)?\r?\n( {2,8})[^\s#]/m.exec(text)?.[1]?.length ?? 2;
  return {
    document,
    indent,
    indentSeq: !/^[^\s#-].*:[ \t]*(?:#.*)?\r?\n- /m.test(text),
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** A new text with these fields, in their order. */
export function writeYaml(fields: PlainMap): string {
  const document = new Document(undefined, { compat: 'yaml-1.1' });
  document.contents = document.createNode(fields);
  return document.toString(style);
}

/**
 * The text with these fields in the place of ours. What is equal stays as it is written, other fields stay, and
 * fields of ours that are no longer there go.
 */
export function rewriteYaml(
  { document, indent, indentSeq, lineEnd }: YamlText,
  fields: PlainMap,
  known: KnownFields,
): string {
  if (isMap(document.contents)) setFields(document, document.contents, fields, known, known.top);
  else document.contents = document.createNode(fields);
  return document.toString({ ...style, indent, indentSeq }).replaceAll('\n', lineEnd);
}

function setFields(
  document: Document,
  map: YAMLMap,
  fields: PlainMap,
  known: KnownFields,
  ours: ReadonlySet<string> | null,
): void {
  map.items = map.items.filter((pair) => {
    const name = nameOf(pair);
    return Object.hasOwn(fields, name) || (ours !== null && !ours.has(name));
  });
  let place = 0;
  for (const [name, value] of Object.entries(fields)) {
    const at = map.items.findIndex((pair) => nameOf(pair) === name);
    const pair = map.items[at];
    if (pair === undefined) {
      insert(document, map, place, name, value);
      place += 1;
      continue;
    }
    place = at + 1;
    pair.value = merged(document, pair.value as Node | null, value, known, name);
  }
}

/** What stands above the first field, such as a file's heading, stays above. */
function insert(document: Document, map: YAMLMap, place: number, name: string, value: Plain): void {
  const pair = document.createPair(name, value);
  const first = map.items[0]?.key;
  if (place === 0 && isScalar(first) && isScalar(pair.key) && first.commentBefore) {
    pair.key.commentBefore = first.commentBefore;
    first.commentBefore = null;
  }
  map.items.splice(place, 0, pair);
}

/** The node with this value: the same one, changed as little as can be, where it is of the same kind. */
function merged(
  document: Document,
  node: Node | null,
  value: Plain,
  known: KnownFields,
  name: string | null,
): Node {
  if (node !== null && equal(node.toJS(document), value)) return node;
  if (isMap(node) && isPlainMap(value)) {
    const isOpen = name !== null && known.open.has(name);
    setFields(document, node, value, known, isOpen ? null : known.nested);
    return node;
  }
  if (isSeq(node) && Array.isArray(value)) {
    setItems(document, node, value as readonly Plain[], known);
    return node;
  }
  if (isScalar(node) && typeof value !== 'object') {
    node.value = value;
    if (typeof value === 'string' && value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
    return node;
  }
  return document.createNode(value);
}

/** Each item keeps the node of the one it was: the equal one first, then the one of the same name. */
function setItems(document: Document, list: YAMLSeq, values: readonly Plain[], known: KnownFields): void {
  const left = [...(list.items as (Node | null)[])];
  const take = (fits: (value: unknown) => boolean): Node | null => {
    const at = left.findIndex((node) => node !== null && fits(node.toJS(document)));
    return at === -1 ? null : (left.splice(at, 1)[0] ?? null);
  };
  const same = values.map((value) => take((other) => equal(other, value)));
  list.items = values.map((value, index) => {
    const kept = same[index] ?? null;
    if (kept !== null) return kept;
    const key = keyOf(value);
    const former = key === null ? null : take((other) => keyOf(other) === key);
    return merged(document, former, value, known, null);
  });
}

const nameOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);

function keyOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { name, variable } = value as { name?: unknown; variable?: unknown };
  const key = name ?? variable;
  return typeof key === 'string' ? key : null;
}

function isPlainMap(value: Plain): value is PlainMap {
  return typeof value === 'object' && !Array.isArray(value);
}

/** A number written without quotes is the text it stands for. */
function equal(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other || (one !== null && JSON.stringify(one) === other);
  const names = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        Object.hasOwn(other, name) &&
        equal((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
    )
  );
}
