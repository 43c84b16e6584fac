import type { Operation } from '../operation.ts'

/** Type of the file that `npm run build:operations` writes beside this one. */
declare const operations: readonly Operation[]
export = operations
