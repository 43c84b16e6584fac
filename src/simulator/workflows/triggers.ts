import type { Incoming, Reply } from '../http/messages.ts';
import { jsonReply } from '../http/messages.ts';
import { parseBody } from '../http/parse-body.ts';
import { Refusal, refuse } from '../http/refusal.ts';
import { authenticate, refuseLocation } from '../api/enforcement.ts';
import type { World } from '../world/world.ts';

/** A custom trigger of the app in a workflow of a sub-account. */
export interface WorkflowTrigger {
  readonly id: string;
  readonly key: string;
  readonly version: string;
  readonly eventType: 'CREATED' | 'UPDATED' | 'DELETED';
  readonly locationId: string;
  readonly workflowId: string;
  readonly filters: readonly unknown[];
  /** Where the app is told of it: the trigger's subscription URL. */
  readonly subscriptionUrl: string;
  /** What the app has fired it with, the oldest first. */
  readonly fired: readonly { readonly at: string; readonly body: unknown }[];
}

export interface Triggers {
  put(trigger: WorkflowTrigger): void;
  get(id: string): WorkflowTrigger | undefined;
  list(): readonly WorkflowTrigger[];
  export(): readonly WorkflowTrigger[];
  import(triggers: readonly WorkflowTrigger[]): void;
  clear(): void;
}

export function createTriggers(): Triggers {
  const byId = new Map<string, WorkflowTrigger>();
  const list = (): WorkflowTrigger[] => [...byId.values()];
  return {
    put: (trigger) => void byId.set(trigger.id, trigger),
    get: (id) => byId.get(id),
    list,
    export: list,
    import(triggers) {
      byId.clear();
      for (const trigger of triggers) byId.set(trigger.id, trigger);
    },
    clear: () => byId.clear(),
  };
}

/** Tells the app that a workflow with its trigger was saved, changed or deleted. */
export function tellSubscription(trigger: WorkflowTrigger, world: World): void {
  const { id, key, version, filters, eventType, locationId, workflowId, subscriptionUrl } = trigger;
  const { id: companyId } = world.directory.company;
  const targetUrl = `${world.url}${FIRE_PATH}${locationId}/${id}`;
  world.webhooks.deliver(
    subscriptionUrl,
    {
      triggerData: { id, key, filters, eventType, targetUrl },
      meta: { key, version },
      extras: { locationId, workflowId, companyId },
    },
    { type: 'Workflow trigger', locationId, signatures: 'none' },
  );
}

const FIRE_PATH = '/workflows-marketplace/triggers/execute/';

export const isTriggerPath = (path: string): boolean => path.startsWith(FIRE_PATH);

/** The app fires a trigger, with the token of its sub-account. */
export function answerFiring(request: Incoming, world: World): Reply {
  try {
    if (request.method !== 'POST') throw refuse(404, `Cannot ${request.method} ${request.target}`);
    const [locationId = '', id = ''] = request.path.slice(FIRE_PATH.length).split('/');
    const grant = authenticate(request, world);
    if (grant.locationId !== locationId) throw refuseLocation();
    const trigger = world.triggers.get(id);
    if (trigger === undefined || trigger.locationId !== locationId || trigger.eventType === 'DELETED') {
      throw refuse(404, `Trigger ${id} was not found`);
    }
    const at = new Date(world.clock.now()).toISOString();
    world.triggers.put({
      ...trigger,
      fired: [...trigger.fired, { at, body: parseBody(request) }].slice(-100),
    });
    return jsonReply(200, { success: true, traceId: world.random.uuid() });
  } catch (error) {
    if (error instanceof Refusal)
      return jsonReply(error.status, { ...error.body, traceId: world.random.uuid() });
    throw error;
  }
}
