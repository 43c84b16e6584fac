import { pageReply } from '../http/html.ts';
import type { Incoming, Reply } from '../http/messages.ts';
import { jsonReply, redirectReply } from '../http/messages.ts';
import { requireOwnOrigin } from '../http/own-origin.ts';
import { Refusal, refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import { accountRoutes } from './account-routes.ts';
import { appRoutes } from './app-routes.ts';
import { controlPage } from './control-page.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { installRoutes } from './install-routes.ts';
import type { ControlRoutes } from './routes.ts';
import { routeName } from './routes.ts';
import { snapshotRoutes } from './snapshot-routes.ts';
import { stateRoutes } from './state-routes.ts';
import { workflowRoutes } from './workflow-routes.ts';

/** The simulator's own page and API, for the companion's screens and for test suites. Not part of HighLevel. */
export interface Control {
  owns(path: string): boolean;
  answer(request: Incoming): Promise<Reply>;
}

export function createControl(world: World): Control {
  const routes: ControlRoutes = {
    ...appRoutes(world),
    ...accountRoutes(world),
    ...deliveryRoutes(world),
    ...installRoutes(world),
    ...workflowRoutes(world),
    ...snapshotRoutes(world),
    ...stateRoutes(world),
  };

  async function route(request: Incoming): Promise<Reply> {
    const { name, id } = routeName(request);
    if (name === 'GET') return pageReply(controlPage(world));
    const handler = Object.hasOwn(routes, name) ? routes[name] : undefined;
    if (handler === undefined) throw refuse(404, `Cannot ${request.method} ${request.target}`);
    const reply = await handler(request, id);
    // A form of the page goes back to where it was.
    return isForm(request) ? redirectReply(303, `/#${request.path.split('/')[2] ?? ''}`) : reply;
  }

  return {
    owns: (path) => path === '/' || path.startsWith('/_simulator/'),
    async answer(request) {
      try {
        requireOwnOrigin(request, world.url);
        return await route(request);
      } catch (error) {
        if (error instanceof Refusal) return jsonReply(error.status, error.body);
        throw error;
      }
    },
  };
}

function isForm(request: Incoming): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}
