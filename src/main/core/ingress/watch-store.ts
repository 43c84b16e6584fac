import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeStore } from '../exchanges/types.ts';

type IngressStore = Pick<ExchangeStore, 'append' | 'complete'>;

/**
 * The same store, with an eye on whether it takes what it is given: `onChange` hears a sentence when it begins to
 * refuse, and null once it stores again. A full disk would otherwise only show in what the sender is answered.
 */
export function watchStore(store: IngressStore, onChange: (refusal: string | null) => void): IngressStore {
  let refusal: string | null = null;
  const noticed = (next: string | null): void => {
    if (next === refusal) return;
    refusal = next;
    onChange(next);
  };
  const watched = async <T>(write: Promise<T>): Promise<T> => {
    try {
      const result = await write;
      noticed(null);
      return result;
    } catch (error) {
      const why = error instanceof AppError ? error.message : 'The exchange log cannot be written.';
      noticed(`Requests are refused with 503, since they cannot be stored: ${why}`);
      throw error;
    }
  };
  return {
    append: (capture) => watched(store.append(capture)),
    complete: (id, answer) => watched(store.complete(id, answer)),
  };
}
