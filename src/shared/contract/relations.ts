import {
  consequences,
  consequencesQuery,
  differenceQuery,
  exchangeDifference,
  related,
  timelinePage,
  timelineQuery,
} from '../model/relations.ts';
import * as z from 'zod';
import { exchangeId } from '../model/ids.ts';
import { procedure } from './base.ts';

export const relations = {
  /** Duplicates, noisy group, causes and consequences of one exchange. */
  related: procedure.input(z.object({ id: exchangeId })).output(related),
  /** The webhooks that followed an API call. Rejects with `bad_input` for what is no API call. */
  consequences: procedure.input(consequencesQuery).output(consequences),
  /** Webhooks and API calls that name one entity, newest first. */
  timeline: procedure.input(timelineQuery).output(timelinePage),
  /** What differs between two exchanges, `a` taken as the earlier one. */
  difference: procedure.input(differenceQuery).output(exchangeDifference),
};
