import { recordOf } from '../record.ts';
import type { Format } from './format.ts';

/** A line an exchange. */
export const ndjsonFormat: Format = {
  begin: () => '',
  entry: (exchange) => `${JSON.stringify(recordOf(exchange))}\n`,
  end: () => '',
};

/** The same objects in one array. */
export const jsonFormat: Format = {
  begin: () => '[',
  entry: (exchange, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(recordOf(exchange), null, 2)}`,
  end: () => '\n]\n',
};
