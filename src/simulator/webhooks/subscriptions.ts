import { eventOfType } from '../../shared/highlevel/events.ts';
import { missingScopes } from '../../shared/highlevel/scopes.ts';
import type { AppRegistration } from '../world/app.ts';
import type { Switches } from '../world/switches.ts';

/** Go to the default URL only. */
const DEFAULT_URL_ONLY: ReadonlySet<string> = new Set(['INSTALL', 'UNINSTALL']);

/** Where an event of the app goes: its own URL or the default one; null where it goes nowhere. */
export function addressOf(type: string, app: AppRegistration): string | null {
  if (app.webhookUrl === null || !isSubscribed(type, app)) return null;
  return DEFAULT_URL_ONLY.has(type) ? app.webhookUrl : (app.webhookUrls[type] ?? app.webhookUrl);
}

/** An app that chose no events gets all that its scopes unlock. */
export function isSubscribed(type: string, app: AppRegistration): boolean {
  return app.events === null || app.events.includes(type);
}

/** Whether these scopes unlock an event. */
export function unlocks(scopes: readonly string[], type: string, { inferredScopes }: Switches): boolean {
  const event = eventOfType(type);
  if (event === null || event.scope === null) return true;
  if (!inferredScopes && event.scopeSource !== 'documented') return true;
  return missingScopes([event.scope], scopes).length === 0;
}

/** Removing a scope from the app drops the events it unlocked. */
export function dropLockedEvents(app: AppRegistration, switches: Switches): void {
  if (app.events !== null) app.events = app.events.filter((type) => unlocks(app.scopes, type, switches));
}
