import { createValue } from '../../lib/value.ts';

/** What stands beside the request form. */
export const requestsSide = createValue<'operations' | 'history' | 'runs'>('operations');
