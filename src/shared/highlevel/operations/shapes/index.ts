import contractTable from './contracts.json' with { type: 'json' };
import shapeTable from './shapes.json' with { type: 'json' };
import type { Contract, Shape } from './shape.ts';

export type { Contract, ContractAccess, ContractSurface, Fields, Shape, SpecialShape } from './shape.ts';
export { readShape } from './read-shape.ts';
export type { Field, ReadShape } from './read-shape.ts';

/**
 * What every operation of HighLevel's OpenAPI documents takes and answers, by path. Condensed by
 * `scripts/build-shapes.ts`. About 0.6 MB: import this module lazily, and never from the renderer.
 */
export const contracts: readonly Contract[] = contractTable;

/** The shape behind a `#Name`. @throws Error where the table holds none */
export function shapeNamed(name: string): Shape {
  const shape = shapeTable[name];
  if (shape === undefined) throw new Error(`The table of shapes has no ${name}.`);
  return shape;
}
