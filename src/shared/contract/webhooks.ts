import * as z from 'zod';
import { exchangeId, profileId } from '../model/ids.ts';
import { generatedTypes, signatureExplanation, webhookCoverage, webhookShape } from '../model/webhook.ts';
import { procedure } from './base.ts';

const one = z.object({ id: exchangeId });

export const webhooks = {
  /** Why the signature holds or not, by trying what goes wrong in practice. Rejects with `bad_input` for what is not inbound. */
  explain: procedure.input(one).output(signatureExplanation),
  /** The documented fields against what came. */
  shape: procedure.input(one).output(webhookShape),
  /** TypeScript, zod and JSON Schema from the latest deliveries of a type. Rejects with `not_found` when there is none. */
  types: procedure
    .input(
      z.object({
        type: z.string().min(1).max(200),
        profileId: profileId.optional(),
        last: z.int().min(1).max(500).default(100),
      }),
    )
    .output(generatedTypes),
  /** Every documented event: seen here, scope held, and why it may be silent. */
  coverage: procedure.input(z.object({ profileId })).output(webhookCoverage),
};
