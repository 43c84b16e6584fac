import { createValue } from '../../lib/value.ts';

/** What stands beside the request form. */
export const requestsSide = createValue<'operations' | 'collections' | 'history' | 'runs'>('operations');
