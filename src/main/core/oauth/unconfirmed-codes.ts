/** Codes of callbacks that nobody here asked for. They live in memory only, until the developer has decided. */
import type { InstallConfirmation } from '../../../shared/model/token.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';

export type UnconfirmedCode = { readonly asked: InstallConfirmation; readonly code: string };

export type UnconfirmedCodes = {
  add(one: UnconfirmedCode): void;
  has(code: string): boolean;
  take(id: ExchangeId): UnconfirmedCode | null;
  drop(code: string): void;
  list(): InstallConfirmation[];
};

/** More than anyone decides upon; the oldest are thrown away first. */
const limit = 10;

export function createUnconfirmedCodes(): UnconfirmedCodes {
  let held: readonly UnconfirmedCode[] = [];
  return {
    add(one) {
      held = [...held, one].slice(-limit);
    },
    has: (code) => held.some((one) => one.code === code),
    take(id) {
      const found = held.find(({ asked }) => asked.id === id) ?? null;
      held = held.filter((one) => one !== found);
      return found;
    },
    drop(code) {
      held = held.filter((one) => one.code !== code);
    },
    list: () => held.map(({ asked }) => asked),
  };
}
