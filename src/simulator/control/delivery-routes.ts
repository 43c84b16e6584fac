import { z } from 'zod';
import { validate } from '../api/validation.ts';
import { jsonReply } from '../http/messages.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import type { ControlRoutes } from './routes.ts';

const filter = z.strictObject({
  type: z.string().optional(),
  state: z.enum(['sending', 'delivered', 'retrying', 'failed']).optional(),
  locationId: z.string().optional(),
  /** Part of the body. */
  text: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});

/** The log of deliveries, as Insights > Logs of the developer portal has it. */
export function deliveryRoutes({ webhooks, breaker }: World): ControlRoutes {
  return {
    'GET deliveries': (request) => {
      const {
        type,
        state,
        locationId,
        text = '',
        limit,
      } = validate(filter, Object.fromEntries(request.query));
      const found = webhooks
        .deliveries()
        .filter((delivery) => type === undefined || delivery.type === type)
        .filter((delivery) => state === undefined || delivery.state === state)
        .filter((delivery) => locationId === undefined || delivery.locationId === locationId)
        .filter(({ body }) => body.includes(text));
      return jsonReply(200, { deliveries: found.slice(0, limit) });
    },
    'POST deliveries {id} resend': async (_request, webhookId) => {
      const delivery = await webhooks.resend(webhookId);
      if (delivery === undefined) throw refuse(404, `There is no delivery ${webhookId}.`);
      return jsonReply(200, delivery);
    },
    'GET breaker': () => jsonReply(200, breaker.state()),
    'POST breaker {id}': (_request, action) => {
      if (action !== 'resume') throw refuse(404, `The breaker cannot ${action}.`);
      breaker.resume();
      return jsonReply(200, breaker.state());
    },
  };
}
