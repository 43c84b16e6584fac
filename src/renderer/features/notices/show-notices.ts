import { createValue } from '../../lib/value.ts';

export const noticesOpen = createValue(false);
export const showNotices = (): void => noticesOpen.set(true);
