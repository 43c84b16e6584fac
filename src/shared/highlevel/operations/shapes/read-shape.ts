import type { Fields, Shape, SpecialShape } from './shape.ts';

export type Field = { readonly name: string; readonly required: boolean; readonly shape: Shape };

/** A shape taken apart; `#Name` references are followed. */
export type ReadShape = { readonly nullable: boolean } & (
  | {
      readonly kind: 'value';
      /** `string`, `number`, `integer`, `boolean`, `date-time`, `file` or `any`. */
      readonly type: string;
      readonly bounds: Bounds;
    }
  | { readonly kind: 'enum'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'list'; readonly item: Shape; readonly bounds: Bounds }
  | {
      readonly kind: 'object';
      readonly fields: readonly Field[];
      /** What other names may hold; `any` for an object of which nothing is published, null where there are none. */
      readonly others: Shape | null;
    }
  | { readonly kind: 'choice'; readonly choices: readonly Shape[] }
);

type Bounds = { readonly min?: number; readonly max?: number; readonly pattern?: string };

/** Takes a shape apart. `named` gives the shape behind a `#Name`. */
export function readShape(shape: Shape, named: (name: string) => Shape): ReadShape {
  if (typeof shape === 'string') return readWord(shape, named);
  if (isList(shape)) return { kind: 'list', nullable: false, item: shape[0], bounds: {} };
  // Names of fields never begin with $.
  const {
    $enum,
    $all,
    $one,
    $map,
    $is,
    $null,
    $min: min,
    $max: max,
    $pattern: pattern,
  } = shape as SpecialShape;
  const nullable = $null === true;
  if ($enum !== undefined) return { kind: 'enum', nullable, values: $enum };
  if ($one !== undefined) return { kind: 'choice', nullable, choices: $one };
  if ($all !== undefined) return readAll($all, nullable, named);
  if ($map !== undefined) {
    const fields = $is === undefined ? [] : readFields($is as Fields);
    return { kind: 'object', nullable, fields, others: $map };
  }
  if ($is === undefined)
    return { kind: 'object', nullable, fields: readFields(shape as Fields), others: null };
  const read = readShape($is, named);
  const bounded = {
    ...read,
    nullable: nullable || read.nullable,
  };
  if (bounded.kind !== 'value' && bounded.kind !== 'list') return bounded;
  const bounds = {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(pattern !== undefined && { pattern }),
  };
  return { ...bounded, bounds };
}

function readWord(word: string, named: (name: string) => Shape): ReadShape {
  const nullable = word.endsWith('?');
  const type = nullable ? word.slice(0, -1) : word;
  if (type.startsWith('#')) {
    const read = readShape(named(type.slice(1)), named);
    return nullable ? { ...read, nullable } : read;
  }
  if (type === 'object') return { kind: 'object', nullable, fields: [], others: 'any' };
  return { kind: 'value', nullable, type, bounds: {} };
}

/** Fields of all parts together; a part that is no object is the whole. */
function readAll(parts: readonly Shape[], nullable: boolean, named: (name: string) => Shape): ReadShape {
  const fields = new Map<string, Field>();
  let others: Shape | null = null;
  for (const part of parts) {
    const read = readShape(part, named);
    if (read.kind !== 'object') return { ...read, nullable: nullable || read.nullable };
    for (const field of read.fields) fields.set(field.name, field);
    others ??= read.others;
  }
  return { kind: 'object', nullable, fields: [...fields.values()], others };
}

function readFields(fields: Fields): Field[] {
  return Object.entries(fields).map(([key, shape]) => {
    const required = key.endsWith('!');
    return { name: required ? key.slice(0, -1) : key, required, shape };
  });
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
