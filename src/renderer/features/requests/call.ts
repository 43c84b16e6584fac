/** The call sent last. It outlives the screen, so that it goes on and its answer is there when one comes back. */
import type { Profile } from '../../../shared/model/profile.ts';
import type { RequestDraft, RequestResult } from '../../../shared/model/request.ts';
import { announce } from '../../lib/notices.ts';
import { createValue } from '../../lib/value.ts';
import { send } from '../../platform/first-call.ts';

export type Call = {
  readonly id: string;
  readonly profileId: Profile['id'];
  readonly sentAt: number;
  readonly isPending: boolean;
  readonly result: RequestResult | undefined;
  /** Null too for a call that was cancelled: nothing to explain. */
  readonly error: unknown;
  readonly abort: AbortController;
};

export const lastCall = createValue<Call | null>(null);

/** An earlier call chosen from the history, shown in place of the last one's answer. */
export const earlierCall = createValue<string | null>(null);

export async function startCall(request: RequestDraft, profileId: Profile['id']): Promise<void> {
  const abort = new AbortController();
  const call: Call = {
    id: crypto.randomUUID(),
    profileId,
    sentAt: Date.now(),
    isPending: true,
    result: undefined,
    error: null,
    abort,
  };
  earlierCall.set(null);
  lastCall.set(call);
  // A call of another app may have been sent since; the answer on screen is then that one's.
  const end = (changes: Partial<Call>): void => {
    if (lastCall.get()?.id === call.id) lastCall.set({ ...call, isPending: false, ...changes });
  };
  try {
    const result = await send(request, abort.signal, call.id);
    end({ result });
    announce(`Answer ${result.status ?? 'missing'}`);
  } catch (error) {
    end({ error: abort.signal.aborted ? null : error });
  }
}
