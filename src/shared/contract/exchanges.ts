import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import {
  bodyPart,
  exchangeDetail,
  exchangeFilter,
  exchangePage,
  exchangePageQuery,
  exchangeTick,
} from '../model/exchange.ts';
import { exchangeId } from '../model/ids.ts';
import { procedure } from './base.ts';

export const exchanges = {
  page: procedure.input(exchangePageQuery).output(exchangePage),
  count: procedure.input(exchangeFilter).output(z.object({ count: z.int() })),
  get: procedure.input(z.object({ id: exchangeId })).output(exchangeDetail),
  /** A slice of a stored body. At most 1 MiB at a time; `base64` because bytes are bytes. */
  body: procedure
    .input(
      z.object({
        id: exchangeId,
        part: bodyPart,
        offset: z.int().nonnegative().default(0),
        length: z.int().min(1).max(1_048_576).default(262_144),
      }),
    )
    .output(z.object({ base64: z.string(), totalBytes: z.int() })),
  /** Begins with a tick of the present end, so that a client that (re)connects knows where it stands. At most 60 a second. */
  ticks: procedure.output(eventIterator(exchangeTick)),
};
