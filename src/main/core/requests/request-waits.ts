/** Calls that wait for the rate limit now, so that whoever made them sees until when. */
import type { RequestWait } from '../../../shared/model/request.ts';
import type { Subscribe } from '../services.ts';

export type RequestWaits = {
  list(): RequestWait[];
  onChange: Subscribe<void>;
  /** Null once the call waits no more. */
  set(callId: string, wait: Omit<RequestWait, 'callId'> | null): void;
};

export function createRequestWaits(): RequestWaits {
  const waits = new Map<string, RequestWait>();
  const listeners = new Set<() => void>();
  return {
    list: () => [...waits.values()],
    onChange(listener) {
      const heard = (): void => listener();
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    set(callId, wait) {
      if (wait === null && !waits.delete(callId)) return;
      if (wait !== null) waits.set(callId, { ...wait, callId });
      for (const listener of listeners) listener();
    },
  };
}
