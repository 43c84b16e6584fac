import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { answersState, deliveryRules } from '../model/delivery-rule.ts';
import { procedure } from './base.ts';

export const answers = {
  state: procedure.output(answersState),
  /** Begins with the present state. At most ten a second. */
  watch: procedure.output(eventIterator(answersState)),
  /** These rules take the place of those before. One that is as it was goes on counting; any other begins anew. */
  set: procedure.input(z.object({ rules: deliveryRules })).output(answersState),
  /** Switches every rule off and lets go of whoever is kept waiting. */
  allOff: procedure.output(answersState),
};
