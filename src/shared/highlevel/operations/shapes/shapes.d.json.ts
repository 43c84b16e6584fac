import type { Shape } from './shape.ts';

/** Type of the table that `scripts/build-shapes.ts` writes. */
declare const shapes: Readonly<Record<string, Shape>>;
export = shapes;
