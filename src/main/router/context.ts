import { mapEventIterator } from '@orpc/client';
import { implement, type ImplementerInternalWithMiddlewares } from '@orpc/server';
import { contract, type Contract } from '../../shared/contract/index.ts';
import type { Capabilities } from '../../shared/model/system.ts';
import type { Log } from '../core/ports.ts';
import type { Core } from '../core/services.ts';
import { toContractError } from './failures.ts';

/** What a host tells the router beside the core. */
export type RouterOptions = {
  readonly log: Log;
  /** What this host can do beyond the least: no window of its own, no browser, no notifications, no passphrase. */
  readonly capabilities?: Partial<Capabilities>;
  /** Makes a fresh one-time link to the window in a browser; left out where this host serves none. */
  readonly uiLink?: () => string | null;
};

function isIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** Procedures take no context; the type is written out since the whole contract is too long to be inferred. */
type Builder = ImplementerInternalWithMiddlewares<Contract, object, object>;

/** The contract's builder; every procedure made from it fails in the contract's words only, streams included. */
export function createBuilder(log: Log): Builder {
  return implement(contract).use(async ({ next, path }, _input, output) => {
    const convert = (error: unknown) => toContractError(error, path, log);
    try {
      const result = await next();
      if (!isIterator(result.output)) return result;
      return output(
        mapEventIterator(result.output, {
          value: async (value) => value,
          error: async (error) => convert(error),
        }),
      );
    } catch (error) {
      throw convert(error);
    }
  });
}

/** What each area is made from. */
export type AreaDeps = {
  readonly os: Builder;
  readonly core: Core;
  readonly options: RouterOptions;
};
