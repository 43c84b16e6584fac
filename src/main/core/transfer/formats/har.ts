import type { Format } from './format.ts';
import { harEntry } from './har-entry.ts';

/** @param version of the companion */
export function harFormat(version: string): Format {
  const creator = { name: 'HighLevel Companion', version };
  return {
    begin: () => `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"pages":[],"entries":[`,
    entry: async (exchange, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(await harEntry(exchange))}`,
    end: () => '\n]}}\n',
  };
}
