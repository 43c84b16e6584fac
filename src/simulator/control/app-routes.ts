import { z } from 'zod';
import { eventOfType } from '../../shared/highlevel/events.ts';
import { validate } from '../api/validation.ts';
import type { Incoming, Reply } from '../http/messages.ts';
import { jsonReply } from '../http/messages.ts';
import { parseBody } from '../http/parse-body.ts';
import { refuse } from '../http/refusal.ts';
import { dropLockedEvents, unlocks } from '../webhooks/subscriptions.ts';
import { distributions } from '../world/app.ts';
import { switchesBody, SWITCH_TEXTS } from '../world/switches.ts';
import type { World } from '../world/world.ts';
import { simulatorInfo } from './info.ts';
import type { ControlRoutes } from './routes.ts';

export const webUrl = z.string().refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text));
const eventType = z.string().refine((type) => eventOfType(type) !== null);

const appBody = z.strictObject({
  redirectUrls: z.array(webUrl).optional(),
  webhookUrl: webUrl.nullable().optional(),
  webhookUrls: z.record(eventType, webUrl).optional(),
  events: z.array(eventType).nullable().optional(),
  scopes: z.array(z.string().min(1)).optional(),
  listing: z.enum(['both', 'standard', 'white-label']).optional(),
  distribution: z.enum(distributions).optional(),
  providers: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        type: z.enum(['SMS', 'Email', 'Call']),
        deliveryUrl: webUrl,
        isDefault: z.boolean().default(false),
      }),
    )
    .optional(),
});

const rateLimitsBody = z.strictObject({
  burst: z.number().int().min(1).optional(),
  intervalMs: z.number().int().min(1).optional(),
  /** null: no limit a day. */
  daily: z.number().int().min(1).nullable().optional(),
});

/** The switches with what a person reads beside them. */
export function switchList({ switches }: World) {
  return Object.entries(switches).map(([name, value]) => {
    const { text, choices = null } = SWITCH_TEXTS[name as keyof typeof SWITCH_TEXTS];
    return { name, text, choices, value };
  });
}

/** The app as the developer portal shows it, and how this HighLevel treats it. */
export function appRoutes(world: World): ControlRoutes {
  const { app, switches } = world;

  function changeApp(request: Incoming): Reply {
    const changes = validate(appBody, parseBody(request));
    if (changes.redirectUrls !== undefined) app.redirectUrls = changes.redirectUrls;
    if (changes.webhookUrl !== undefined) app.webhookUrl = changes.webhookUrl;
    if (changes.webhookUrls !== undefined) app.webhookUrls = changes.webhookUrls;
    if (changes.events !== undefined) {
      const scopes = changes.scopes ?? app.scopes;
      const locked = (changes.events ?? []).filter((type) => !unlocks(scopes, type, switches));
      if (locked.length > 0) {
        throw refuse(422, [`No scope of the app unlocks these events: ${locked.join(', ')}.`]);
      }
      app.events = changes.events;
    }
    if (changes.scopes !== undefined) {
      app.scopes = changes.scopes;
      dropLockedEvents(app, switches);
    }
    if (changes.listing !== undefined) app.listing = changes.listing;
    if (changes.distribution !== undefined) app.distribution = changes.distribution;
    if (changes.providers !== undefined) {
      // A provider keeps its id through changes, as long as it keeps its name.
      const known = new Map(app.providers.map(({ name, id }) => [name, id]));
      app.providers = changes.providers.map((provider) => ({
        ...provider,
        id: known.get(provider.name) ?? world.random.hex(24),
      }));
    }
    return jsonReply(200, simulatorInfo(world));
  }

  function changeSwitches(request: Incoming): Reply {
    Object.assign(switches, validate(switchesBody, parseBody(request)));
    return jsonReply(200, switches);
  }

  function changeRateLimits(request: Incoming): Reply {
    const { burst, intervalMs, daily } = validate(rateLimitsBody, parseBody(request));
    world.rateLimits.change({
      ...(burst !== undefined && { burst }),
      ...(intervalMs !== undefined && { intervalMs }),
      ...(daily !== undefined && { daily }),
    });
    return jsonReply(200, world.rateLimits.settings());
  }

  return {
    'GET info': () => jsonReply(200, simulatorInfo(world)),
    'PUT app': changeApp,
    'GET keys': () => {
      const { ed25519PublicKey, rsaPublicKey } = world.keys;
      return jsonReply(200, { ed25519PublicKey, rsaPublicKey, ssoKey: app.ssoKey });
    },
    'GET switch-list': () => jsonReply(200, { switches: switchList(world) }),
    'GET switches': () => jsonReply(200, switches),
    'PUT switches': changeSwitches,
    // A page's form can only post.
    'POST switches': changeSwitches,
    'GET rate-limits': () => jsonReply(200, world.rateLimits.settings()),
    'PUT rate-limits': changeRateLimits,
  };
}
