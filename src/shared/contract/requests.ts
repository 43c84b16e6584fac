import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import {
  operationDetail,
  operationSummary,
  requestDraft,
  requestPreview,
  requestResult,
  requestToSend,
  requestWait,
} from '../model/request.ts';
import { knownVariable } from '../model/environment.ts';
import { procedure } from './base.ts';

export const catalogue = {
  groups: procedure.output(z.array(z.object({ catalogue: z.string(), service: z.string(), count: z.int() }))),
  /** The use cases of HighLevel's guide. */
  uses: procedure.output(z.array(z.object({ use: z.string(), count: z.int() }))),
  search: procedure
    .input(
      z.object({
        text: z.string().max(300).default(''),
        /** Left out, all of them. */
        catalogue: z.string().optional(),
        service: z.string().optional(),
        use: z.string().optional(),
        limit: z.int().min(1).max(1000).default(100),
        offset: z.int().nonnegative().default(0),
      }),
    )
    .output(z.object({ total: z.int(), items: z.array(operationSummary) })),
  get: procedure.input(z.object({ id: z.string() })).output(operationDetail),
  /** The operation of a concrete path or address, with the values it gives to the path's parameters. */
  match: procedure
    .input(z.object({ method: z.string().max(10), path: z.string().max(4000) }))
    .output(
      z.object({ operation: operationDetail, pathParams: z.record(z.string(), z.string()) }).nullable(),
    ),
};

export const requests = {
  preview: procedure.input(requestDraft).output(requestPreview),
  /** What the draft can be filled in with: each variable once, with the value it would have now. */
  variables: procedure.input(requestDraft).output(z.array(knownVariable)),
  /** Answers when the whole answer has been received and stored. Aborting the call cancels the request. */
  send: procedure
    .input(requestToSend.extend({ callId: requestWait.shape.callId.optional() }))
    .output(requestResult),
  /** The calls that wait for the rate limit, of all clients, by the ids they gave. */
  watchWaits: procedure.output(eventIterator(z.array(requestWait))),
};
