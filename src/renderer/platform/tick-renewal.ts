import { useEffect } from 'react';
import { onTick } from './live.ts';
import { queryClient } from './queries.ts';

const renewalMs = 250;

/** While enabled, reads a query again when something new was stored, at most every quarter of a second. */
export function useTickRenewal(name: string, item: string, enabled = true): void {
  useEffect(() => {
    if (!enabled) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onTick(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queryClient.invalidateQueries({ queryKey: [name, item] });
      }, renewalMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [name, item, enabled]);
}
