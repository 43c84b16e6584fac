import { exactTime, span, useNow } from '../../lib/time.ts';
import { useWait } from './use-runs.ts';

/** Until when a call waits that the rate limit refused; nothing while it does not wait. */
export function RetryWait({ callId }: { readonly callId: string | null }) {
  const wait = useWait(callId);
  const now = useNow();
  if (wait === undefined) return null;
  return (
    <p className="warn" title={exactTime(wait.until)}>
      The rate limit is used up for now (429). Attempt {wait.attempt} of {wait.attempts} follows in{' '}
      {span(Math.max(0, wait.until - now))}.
    </p>
  );
}
