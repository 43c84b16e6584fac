/** The webhook being written. It outlives the screen, so that it is there when one comes back. */
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { TriggerDraft, TriggerRequest } from '../../../shared/model/trigger.ts';
import { createValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';

export type TriggerForm = {
  readonly profileId: Profile['id'] | null;
  readonly event: string;
  readonly withType: boolean;
  /** What the core made of the event; null until it has. */
  readonly draft: TriggerDraft | null;
  /** The body as it is edited: JSON in lines. */
  readonly text: string;
  /** Sends the text byte for byte, and not as HighLevel writes JSON. */
  readonly exact: boolean;
  readonly toOwn: boolean;
  readonly url: string;
  readonly allowRemote: boolean;
  readonly failure: unknown;
  /** The last webhook that was sent. */
  readonly sent: { readonly request: TriggerRequest; readonly exchange: ExchangeSummary } | null;
};

export const form = createValue<TriggerForm>({
  profileId: null,
  event: 'ContactCreate',
  withType: false,
  draft: null,
  text: '',
  exact: false,
  toOwn: true,
  url: '',
  allowRemote: false,
  failure: null,
  sent: null,
});

export function change(changes: Partial<TriggerForm>): void {
  form.set({ ...form.get(), ...changes });
}

/** Chooses an event before the screen is opened, which then fills the form. */
export function aimAt(event: string): void {
  change({ event, withType: false, draft: null, text: '', sent: null });
}

let asked = 0;

/** Fills the form anew; what was written before is gone. The last one that was asked for wins. */
export async function fill(
  profileId: Profile['id'],
  { event, withType }: Pick<TriggerForm, 'event' | 'withType'>,
): Promise<void> {
  asked += 1;
  const mine = asked;
  const before = form.get();
  const same = before.profileId === profileId && before.event === event;
  change({ profileId, event, withType, failure: null, sent: same ? before.sent : null });
  try {
    const draft = await rpc.triggers.draft({ profileId, event, withType });
    if (mine === asked) change({ draft, text: written(draft.body) });
  } catch (failure) {
    if (mine === asked) change({ draft: null, failure });
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const written = (body: unknown): string => JSON.stringify(body, null, 2);

/** The body as an object; null where the text is none. */
export function objectOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return value as JsonObject;
  } catch {
    return null;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Gives the body another webhookId and the present time, where it has them. */
function renewed(text: string): string {
  const body = objectOf(text);
  if (body === null || typeof body['webhookId'] !== 'string') return text;
  const time = typeof body['timestamp'] === 'string' ? { timestamp: new Date().toISOString() } : {};
  return written({ ...body, webhookId: crypto.randomUUID(), ...time });
}

/**
 * The form as a request, with a webhookId that has not been sent yet unless it is to be sent byte for byte. Throws a
 * sentence where the form cannot be sent.
 */
export function nextRequest(profileId: Profile['id']): TriggerRequest {
  const { event, exact, toOwn, url, allowRemote, sent } = form.get();
  const before = sent === null ? null : objectOf(sent.request.body);
  const id = objectOf(form.get().text)?.['webhookId'];
  if (!exact && id !== undefined && before?.['webhookId'] === id) change({ text: renewed(form.get().text) });
  const { text } = form.get();
  if (!toOwn && url.trim() === '') throw new Error('Give the address of your server.');
  if (text.trim() === '') throw new Error('The body is empty.');
  if (!exact && !isJson(text))
    throw new Error('The body is not JSON. To send it all the same, choose “As written”.');
  return {
    profileId,
    event,
    body: exact ? text : JSON.stringify(JSON.parse(text)),
    to: toOwn ? null : url.trim(),
    allowRemote,
  };
}
