import type { ReadShape, Shape } from '../../shared/highlevel/operations/shapes/index.ts';
import { readShape, shapeNamed } from '../../shared/highlevel/operations/shapes/index.ts';

const known = new Map<Shape, ReadShape>();

/** A shape of the tables taken apart, remembered for the next time. */
export function read(shape: Shape): ReadShape {
  let found = known.get(shape);
  if (found === undefined) {
    found = readShape(shape, shapeNamed);
    known.set(shape, found);
  }
  return found;
}
