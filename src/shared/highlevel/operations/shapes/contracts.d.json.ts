import type { Contract } from './shape.ts';

/** Type of the table that `scripts/build-shapes.ts` writes. */
declare const contracts: readonly Contract[];
export = contracts;
